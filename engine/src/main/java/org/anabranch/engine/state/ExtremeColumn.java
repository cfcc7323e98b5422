// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.state;

import org.anabranch.engine.operator.Selection;
import org.anabranch.engine.operator.Values;
import org.anabranch.view.Rows;
import org.anabranch.view.Type;
import org.anabranch.view.accumulator.StateWriter;

/** MIN and MAX of any type: whether there is a value, and the value. */
final class ExtremeColumn extends StateColumn {
  private final ValueSlot slot;
  private final int sign;

  private ExtremeColumn(ValueSlot slot, boolean greatest) {
    super(1 + slot.words());
    this.slot = slot;
    this.sign = greatest ? 1 : -1;
  }

  static ExtremeColumn of(Type type, boolean greatest) {
    return new ExtremeColumn(ValueSlot.of(type), greatest);
  }

  @Override
  public void add(int[] groups, Selection selection, Values[] arguments, Rows from) {
    Values values = arguments[0];
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int row = rows[i];
      long[] page = page(groups[row]);
      int at = at(groups[row]);
      if (page[at] == 0 || slot.compare(values, row, page, at + 1) * sign > 0) {
        page[at] = 1;
        slot.keep(values, row, page, at + 1);
      }
    }
  }

  @Override
  public void encode(int group, StateWriter out) {
    long[] page = page(group);
    int at = at(group);
    out.writeByte((int) page[at]);
    if (page[at] != 0) {
      slot.write(page, at + 1, out);
    }
  }

  @Override
  public long bytes() {
    return slot.bytes();
  }
}
