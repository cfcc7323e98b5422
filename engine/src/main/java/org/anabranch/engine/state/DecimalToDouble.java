// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.state;

import java.math.BigInteger;

/**
 * The DOUBLE nearest to an unscaled value of up to 127 bits divided by a power of ten, half to
 * even, by long division in two longs: no object is made for a row.
 */
final class DecimalToDouble {
  /** Bits of a DOUBLE's significand, and one to round by. */
  private static final int QUOTIENT_BITS = 54;

  /** The power of ten, shifted left until its highest bit is bit 126. */
  private final long divisorHigh;

  private final long divisorLow;
  private final int divisorBits;

  DecimalToDouble(int scale) {
    BigInteger power = BigInteger.TEN.pow(scale);
    this.divisorBits = power.bitLength();
    BigInteger shifted = power.shiftLeft(127 - divisorBits);
    this.divisorHigh = shifted.shiftRight(64).longValue();
    this.divisorLow = shifted.longValue();
  }

  /** The number of a two's complement of 128 bits. */
  double of(long high, long low) {
    if ((high | low) == 0) {
      return 0;
    }
    boolean negative = high < 0;
    long upper = negative ? ~high + (low == 0 ? 1 : 0) : high;
    long lower = negative ? -low : low;
    double magnitude = divide(upper, lower);
    return negative ? -magnitude : magnitude;
  }

  /** Hot: a bit of the quotient a turn. The remainder, doubled, always fits 128 bits unsigned. */
  private double divide(long upper, long lower) {
    int bits =
        upper == 0 ? 64 - Long.numberOfLeadingZeros(lower) : 128 - Long.numberOfLeadingZeros(upper);
    int shift = 127 - bits;
    long high =
        shift >= 64
            ? lower << (shift - 64)
            : shift == 0 ? upper : upper << shift | lower >>> (64 - shift);
    long low = shift >= 64 ? 0 : lower << shift;
    int exponent = bits - divisorBits;
    if (isBelowDivisor(high, low)) {
      high = high << 1 | low >>> 63;
      low <<= 1;
      exponent--;
    }
    long quotient = 0;
    for (int i = 0; i < QUOTIENT_BITS; i++) {
      quotient <<= 1;
      if (!isBelowDivisor(high, low)) {
        high -= divisorHigh + (Long.compareUnsigned(low, divisorLow) < 0 ? 1 : 0);
        low -= divisorLow;
        quotient |= 1;
      }
      high = high << 1 | low >>> 63;
      low <<= 1;
    }
    return Math.scalb((double) rounded(quotient, (high | low) != 0), exponent - 52);
  }

  private boolean isBelowDivisor(long high, long low) {
    int order = Long.compareUnsigned(high, divisorHigh);
    return order < 0 || (order == 0 && Long.compareUnsigned(low, divisorLow) < 0);
  }

  private static long rounded(long quotient, boolean more) {
    long half = quotient >>> 1;
    boolean up = (quotient & 1) != 0 && (more || (half & 1) != 0);
    return up ? half + 1 : half;
  }
}
