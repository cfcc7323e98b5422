// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.anabranch.view.Type;

/**
 * Arithmetic of DECIMAL: computed exactly, rounded once to the scale of the result type, halves
 * away from zero. A result with more digits before the point than its type has is an error.
 */
public final class DecimalArithmetic {
  private DecimalArithmetic() {}

  public static BigDecimal add(BigDecimal left, BigDecimal right, Type type)
      throws EvaluationException {
    return fit(left.add(right), type);
  }

  public static BigDecimal subtract(BigDecimal left, BigDecimal right, Type type)
      throws EvaluationException {
    return fit(left.subtract(right), type);
  }

  public static BigDecimal multiply(BigDecimal left, BigDecimal right, Type type)
      throws EvaluationException {
    return fit(left.multiply(right), type);
  }

  public static BigDecimal divide(BigDecimal left, BigDecimal right, Type type)
      throws EvaluationException {
    refuseZero(left, right);
    return fit(left.divide(right, type.scale(), RoundingMode.HALF_UP), type);
  }

  /** The remainder, with the sign of the dividend. */
  public static BigDecimal modulo(BigDecimal left, BigDecimal right, Type type)
      throws EvaluationException {
    refuseZero(left, right);
    return fit(left.remainder(right), type);
  }

  /** Rounds to so many digits after the point; negative digits are places before it. */
  public static BigDecimal round(BigDecimal value, long digits, Type type)
      throws EvaluationException {
    if (digits >= value.scale()) {
      return fit(value, type);
    }
    int places = (int) Math.max(digits, -Type.MAX_PRECISION - 1);
    return fit(value.setScale(places, RoundingMode.HALF_UP), type);
  }

  public static BigDecimal floor(BigDecimal value, Type type) throws EvaluationException {
    return fit(value.setScale(0, RoundingMode.FLOOR), type);
  }

  public static BigDecimal ceil(BigDecimal value, Type type) throws EvaluationException {
    return fit(value.setScale(0, RoundingMode.CEILING), type);
  }

  /** The value at the type's scale. */
  public static BigDecimal fit(BigDecimal value, Type type) throws EvaluationException {
    long wholeDigits = (long) value.precision() - value.scale();
    if (value.signum() == 0 || wholeDigits < -type.scale()) {
      // rescaling 1e-999999999 digit by digit would take forever
      return BigDecimal.valueOf(0, type.scale());
    }
    if (wholeDigits <= type.precision() - type.scale()) {
      BigDecimal scaled = value.setScale(type.scale(), RoundingMode.HALF_UP);
      if (scaled.precision() <= type.precision()) {
        return scaled;
      }
    }
    throw new EvaluationException("Cannot keep " + Excerpt.of(value) + ": it does not fit " + type);
  }

  private static void refuseZero(BigDecimal left, BigDecimal right) throws EvaluationException {
    if (right.signum() == 0) {
      throw new EvaluationException("Cannot divide " + left.toPlainString() + " by zero");
    }
  }
}
