// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Operator;

/**
 * Arithmetic on DOUBLE. A result that is zero, infinite or not a number is left to {@link
 * ScalarCall}, which knows about division by zero, overflow and underflow.
 */
final class DoubleArithmetic extends Function {
  private final Operator operator;
  private final ScalarCall scalar;

  DoubleArithmetic(Expression.Call call, VectorOperator[] operands) {
    super(Type.DOUBLE, operands, true);
    this.operator = call.operator();
    this.scalar = new ScalarCall(call);
  }

  static boolean covers(Expression.Call call) {
    boolean binary =
        switch (call.operator()) {
          case ADD, SUBTRACT, MULTIPLY, DIVIDE -> true;
          default -> false;
        };
    return binary
        && call.type().kind() == Type.Kind.DOUBLE
        && call.arguments().size() == 2
        && call.arguments().stream().allMatch(each -> each.type().kind() == Type.Kind.DOUBLE);
  }

  @Override
  void compute(Values[] arguments, Values result, Selection selection) {
    apply(arguments, result.doubles(), selection);
    settle(arguments, result, selection);
  }

  /** Hot kernel. */
  private void apply(Values[] arguments, double[] target, Selection selection) {
    double[] left = arguments[0].doubles();
    double[] right = arguments[1].doubles();
    int[] rows = selection.rows();
    int n = selection.count();
    switch (operator) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          target[rows[i]] = left[rows[i]] + right[rows[i]];
        }
      }
      case SUBTRACT -> {
        for (int i = 0; i < n; i++) {
          target[rows[i]] = left[rows[i]] - right[rows[i]];
        }
      }
      case MULTIPLY -> {
        for (int i = 0; i < n; i++) {
          target[rows[i]] = left[rows[i]] * right[rows[i]];
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          target[rows[i]] = left[rows[i]] / right[rows[i]];
        }
      }
    }
  }

  /** What is no plain number is left to the specification, but for zeros that are exact. */
  private void settle(Values[] arguments, Values result, Selection selection) {
    double[] left = arguments[0].doubles();
    double[] right = arguments[1].doubles();
    double[] target = result.doubles();
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int row = rows[i];
      double magnitude = Math.abs(target[row]);
      if (magnitude == 0 && isExactZero(left[row], right[row])) {
        target[row] = 0;
      } else if (!(magnitude > 0 && magnitude <= Double.MAX_VALUE)) {
        scalar.compute(arguments, row, result);
      }
    }
  }

  /** Whether a zero is the true result: a sum never underflows, a zero has no other product. */
  private boolean isExactZero(double left, double right) {
    return switch (operator) {
      case ADD, SUBTRACT -> true;
      case MULTIPLY -> left == 0 || right == 0;
      default -> left == 0;
    };
  }
}
