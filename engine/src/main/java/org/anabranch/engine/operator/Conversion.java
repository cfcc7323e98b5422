// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.TimeFunctions;

/**
 * Casts between numbers and times that are simple for most values. A value that is not simple is
 * left to {@link ScalarCall}.
 */
final class Conversion extends Function {
  /** Up to here every integer is a DOUBLE. */
  private static final long EXACT = 1L << 53;

  private enum Way {
    /** Multiplied by a power of ten, within bounds. */
    SCALE_UP,
    SCALE_UP_TO_WIDE,
    LONG_TO_DOUBLE,
    /** An exact integer divided by an exact power of ten is rounded once. */
    DECIMAL_TO_DOUBLE,
    DOUBLE_TO_LONG,
    TIME_TO_DATE,
    DATE_TO_TIME,
    NONE
  }

  private final Way way;
  private final ScalarCall scalar;
  private final long factor;
  private final long min;
  private final long max;

  Conversion(Expression.Cast cast, VectorOperator operand) {
    super(cast.type(), new VectorOperator[] {operand}, true);
    Type from = cast.operand().type();
    Type to = cast.type();
    this.way = way(from, to);
    this.scalar = new ScalarCall(cast);
    this.factor = LongArithmetic.powerOfTen(Math.min(18, Math.abs(to.scale() - from.scale())));
    this.min = to.isLong() ? LongArithmetic.min(to) : Long.MIN_VALUE;
    this.max = to.isLong() ? LongArithmetic.max(to) : Long.MAX_VALUE;
  }

  static boolean covers(Expression.Cast cast) {
    return way(cast.operand().type(), cast.type()) != Way.NONE;
  }

  private static Way way(Type from, Type to) {
    boolean fromLong = from.isExactNumeric() && from.isLong();
    boolean toDouble = to.kind() == Type.Kind.DOUBLE;
    if (fromLong && toDouble) {
      return from.scale() == 0 ? Way.LONG_TO_DOUBLE : Way.DECIMAL_TO_DOUBLE;
    }
    if (fromLong && to.isExactNumeric() && to.scale() >= from.scale()) {
      boolean anyFits = to.precision() - (to.scale() - from.scale()) >= 19;
      if (!to.isWideDecimal()) {
        return Way.SCALE_UP;
      }
      return anyFits && to.scale() - from.scale() <= 18 ? Way.SCALE_UP_TO_WIDE : Way.NONE;
    }
    if (from.kind() == Type.Kind.DOUBLE && isInteger(to)) {
      return Way.DOUBLE_TO_LONG;
    }
    if (isMillis(from) && to.kind() == Type.Kind.DATE) {
      return Way.TIME_TO_DATE;
    }
    return from.kind() == Type.Kind.DATE && isMillis(to) ? Way.DATE_TO_TIME : Way.NONE;
  }

  private static boolean isMillis(Type type) {
    return type.isTime() && !type.isMicros();
  }

  private static boolean isInteger(Type type) {
    return type.kind() == Type.Kind.INTEGER || type.kind() == Type.Kind.BIGINT;
  }

  @Override
  void compute(Values[] arguments, Values result, Selection selection) {
    switch (way) {
      case SCALE_UP -> scaleUp(arguments, result, selection);
      case SCALE_UP_TO_WIDE -> scaleUpToWide(arguments[0].longs(), result, selection);
      case LONG_TO_DOUBLE -> longToDouble(arguments[0].longs(), result.doubles(), selection);
      case DECIMAL_TO_DOUBLE -> decimalToDouble(arguments, result, selection);
      case DOUBLE_TO_LONG -> doubleToLong(arguments, result, selection);
      case TIME_TO_DATE -> timeToDate(arguments[0].longs(), result.longs(), selection);
      default -> dateToTime(arguments[0].longs(), result.longs(), selection);
    }
  }

  private void scaleUp(Values[] arguments, Values result, Selection selection) {
    long[] source = arguments[0].longs();
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int row = rows[i];
      long product = source[row] * factor;
      boolean fits = Math.multiplyHigh(source[row], factor) == product >> 63;
      if (fits && product >= min && product <= max) {
        result.longs()[row] = product;
      } else {
        scalar.compute(arguments, row, result);
      }
    }
  }

  private void scaleUpToWide(long[] source, Values result, Selection selection) {
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int row = rows[i];
      result.longs()[row] = source[row] * factor;
      result.high()[row] = Math.multiplyHigh(source[row], factor);
    }
  }

  private static void longToDouble(long[] source, double[] target, Selection selection) {
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      target[rows[i]] = source[rows[i]];
    }
  }

  private void decimalToDouble(Values[] arguments, Values result, Selection selection) {
    long[] source = arguments[0].longs();
    double divisor = factor;
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int row = rows[i];
      if (Math.abs(source[row]) <= EXACT) {
        result.doubles()[row] = source[row] / divisor;
      } else {
        scalar.compute(arguments, row, result);
      }
    }
  }

  private void doubleToLong(Values[] arguments, Values result, Selection selection) {
    double[] source = arguments[0].doubles();
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int row = rows[i];
      long integer = (long) source[row];
      boolean simple = integer == source[row] && Math.abs(integer) <= EXACT;
      if (simple && integer >= min && integer <= max) {
        result.longs()[row] = integer;
      } else {
        scalar.compute(arguments, row, result);
      }
    }
  }

  private static void timeToDate(long[] source, long[] target, Selection selection) {
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      target[rows[i]] = TimeFunctions.day(source[rows[i]]);
    }
  }

  private static void dateToTime(long[] source, long[] target, Selection selection) {
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      target[rows[i]] = source[rows[i]] * TimeFunctions.MILLIS_PER_DAY;
    }
  }
}
