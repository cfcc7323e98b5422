// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

import java.util.Arrays;
import org.anabranch.view.Column;
import org.anabranch.view.Rows;
import org.anabranch.view.Schema;
import org.anabranch.view.Type;
import org.anabranch.view.Vector;

/**
 * What operators read: the columns of one chunk in the order the expressions were typed with, and
 * the window the rows are looked at in.
 */
public final class Input {
  private final Schema expected;
  private final boolean[] used;
  private final int[] places;
  private Schema bound;
  private Rows rows;
  private long[] windowStarts = new long[0];
  private long windowSize;

  /**
   * @param expected the columns the expressions were typed with
   * @param used which of them are read; the others may be missing
   */
  public Input(Schema expected, boolean[] used) {
    this.expected = expected;
    this.used = used.clone();
    this.places = new int[expected.size()];
  }

  /** Takes up a chunk whose columns may be in any order. */
  @SuppressWarnings("ReferenceEquality") // the chunks of one source share their schema
  public void bind(Rows chunk) {
    if (bound != chunk.schema()) {
      bound = null;
      resolve(chunk.schema());
      bound = chunk.schema();
    }
    rows = chunk;
  }

  public int size() {
    return rows.size();
  }

  Vector column(int index) {
    return rows.column(places[index]);
  }

  int columns() {
    return expected.size();
  }

  /** Sets the window of every row. The array is read until the next call. */
  public void window(long[] starts, long size) {
    windowStarts = starts;
    windowSize = size;
  }

  long[] windowStarts() {
    return windowStarts;
  }

  long windowSize() {
    return windowSize;
  }

  private void resolve(Schema schema) {
    Arrays.fill(places, -1);
    for (int i = 0; i < places.length; i++) {
      if (used[i]) {
        Column column = expected.column(i);
        int place =
            schema
                .indexOf(column.name())
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "Cannot read column '"
                                + column.name()
                                + "': the chunk has only "
                                + schema.names()));
        checkType(column, schema.column(place).type());
        places[i] = place;
      }
    }
  }

  private static void checkType(Column expected, Type found) {
    if (!expected.type().equals(found)) {
      throw new IllegalArgumentException(
          "Cannot read column '"
              + expected.name()
              + "' as "
              + expected.type()
              + ": the chunk has it as "
              + found);
    }
  }
}
