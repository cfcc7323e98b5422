// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.state;

import org.anabranch.engine.operator.Selection;
import org.anabranch.engine.operator.Values;
import org.anabranch.engine.table.Records;
import org.anabranch.view.Rows;
import org.anabranch.view.accumulator.StateWriter;

/** MIN and MAX of types kept in one long: whether there is a value, and the value. */
final class ExtremeLongColumn extends StateColumn {
  private final boolean greatest;

  ExtremeLongColumn(boolean greatest) {
    super(2);
    this.greatest = greatest;
  }

  @Override
  public void add(int[] groups, Selection selection, Values[] arguments, Rows from) {
    if (greatest) {
      greatest(groups, selection, arguments[0].longs());
    } else {
      least(groups, selection, arguments[0].longs());
    }
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
      out.writeLong(page[at + 1]);
    }
  }
}
