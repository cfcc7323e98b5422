// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.state;

import org.anabranch.engine.operator.Selection;
import org.anabranch.engine.operator.Values;
import org.anabranch.engine.table.Records;
import org.anabranch.view.Rows;
import org.anabranch.view.accumulator.ExactSum;
import org.anabranch.view.accumulator.StateWriter;

/**
 * SUM and AVG of integers and of decimals kept in one long: count, and the sum in 128 bits, lower
 * half first. 2^63 rows of 64 bits do not overflow it.
 */
final class LongSumColumn extends StateColumn {
  LongSumColumn() {
    super(3);
  }

  /** Hot kernel. */
  @Override
  public void add(int[] groups, Selection selection, Values[] arguments, Rows from) {
    long[] values = arguments[0].longs();
    long[][] pages = pages();
    int stride = stride();
    int offset = offset();
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int group = groups[rows[i]];
      long[] page = pages[group >>> Records.SHIFT];
      int at = (group & Records.MASK) * stride + offset;
      long value = values[rows[i]];
      long low = page[at + 1] + value;
      page[at]++;
      page[at + 1] = low;
      page[at + 2] += (value >> 63) + (Long.compareUnsigned(low, value) < 0 ? 1 : 0);
    }
  }

  @Override
  public void encode(int group, StateWriter out) {
    long[] page = page(group);
    int at = at(group);
    ExactSum.encode(page[at], page[at + 2] >> 63, page[at + 2], page[at + 1], out);
  }
}
