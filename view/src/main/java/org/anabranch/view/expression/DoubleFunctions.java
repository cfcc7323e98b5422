// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import org.anabranch.view.DoubleVector;

/**
 * Roots, logarithms and powers of DOUBLE as {@link StrictMath} computes them, so that every JDK
 * gives the same bits; within one unit in the last place of the true value. A finite argument
 * without a finite, real result is an error, and so is a result that becomes zero.
 */
public final class DoubleFunctions {
  private DoubleFunctions() {}

  public static double sqrt(double value) throws EvaluationException {
    if (value < 0) {
      throw none("SQRT", value, "it is negative");
    }
    return DoubleVector.canonical(StrictMath.sqrt(value));
  }

  public static double exp(double value) throws EvaluationException {
    double result = StrictMath.exp(value);
    if (!Double.isInfinite(value) && (Double.isInfinite(result) || result == 0)) {
      throw none("EXP", value, "the result does not fit DOUBLE");
    }
    return DoubleVector.canonical(result);
  }

  public static double ln(double value) throws EvaluationException {
    requirePositive("LN", value);
    return DoubleVector.canonical(StrictMath.log(value));
  }

  public static double log10(double value) throws EvaluationException {
    requirePositive("LOG10", value);
    return DoubleVector.canonical(StrictMath.log10(value));
  }

  /** As in PostgreSQL, everything to the power 0 is 1, and 1 to any power. */
  public static double power(double base, double exponent) throws EvaluationException {
    if (base == 1 || exponent == 0) {
      return 1;
    }
    if (Double.isNaN(base) || Double.isNaN(exponent)) {
      return Double.NaN;
    }
    double result = StrictMath.pow(base, exponent);
    boolean finite = !Double.isInfinite(base) && !Double.isInfinite(exponent);
    if (Double.isNaN(result)
        || (base == 0 && exponent < 0)
        || (finite && (Double.isInfinite(result) || (result == 0 && base != 0)))) {
      throw noPower(base, exponent, result);
    }
    return DoubleVector.canonical(result);
  }

  /** The number without its digits after the point. */
  public static double trunc(double value) {
    return DoubleVector.canonical(value < 0 ? Math.ceil(value) : Math.floor(value));
  }

  private static void requirePositive(String function, double value) throws EvaluationException {
    if (value <= 0) {
      throw none(function, value, "it is not positive");
    }
  }

  private static EvaluationException none(String function, double value, String reason) {
    return new EvaluationException(
        "Cannot compute " + function + "(" + NumberText.of(value) + "): " + reason);
  }

  private static EvaluationException noPower(double base, double exponent, double result) {
    String reason =
        Double.isNaN(result)
            ? "the result is no real number"
            : base == 0 ? "it divides by zero" : "the result does not fit DOUBLE";
    return new EvaluationException(
        "Cannot compute POWER("
            + NumberText.of(base)
            + ", "
            + NumberText.of(exponent)
            + "): "
            + reason);
  }
}
