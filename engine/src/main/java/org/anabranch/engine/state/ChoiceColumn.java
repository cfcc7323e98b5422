// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.state;

import org.anabranch.engine.operator.Selection;
import org.anabranch.engine.operator.Values;
import org.anabranch.view.Rows;
import org.anabranch.view.Type;
import org.anabranch.view.accumulator.StateWriter;

/**
 * ARG_MIN(x, t) and ARG_MAX(x, t): whether a row was chosen, its lane as {@code incarnation << 32 |
 * partition}, its position, its t and its x. Rows are in the order (t, incarnation, partition,
 * position, x).
 */
final class ChoiceColumn extends StateColumn {
  private static final int ORDER = 3;

  private final ValueSlot value;
  private final ValueSlot order;
  private final int valueAt;
  private final int sign;

  private ChoiceColumn(ValueSlot value, ValueSlot order, boolean greatest) {
    super(ORDER + order.words() + value.words());
    this.value = value;
    this.order = order;
    this.valueAt = ORDER + order.words();
    this.sign = greatest ? 1 : -1;
  }

  static ChoiceColumn of(Type value, Type order, boolean greatest) {
    return new ChoiceColumn(ValueSlot.of(value), ValueSlot.of(order), greatest);
  }

  @Override
  public void add(int[] groups, Selection selection, Values[] arguments, Rows from) {
    long lane = (long) from.lane().incarnation() << 32 | from.lane().partition();
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int row = rows[i];
      long[] page = page(groups[row]);
      int at = at(groups[row]);
      long position = from.position(row);
      if (page[at] == 0 || compare(arguments, row, page, at, lane, position) * sign > 0) {
        page[at] = 1;
        page[at + 1] = lane;
        page[at + 2] = position;
        order.keep(arguments[1], row, page, at + ORDER);
        value.keep(arguments[0], row, page, at + valueAt);
      }
    }
  }

  private int compare(Values[] arguments, int row, long[] page, int at, long lane, long position) {
    int result = Integer.signum(order.compare(arguments[1], row, page, at + ORDER));
    if (result == 0) {
      result = Long.compare(lane, page[at + 1]);
    }
    if (result == 0) {
      result = Long.compare(position, page[at + 2]);
    }
    return result != 0 ? result : value.compare(arguments[0], row, page, at + valueAt);
  }

  @Override
  public void encode(int group, StateWriter out) {
    long[] page = page(group);
    int at = at(group);
    out.writeByte((int) page[at]);
    if (page[at] != 0) {
      order.write(page, at + ORDER, out);
      out.writeVarint(page[at + 1] >>> 32);
      out.writeVarint(page[at + 1] & 0xFFFF_FFFFL);
      out.writeVarint(page[at + 2]);
      value.write(page, at + valueAt, out);
    }
  }

  @Override
  public long bytes() {
    return order.bytes() + value.bytes();
  }
}
