// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.state;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.engine.operator.Selection;
import org.anabranch.engine.operator.Values;
import org.anabranch.view.Rows;
import org.anabranch.view.accumulator.MergeableState;
import org.anabranch.view.accumulator.StateWriter;

/**
 * One sketch object a group that has rows: its number, from 1, and how many rows were added.
 *
 * @param <S> the sketch
 */
abstract class SketchColumn<S extends MergeableState<S>> extends StateColumn {
  private final List<S> sketches = new ArrayList<>();
  private final int bytesPerRow;
  private final int rowsToFill;
  private long bytes;

  /**
   * @param bytesPerRow how much a sketch grows by a row that is unlike all before
   * @param rowsToFill after how many rows it does not grow any more
   */
  SketchColumn(int bytesPerRow, int rowsToFill) {
    super(2);
    this.bytesPerRow = bytesPerRow;
    this.rowsToFill = rowsToFill;
  }

  abstract S zero();

  /** Says what the rows are about to be added from. */
  abstract void begin(Values argument, Selection selection);

  abstract void add(S sketch, Values argument, int row);

  @Override
  public void add(int[] groups, Selection selection, Values[] arguments, Rows from) {
    begin(arguments[0], selection);
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      add(sketch(groups[rows[i]]), arguments[0], rows[i]);
    }
  }

  private S sketch(int group) {
    long[] page = page(group);
    int at = at(group);
    if (page[at] == 0) {
      sketches.add(zero());
      page[at] = sketches.size();
      bytes += 100;
    }
    if (page[at + 1]++ < rowsToFill) {
      bytes += bytesPerRow;
    }
    return sketches.get((int) page[at] - 1);
  }

  @Override
  public void encode(int group, StateWriter out) {
    long number = page(group)[at(group)];
    (number == 0 ? zero() : sketches.get((int) number - 1)).encode(out);
  }

  /** An upper bound, near if values are all different. */
  @Override
  public long bytes() {
    return bytes;
  }
}
