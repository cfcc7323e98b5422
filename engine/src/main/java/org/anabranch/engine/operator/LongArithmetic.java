// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

import java.util.List;
import java.util.Optional;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Operator;

/**
 * Arithmetic on integers and on decimals kept in one long. A result outside the type, and a
 * division by zero, is left to {@link ScalarCall}.
 */
final class LongArithmetic extends Function {
  private static final long[] POWERS = new long[19];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private final Operator operator;
  private final ScalarCall scalar;
  private final long min;
  private final long max;

  LongArithmetic(Expression.Call call, VectorOperator[] operands) {
    super(call.type(), operands, true);
    this.operator = call.operator();
    this.scalar = new ScalarCall(call);
    this.min = min(call.type());
    this.max = max(call.type());
  }

  static long powerOfTen(int exponent) {
    return POWERS[exponent];
  }

  static long max(Type type) {
    return switch (type.kind()) {
      case INTEGER -> Integer.MAX_VALUE;
      case DECIMAL -> POWERS[type.precision()] - 1;
      default -> Long.MAX_VALUE;
    };
  }

  static long min(Type type) {
    return switch (type.kind()) {
      case INTEGER -> Integer.MIN_VALUE;
      case DECIMAL -> -max(type);
      default -> Long.MIN_VALUE;
    };
  }

  /** Whether the result is the operator applied to the operands' longs, wherever it fits. */
  static boolean covers(Expression.Call call) {
    List<Expression> arguments = call.arguments();
    if (!isLong(call.type()) || !arguments.stream().allMatch(each -> isLong(each.type()))) {
      return false;
    }
    int scale = call.type().scale();
    boolean aligned = arguments.stream().allMatch(each -> each.type().scale() == scale);
    boolean integers =
        arguments.stream().noneMatch(each -> each.type().kind() == Type.Kind.DECIMAL);
    return switch (call.operator()) {
      case ADD, SUBTRACT -> arguments.size() == 2 && aligned;
      case NEGATE, ABS -> arguments.size() == 1 && aligned;
      case MULTIPLY ->
          arguments.size() == 2
              && arguments.get(0).type().scale() + arguments.get(1).type().scale() == scale;
      case DIVIDE, MODULO -> arguments.size() == 2 && integers && scale == 0;
      default -> false;
    };
  }

  /**
   * A sum or difference of numbers of different scale as one of numbers of the result's type, which
   * has room for both: no value changes.
   */
  static Optional<Expression.Call> aligned(Expression.Call call) {
    boolean sum = call.operator() == Operator.ADD || call.operator() == Operator.SUBTRACT;
    boolean decimal = call.type().kind() == Type.Kind.DECIMAL && isLong(call.type());
    if (!sum || !decimal || !call.arguments().stream().allMatch(each -> isLong(each.type()))) {
      return Optional.empty();
    }
    List<Expression> arguments =
        call.arguments().stream()
            .<Expression>map(each -> new Expression.Cast(each, call.type()))
            .toList();
    return Optional.of(new Expression.Call(call.operator(), arguments, call.type()));
  }

  private static boolean isLong(Type type) {
    return type.isExactNumeric() && type.isLong();
  }

  @Override
  void compute(Values[] arguments, Values result, Selection selection) {
    switch (operator) {
      case ADD -> add(arguments, result, selection);
      case SUBTRACT -> subtract(arguments, result, selection);
      case MULTIPLY -> multiply(arguments, result, selection);
      case DIVIDE, MODULO -> divide(arguments, result, selection);
      default -> sign(arguments, result, selection);
    }
  }

  /** Hot kernel. */
  private void add(Values[] arguments, Values result, Selection selection) {
    long[] left = arguments[0].longs();
    long[] right = arguments[1].longs();
    long[] target = result.longs();
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int row = rows[i];
      long sum = left[row] + right[row];
      if (((left[row] ^ sum) & (right[row] ^ sum)) < 0 || sum < min || sum > max) {
        scalar.compute(arguments, row, result);
      } else {
        target[row] = sum;
      }
    }
  }

  /** Hot kernel. */
  private void subtract(Values[] arguments, Values result, Selection selection) {
    long[] left = arguments[0].longs();
    long[] right = arguments[1].longs();
    long[] target = result.longs();
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int row = rows[i];
      long difference = left[row] - right[row];
      if (((left[row] ^ right[row]) & (left[row] ^ difference)) < 0
          || difference < min
          || difference > max) {
        scalar.compute(arguments, row, result);
      } else {
        target[row] = difference;
      }
    }
  }

  /** Hot kernel. */
  private void multiply(Values[] arguments, Values result, Selection selection) {
    long[] left = arguments[0].longs();
    long[] right = arguments[1].longs();
    long[] target = result.longs();
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int row = rows[i];
      long product = left[row] * right[row];
      boolean fits = Math.multiplyHigh(left[row], right[row]) == product >> 63;
      if (!fits || product < min || product > max) {
        scalar.compute(arguments, row, result);
      } else {
        target[row] = product;
      }
    }
  }

  private void divide(Values[] arguments, Values result, Selection selection) {
    long[] left = arguments[0].longs();
    long[] right = arguments[1].longs();
    long[] target = result.longs();
    boolean quotient = operator == Operator.DIVIDE;
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int row = rows[i];
      if (right[row] == 0 || right[row] == -1) {
        scalar.compute(arguments, row, result);
      } else {
        target[row] = quotient ? left[row] / right[row] : left[row] % right[row];
      }
    }
  }

  private void sign(Values[] arguments, Values result, Selection selection) {
    long[] source = arguments[0].longs();
    long[] target = result.longs();
    boolean negate = operator == Operator.NEGATE;
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int row = rows[i];
      long value = negate ? -source[row] : Math.abs(source[row]);
      if (source[row] == Long.MIN_VALUE || value < min || value > max) {
        scalar.compute(arguments, row, result);
      } else {
        target[row] = value;
      }
    }
  }
}
