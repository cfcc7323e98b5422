// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.state;

import org.anabranch.engine.operator.Selection;
import org.anabranch.engine.operator.Values;
import org.anabranch.engine.table.Records;
import org.anabranch.view.Rows;
import org.anabranch.view.accumulator.StateWriter;

/**
 * SUM and AVG of DOUBLE, and with squares VAR and STDDEV of DOUBLE: count and flags in one word,
 * then one or two exact sums.
 */
final class DoubleSumColumn extends StateColumn {
  private static final int FLAG_BITS = 3;

  private final boolean squares;
  private final FlatDoubleSums sums = new FlatDoubleSums();

  DoubleSumColumn(boolean squares) {
    super(1 + FlatDoubleSums.WORDS * (squares ? 2 : 1));
    this.squares = squares;
  }

  /** Hot kernel. */
  @Override
  public void add(int[] groups, Selection selection, Values[] arguments, Rows from) {
    double[] values = arguments[0].doubles();
    long[][] pages = pages();
    int stride = stride();
    int offset = offset();
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int group = groups[rows[i]];
      long[] page = pages[group >>> Records.SHIFT];
      int at = (group & Records.MASK) * stride + offset;
      double value = values[rows[i]];
      page[at] += 1 << FLAG_BITS;
      if (Math.abs(value) <= Double.MAX_VALUE) {
        sums.add(page, at + 1, value);
        if (squares) {
          sums.addSquare(page, at + 1 + FlatDoubleSums.WORDS, value);
        }
      } else {
        page[at] |= flag(value);
      }
    }
  }

  private static long flag(double value) {
    return Double.isNaN(value) ? 1 : value > 0 ? 2 : 4;
  }

  @Override
  public void encode(int group, StateWriter out) {
    long[] page = page(group);
    int at = at(group);
    out.writeVarint(page[at] >>> FLAG_BITS);
    if (page[at] != 0) {
      out.writeByte((int) page[at] & 7);
      sums.encode(page, at + 1, out);
      if (squares) {
        sums.encode(page, at + 1 + FlatDoubleSums.WORDS, out);
      }
    }
  }

  @Override
  public long bytes() {
    return sums.bytes();
  }
}
