// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.anabranch.view.Type;

/**
 * Arithmetic of whole numbers: INTEGER, BIGINT and intervals, all in a long. A result that its type
 * cannot hold is an error, never wrapped.
 */
public final class IntegerArithmetic {
  /**
   * Intervals are shorter than this many milliseconds or microseconds, so that they fit DECIMAL(18,
   * 3) or DECIMAL(18, 6) seconds.
   */
  public static final long DAYS_INTERVAL_LIMIT = 1_000_000_000_000_000_000L;

  private IntegerArithmetic() {}

  public static long add(long left, long right, Type type) throws EvaluationException {
    long sum = left + right;
    if (((left ^ sum) & (right ^ sum)) < 0 || !fits(sum, type)) {
      throw overflow(left + " + " + right, type);
    }
    return sum;
  }

  public static long subtract(long left, long right, Type type) throws EvaluationException {
    long difference = left - right;
    if (((left ^ right) & (left ^ difference)) < 0 || !fits(difference, type)) {
      throw overflow(left + " - " + right, type);
    }
    return difference;
  }

  public static long multiply(long left, long right, Type type) throws EvaluationException {
    long product = left * right;
    if (Math.multiplyHigh(left, right) != product >> 63 || !fits(product, type)) {
      throw overflow(left + " * " + right, type);
    }
    return product;
  }

  /** The quotient, truncated toward zero. */
  public static long divide(long left, long right, Type type) throws EvaluationException {
    if (right == 0) {
      throw byZero(left);
    }
    long quotient = left / right;
    if ((right == -1 && left == Long.MIN_VALUE) || !fits(quotient, type)) {
      throw overflow(left + " / " + right, type);
    }
    return quotient;
  }

  /** The remainder, with the sign of the dividend. */
  public static long modulo(long left, long right) throws EvaluationException {
    if (right == 0) {
      throw byZero(left);
    }
    return left % right;
  }

  public static long negate(long value, Type type) throws EvaluationException {
    return subtract(0, value, type);
  }

  public static long abs(long value, Type type) throws EvaluationException {
    return value < 0 ? negate(value, type) : value;
  }

  /** Rounds half away from zero; negative digits are places before the point. */
  public static long round(long value, long digits, Type type) throws EvaluationException {
    if (digits >= 0) {
      return value;
    }
    int places = (int) Math.max(digits, -20);
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(places, RoundingMode.HALF_UP);
    return narrow(rounded, type);
  }

  /** The value of a whole number. */
  static long narrow(BigDecimal whole, Type type) throws EvaluationException {
    if (whole.signum() == 0 || whole.precision() - whole.scale() <= 19) {
      BigInteger number = whole.toBigInteger();
      if (number.bitLength() < Long.SIZE && fits(number.longValue(), type)) {
        return number.longValue();
      }
    }
    throw overflow(whole.toString(), type);
  }

  /** Whether the type can hold the value. */
  public static boolean fits(long value, Type type) {
    return switch (type.kind()) {
      case INTEGER, MONTHS_INTERVAL -> value == (int) value;
      case DAYS_INTERVAL, MICRO_INTERVAL ->
          value > -DAYS_INTERVAL_LIMIT && value < DAYS_INTERVAL_LIMIT;
      default -> true;
    };
  }

  private static EvaluationException byZero(long dividend) {
    return new EvaluationException("Cannot divide " + dividend + " by zero");
  }

  private static EvaluationException overflow(String operation, Type type) {
    return new EvaluationException(
        "Cannot compute " + operation + ": the result does not fit " + type);
  }
}
