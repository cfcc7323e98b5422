// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

import java.util.Arrays;

/** Some rows of a chunk, ascending. Owned scratch: it is filled again for every chunk. */
public final class Selection {
  private int[] rows = new int[0];
  private int count;

  /** The row numbers; only the first {@link #count} are meaningful. */
  public int[] rows() {
    return rows;
  }

  public int count() {
    return count;
  }

  /** Makes room for a chunk of the given size and forgets all rows. */
  public Selection clear(int size) {
    if (rows.length < size) {
      rows = new int[Math.max(size, rows.length * 2)];
    }
    count = 0;
    return this;
  }

  /** Selects all rows of a chunk. */
  public Selection all(int size) {
    return range(0, size);
  }

  /** Selects the rows from one to before another. */
  public Selection range(int from, int to) {
    clear(to - from);
    int[] target = rows;
    for (int row = from; row < to; row++) {
      target[row - from] = row;
    }
    count = to - from;
    return this;
  }

  /** Adds a row, larger than all before. There must be room. */
  public void add(int row) {
    rows[count++] = row;
  }

  /** Takes the first {@code kept} entries of {@link #rows}, which the caller has written. */
  public void keep(int kept) {
    count = kept;
  }

  public Selection copyOf(Selection other) {
    clear(other.count);
    System.arraycopy(other.rows, 0, rows, 0, other.count);
    count = other.count;
    return this;
  }

  @Override
  public String toString() {
    return Arrays.toString(Arrays.copyOf(rows, count));
  }
}
