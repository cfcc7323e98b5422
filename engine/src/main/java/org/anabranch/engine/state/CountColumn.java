// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.state;

import org.anabranch.engine.operator.Selection;
import org.anabranch.engine.operator.Values;
import org.anabranch.engine.table.Records;
import org.anabranch.view.Rows;
import org.anabranch.view.accumulator.StateWriter;

/** COUNT(*) and COUNT(x). */
final class CountColumn extends StateColumn {
  CountColumn() {
    super(1);
  }

  /** Hot kernel. */
  @Override
  public void add(int[] groups, Selection selection, Values[] arguments, Rows from) {
    long[][] pages = pages();
    int stride = stride();
    int offset = offset();
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int group = groups[rows[i]];
      pages[group >>> Records.SHIFT][(group & Records.MASK) * stride + offset]++;
    }
  }

  @Override
  public void encode(int group, StateWriter out) {
    out.writeVarint(page(group)[at(group)]);
  }
}
