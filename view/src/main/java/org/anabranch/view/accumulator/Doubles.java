// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.math.BigDecimal;
import org.anabranch.view.DoubleVector;

/** Arguments as doubles, and how states note the values that have no place in a finite sum. */
final class Doubles {
  private static final int NAN = 1;
  private static final int POSITIVE_INFINITY = 2;
  private static final int NEGATIVE_INFINITY = 4;

  private Doubles() {}

  /** CAST(value AS DOUBLE) of a value of a numeric type: to nearest, half to even. */
  static double of(Object value) {
    if (value instanceof Double number) {
      return DoubleVector.canonical(number);
    }
    return value instanceof BigDecimal decimal ? decimal.doubleValue() : (double) (Long) value;
  }

  /** The flag of a number that is not finite. */
  static int flag(double value) {
    if (Double.isNaN(value)) {
      return NAN;
    }
    return value > 0 ? POSITIVE_INFINITY : NEGATIVE_INFINITY;
  }

  /** The sum of numbers of which some are not finite. */
  static double sum(int flags) {
    return switch (flags) {
      case POSITIVE_INFINITY -> Double.POSITIVE_INFINITY;
      case NEGATIVE_INFINITY -> Double.NEGATIVE_INFINITY;
      default -> Double.NaN;
    };
  }
}
