// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.anabranch.view.DoubleVector;

/**
 * Arithmetic of DOUBLE as PostgreSQL has it: IEEE 754, but a finite operation that overflows to
 * infinity or underflows to zero is an error, and so is a division by zero. Results are canonical:
 * no negative zero, one NaN. NaN equals NaN and is greater than every other value.
 */
public final class DoubleArithmetic {
  private static final int MOST_DIGITS = 400;

  private DoubleArithmetic() {}

  public static double add(double left, double right) throws EvaluationException {
    return checked(left + right, left, right, '+');
  }

  public static double subtract(double left, double right) throws EvaluationException {
    return checked(left - right, left, right, '-');
  }

  public static double multiply(double left, double right) throws EvaluationException {
    double product = left * right;
    if (product == 0 && left != 0 && right != 0) {
      throw outOfRange(left, right, '*');
    }
    return checked(product, left, right, '*');
  }

  /** The quotient; NaN divided by zero is NaN, everything else divided by zero is an error. */
  public static double divide(double left, double right) throws EvaluationException {
    if (right == 0 && !Double.isNaN(left)) {
      throw new EvaluationException("Cannot divide " + NumberText.of(left) + " by zero");
    }
    double quotient = left / right;
    if (quotient == 0 && left != 0 && !Double.isInfinite(right)) {
      throw outOfRange(left, right, '/');
    }
    return checked(quotient, left, right, '/');
  }

  /** The exact remainder, with the sign of the dividend. */
  public static double modulo(double left, double right) throws EvaluationException {
    if (right == 0 && !Double.isNaN(left)) {
      throw new EvaluationException("Cannot divide " + NumberText.of(left) + " by zero");
    }
    return DoubleVector.canonical(left % right);
  }

  public static double negate(double value) {
    return DoubleVector.canonical(-value);
  }

  public static double abs(double value) {
    return DoubleVector.canonical(Math.abs(value));
  }

  public static double floor(double value) {
    return DoubleVector.canonical(Math.floor(value));
  }

  public static double ceil(double value) {
    return DoubleVector.canonical(Math.ceil(value));
  }

  /** The nearest whole number, halves to the even one. */
  public static double round(double value) {
    return DoubleVector.canonical(Math.rint(value));
  }

  /**
   * Rounds the shortest decimal that stands for the value, halves away from zero, and takes the
   * nearest DOUBLE.
   */
  public static double round(double value, long digits) throws EvaluationException {
    if (Double.isNaN(value) || Double.isInfinite(value) || value == 0 || digits > MOST_DIGITS) {
      return DoubleVector.canonical(value);
    }
    if (digits < -MOST_DIGITS) {
      return 0;
    }
    BigDecimal decimal = NumberText.shortest(value);
    if (decimal.scale() <= digits) {
      return DoubleVector.canonical(value);
    }
    double rounded = decimal.setScale((int) digits, RoundingMode.HALF_UP).doubleValue();
    if (Double.isInfinite(rounded)) {
      throw new EvaluationException(
          "Cannot round " + NumberText.of(value) + ": the result does not fit DOUBLE");
    }
    return DoubleVector.canonical(rounded);
  }

  /** The order of values: NaN last and equal to itself, negative zero equal to zero. */
  public static int compare(double left, double right) {
    if (left < right) {
      return -1;
    }
    if (left > right) {
      return 1;
    }
    return left == right ? 0 : Boolean.compare(Double.isNaN(left), Double.isNaN(right));
  }

  private static double checked(double result, double left, double right, char symbol)
      throws EvaluationException {
    if (Double.isInfinite(result) && !Double.isInfinite(left) && !Double.isInfinite(right)) {
      throw outOfRange(left, right, symbol);
    }
    return DoubleVector.canonical(result);
  }

  private static EvaluationException outOfRange(double left, double right, char symbol) {
    return new EvaluationException(
        "Cannot compute "
            + NumberText.of(left)
            + ' '
            + symbol
            + ' '
            + NumberText.of(right)
            + ": the result does not fit DOUBLE");
  }
}
