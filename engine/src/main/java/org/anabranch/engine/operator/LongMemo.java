// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

import java.util.Arrays;
import org.anabranch.view.expression.Expression;

/**
 * A rare function of one value kept in one long: each value goes through {@link ScalarCall} once,
 * while it stays in a small direct-mapped memory. Functions of the day or the hour of a time share
 * one entry for all times of it.
 */
final class LongMemo extends Function {
  private static final int SLOTS = 1 << 12;

  private final ScalarCall scalar;
  private final int operand;
  private final long unit;
  private final long[] keys = new long[SLOTS];
  private final byte[] states = new byte[SLOTS];
  private final long[] results = new long[SLOTS];

  private static final byte EMPTY = 0;
  private static final byte VALUE = 1;
  private static final byte NULL = 2;

  /**
   * @param operand which operand is not a literal
   * @param unit the function is the same for all values of one multiple of the unit
   */
  LongMemo(Expression expression, VectorOperator[] operands, int operand, long unit) {
    super(expression.type(), operands, true);
    this.scalar = new ScalarCall(expression);
    this.operand = operand;
    this.unit = unit;
    Arrays.fill(states, EMPTY);
  }

  @Override
  void compute(Values[] arguments, Values result, Selection selection) {
    long[] source = arguments[operand].longs();
    long[] target = result.longs();
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int row = rows[i];
      long key = unit == 1 ? source[row] : Math.floorDiv(source[row], unit);
      int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 52);
      if (states[slot] == EMPTY || keys[slot] != key) {
        learn(arguments, result, row, slot, key);
      } else if (states[slot] == NULL) {
        result.setNull(row);
      } else {
        target[row] = results[slot];
      }
    }
  }

  private void learn(Values[] arguments, Values result, int row, int slot, long key) {
    scalar.compute(arguments, row, result);
    if (!result.isError(row)) {
      keys[slot] = key;
      states[slot] = result.isNull(row) ? NULL : VALUE;
      results[slot] = result.longs()[row];
    }
  }
}
