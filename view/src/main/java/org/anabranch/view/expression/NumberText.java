// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * DOUBLE as text, the same on every JDK: the fewest digits that read back as the same value, of
 * those the nearest, written as PostgreSQL writes them ({@code 0.0001}, {@code 1e-05}, {@code
 * 1e+15}, {@code NaN}, {@code -Infinity}).
 */
public final class NumberText {
  private static final double[] POWERS = new double[16];
  private static final long MOST_FAST_DIGITS = 1_000_000_000_000_000L;
  private static final int EXACT_DIGITS = 15;

  static {
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = Double.parseDouble("1e" + i);
    }
  }

  private NumberText() {}

  public static String of(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    }
    return value == 0 ? "0" : written(shortest(value));
  }

  /** The shortest decimal that stands for a finite value, without trailing zeros. */
  public static BigDecimal shortest(double value) {
    if (value == 0) {
      return BigDecimal.ZERO;
    }
    BigDecimal fast = fewDigits(value);
    return fast != null ? fast : search(value);
  }

  /**
   * Most real data has at most 15 digits, few of them after the point. Both operands of the
   * division are exact, so its result is the DOUBLE nearest to the decimal; and no two decimals of
   * up to 15 digits share a DOUBLE, so the first that fits is the shortest.
   */
  private static BigDecimal fewDigits(double value) {
    for (int scale = 0; scale < POWERS.length; scale++) {
      double shifted = value * POWERS[scale];
      if (Math.abs(shifted) >= MOST_FAST_DIGITS) {
        return null;
      }
      long digits = Math.round(shifted);
      if (digits / POWERS[scale] == value) {
        return BigDecimal.valueOf(digits, scale).stripTrailingZeros();
      }
    }
    return null;
  }

  private static BigDecimal search(double value) {
    BigDecimal exact = new BigDecimal(value);
    // A normal value has at most one decimal of 15 digits, so no shorter one needs to be tried.
    int first = Math.abs(value) < Double.MIN_NORMAL ? 1 : EXACT_DIGITS;
    for (int digits = first; digits <= EXACT_DIGITS + 1; digits++) {
      BigDecimal found = nearest(exact, value, digits);
      if (found != null) {
        return found.stripTrailingZeros();
      }
    }
    return exact
        .round(new MathContext(EXACT_DIGITS + 2, RoundingMode.HALF_EVEN))
        .stripTrailingZeros();
  }

  /** Both neighbours are tried: below a power of two, the farther one may be the one that fits. */
  private static BigDecimal nearest(BigDecimal exact, double value, int digits) {
    BigDecimal down = exact.round(new MathContext(digits, RoundingMode.DOWN));
    BigDecimal up = exact.round(new MathContext(digits, RoundingMode.UP));
    boolean downFits = down.doubleValue() == value;
    boolean upFits = up.doubleValue() == value;
    if (downFits && upFits) {
      int order = exact.subtract(down).abs().compareTo(up.subtract(exact).abs());
      return order < 0 || (order == 0 && isEven(down)) ? down : up;
    }
    if (downFits) {
      return down;
    }
    return upFits ? up : null;
  }

  private static boolean isEven(BigDecimal value) {
    return !value.unscaledValue().testBit(0);
  }

  /** As PostgreSQL: an exponent below 1e-4 and from 1e15 on. */
  private static String written(BigDecimal value) {
    int exponent = value.precision() - value.scale() - 1;
    if (exponent >= -4 && exponent < EXACT_DIGITS) {
      return value.toPlainString();
    }
    BigInteger unscaled = value.unscaledValue();
    String digits = unscaled.abs().toString();
    StringBuilder text = new StringBuilder(unscaled.signum() < 0 ? "-" : "");
    text.append(digits.charAt(0));
    if (digits.length() > 1) {
      text.append('.').append(digits, 1, digits.length());
    }
    int size = Math.abs(exponent);
    text.append(exponent < 0 ? "e-" : "e+").append(size < 10 ? "0" : "").append(size);
    return text.toString();
  }
}
