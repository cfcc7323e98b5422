// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.math.BigInteger;

/**
 * The exact number numerator / denominator * 2^exponent, and how it becomes a double: rounded once,
 * to nearest, half to even.
 *
 * @param denominator greater than zero
 */
public record ExactRatio(BigInteger numerator, BigInteger denominator, int exponent) {
  /** Two more than a double has, so that what follows decides by being zero or not. */
  private static final int ENOUGH_BITS = 55;

  private static final int MIN_EXPONENT = -1074;

  public ExactRatio {
    if (denominator.signum() <= 0) {
      throw new IllegalArgumentException("Cannot divide by " + denominator);
    }
  }

  /** The number divided by an integer greater than zero. */
  public ExactRatio dividedBy(BigInteger divisor) {
    return new ExactRatio(numerator, denominator.multiply(divisor), exponent);
  }

  /** The nearest double; infinite if the number is beyond the range of doubles. */
  public double toDouble() {
    BigInteger magnitude = numerator.abs();
    int shift = Math.max(0, ENOUGH_BITS - (magnitude.bitLength() - denominator.bitLength()) + 1);
    BigInteger[] division = magnitude.shiftLeft(shift).divideAndRemainder(denominator);
    double rounded = rounded(withRest(division), exponent - shift - 1);
    return numerator.signum() < 0 ? -rounded : rounded;
  }

  /** The double nearest to the square root of the number, which must not be negative. */
  public double squareRootToDouble() {
    int shift =
        Math.max(0, 2 * ENOUGH_BITS - (numerator.bitLength() - denominator.bitLength()) + 1);
    shift += (exponent - shift) & 1;
    BigInteger[] division = numerator.shiftLeft(shift).divideAndRemainder(denominator);
    BigInteger[] root = division[0].sqrtAndRemainder();
    root[1] = root[1].or(division[1]);
    return rounded(withRest(root), ((exponent - shift) >> 1) - 1);
  }

  /** Twice the quotient, and one more if there is a rest: it rounds as the exact number does. */
  private static BigInteger withRest(BigInteger[] division) {
    BigInteger twice = division[0].shiftLeft(1);
    return division[1].signum() == 0 ? twice : twice.setBit(0);
  }

  /** The double nearest to magnitude * 2^scale. */
  private static double rounded(BigInteger magnitude, int scale) {
    int leading = magnitude.bitLength() - 1 + scale;
    int dropped = Math.max(leading - 52, MIN_EXPONENT) - scale;
    if (dropped <= 0) {
      return Math.scalb(magnitude.doubleValue(), scale);
    }
    BigInteger kept = magnitude.shiftRight(dropped);
    boolean half = magnitude.testBit(dropped - 1);
    boolean more = magnitude.getLowestSetBit() < dropped - 1;
    if (half && (more || kept.testBit(0))) {
      kept = kept.add(BigInteger.ONE);
    }
    return Math.scalb(kept.doubleValue(), scale + dropped);
  }
}
