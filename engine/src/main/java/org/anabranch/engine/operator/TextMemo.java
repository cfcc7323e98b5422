// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.anabranch.view.expression.Expression;

/**
 * A function of one text and literals: columns repeat their texts, so each goes through {@link
 * ScalarCall} once while it stays in a small direct-mapped memory, errors included. Long texts are
 * computed every time.
 */
final class TextMemo extends Function {
  private static final int SLOTS = 1 << 12;
  private static final int LONGEST = 64;
  private static final Object NULL = new Object();

  private final ScalarCall scalar;
  private final int operand;
  private final byte[][] keys = new byte[SLOTS][];
  private final Object[] outcomes = new Object[SLOTS];

  /** An error as an outcome. */
  private record Failure(String reason) {}

  /**
   * @param operand which operand is the text; the others are literals
   */
  TextMemo(Expression expression, VectorOperator[] operands, int operand) {
    super(expression.type(), operands, true);
    this.scalar = new ScalarCall(expression);
    this.operand = operand;
  }

  @Override
  void compute(Values[] arguments, Values result, Selection selection) {
    byte[] bytes = arguments[operand].bytes();
    int[] offsets = arguments[operand].offsets();
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int row = rows[i];
      int from = offsets[row];
      int to = offsets[row + 1];
      if (to - from > LONGEST) {
        scalar.compute(arguments, row, result);
        continue;
      }
      int slot = (int) (TextHash.of(bytes, from, to) >>> 52);
      byte[] key = keys[slot];
      if (key == null || !Arrays.equals(key, 0, key.length, bytes, from, to)) {
        scalar.compute(arguments, row, result);
        keys[slot] = Arrays.copyOfRange(bytes, from, to);
        outcomes[slot] = outcome(result, row);
      } else {
        recall(outcomes[slot], row, result);
      }
    }
  }

  private static Object outcome(Values result, int row) {
    if (result.isError(row)) {
      return new Failure(result.errors()[row]);
    }
    Object value = result.get(row);
    if (value == null) {
      return NULL;
    }
    return value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : value;
  }

  private static void recall(Object outcome, int row, Values result) {
    if (outcome instanceof Failure failure) {
      result.setError(row, failure.reason());
    } else if (outcome == NULL) {
      result.setNull(row);
    } else if (outcome instanceof byte[] text) {
      result.setText(row, text, 0, text.length);
    } else {
      result.set(row, outcome);
    }
  }
}
