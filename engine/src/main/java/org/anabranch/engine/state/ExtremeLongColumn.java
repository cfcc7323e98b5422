// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.state;

import org.anabranch.engine.operator.Selection;
import org.anabranch.engine.operator.Values;
import org.anabranch.engine.table.Records;
import org.anabranch.view.Rows;
import org.anabranch.view.accumulator.StateWriter;

/**
 * MIN and MAX of types kept in one long and of DOUBLE, as a long in the same order: whether there
 * is a value, and the value.
 */
final class ExtremeLongColumn extends StateColumn {
  private final boolean greatest;
  private final boolean floating;
  private long[] ordered = new long[0];

  ExtremeLongColumn(boolean greatest, boolean floating) {
    super(2);
    this.greatest = greatest;
    this.floating = floating;
  }

  @Override
  public void add(int[] groups, Selection selection, Values[] arguments, Rows from) {
    long[] values =
        floating ? ordered(arguments[0].doubles(), selection, from.size()) : arguments[0].longs();
    if (greatest) {
      greatest(groups, selection, values);
    } else {
      least(groups, selection, values);
    }
  }

  /** Hot kernel. */
  private long[] ordered(double[] values, Selection selection, int size) {
    ordered = ordered.length < size ? new long[size] : ordered;
    long[] target = ordered;
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      target[rows[i]] = turned(Double.doubleToLongBits(values[rows[i]] + 0.0));
    }
    return target;
  }

  /** Between the bits of a double and the long that orders as it does; its own inverse. */
  private static long turned(long bits) {
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  /** Hot kernel. */
  private void greatest(int[] groups, Selection selection, long[] values) {
    long[][] pages = pages();
    int stride = stride();
    int offset = offset();
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int group = groups[rows[i]];
      long[] page = pages[group >>> Records.SHIFT];
      int at = (group & Records.MASK) * stride + offset;
      long value = values[rows[i]];
      if (page[at] == 0 || value > page[at + 1]) {
        page[at] = 1;
        page[at + 1] = value;
      }
    }
  }

  /** Hot kernel. */
  private void least(int[] groups, Selection selection, long[] values) {
    long[][] pages = pages();
    int stride = stride();
    int offset = offset();
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int group = groups[rows[i]];
      long[] page = pages[group >>> Records.SHIFT];
      int at = (group & Records.MASK) * stride + offset;
      long value = values[rows[i]];
      if (page[at] == 0 || value < page[at + 1]) {
        page[at] = 1;
        page[at + 1] = value;
      }
    }
  }

  @Override
  public void encode(int group, StateWriter out) {
    long[] page = page(group);
    int at = at(group);
    out.writeByte((int) page[at]);
    if (page[at] != 0) {
      out.writeLong(floating ? turned(page[at + 1]) : page[at + 1]);
    }
  }
}
