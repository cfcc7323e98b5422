// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.state;

import org.anabranch.engine.operator.Selection;
import org.anabranch.engine.operator.Values;
import org.anabranch.view.Rows;
import org.anabranch.view.accumulator.ExactSum;
import org.anabranch.view.accumulator.StateWriter;

/** SUM and AVG of wide decimals: count, and the sum in 192 bits, lowest word first. */
final class WideSumColumn extends StateColumn {
  WideSumColumn() {
    super(4);
  }

  /** Hot kernel. */
  @Override
  public void add(int[] groups, Selection selection, Values[] arguments, Rows from) {
    long[] lows = arguments[0].longs();
    long[] highs = arguments[0].high();
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int row = rows[i];
      long[] page = page(groups[row]);
      int at = at(groups[row]);
      long low = page[at + 1] + lows[row];
      long carry = Long.compareUnsigned(low, lows[row]) < 0 ? 1 : 0;
      long partial = page[at + 2] + highs[row];
      long over = Long.compareUnsigned(partial, highs[row]) < 0 ? 1 : 0;
      long middle = partial + carry;
      over += Long.compareUnsigned(middle, partial) < 0 ? 1 : 0;
      page[at]++;
      page[at + 1] = low;
      page[at + 2] = middle;
      page[at + 3] += (highs[row] >> 63) + over;
    }
  }

  @Override
  public void encode(int group, StateWriter out) {
    long[] page = page(group);
    int at = at(group);
    ExactSum.encode(page[at], page[at + 3], page[at + 2], page[at + 1], out);
  }
}
