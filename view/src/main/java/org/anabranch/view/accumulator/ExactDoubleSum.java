// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.math.BigInteger;

/**
 * The exact sum of finite doubles, or of their squares, in any order. Merging two adds them,
 * exactly. Zero at first.
 *
 * <p>While numbers are of similar magnitude the sum is a 128-bit integer times a power of two (one
 * object, 40 bytes of heap); when a number does not fit, it moves to as many 64-bit words as its
 * range needs (72 bytes more at first, 600 at most) and stays there. The bytes and the rounding do
 * not depend on which form it has.
 */
public final class ExactDoubleSum {
  /** Values of the small form stay below 2^126, so that adding two cannot overflow. */
  private static final int SMALL_BITS = 126;

  private static final long FRACTION = (1L << 52) - 1;

  private long high;
  private long low;
  private int exponent;
  private WideSum wide;

  /** Adds a finite number. */
  public void add(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long mantissa = mantissa(bits, value);
    long signed = bits < 0 ? -mantissa : mantissa;
    addScaled(signed >> 63, signed, scale(bits));
  }

  /** Adds the exact square of a finite number. */
  public void addSquare(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long mantissa = mantissa(bits, value);
    int zeros = mantissa == 0 ? 0 : Long.numberOfTrailingZeros(mantissa);
    long odd = mantissa >>> zeros;
    addScaled(Math.multiplyHigh(odd, odd), odd * odd, 2 * (scale(bits) + zeros));
  }

  /** Adds another sum, which stays as it is. */
  public void add(ExactDoubleSum other) {
    if (other.wide == null) {
      addScaled(other.high, other.low, other.exponent);
    } else {
      if (wide == null && (high | low) == 0) {
        exponent = other.wide.exponent();
      }
      widen();
      wide.add(other.wide);
    }
  }

  public boolean isZero() {
    return wide == null ? (high | low) == 0 : wide.isZero();
  }

  /** The double nearest to the sum, of two the even one; infinite if it is beyond their range. */
  public double toDouble() {
    return toRatio().toDouble();
  }

  /** The sum as an exact number. */
  public ExactRatio toRatio() {
    return wide == null
        ? new ExactRatio(TwosComplement.toBigInteger(high, low), BigInteger.ONE, exponent)
        : new ExactRatio(wide.integer(), BigInteger.ONE, wide.exponent());
  }

  /** Writes the sum as an odd integer and a power of two. */
  public void encode(StateWriter out) {
    if (wide == null) {
      encodeSmall(out);
      return;
    }
    BigInteger integer = wide.integer();
    int zeros = Math.max(0, integer.getLowestSetBit());
    byte[] odd = integer.shiftRight(zeros).toByteArray();
    out.writeBlock(odd, 0, odd.length);
    if (integer.signum() != 0) {
      writeZigzag(out, wide.exponent() + zeros);
    }
  }

  public static ExactDoubleSum decode(StateReader in) {
    ExactDoubleSum sum = new ExactDoubleSum();
    BigInteger rest = new BigInteger(in.readBlock());
    if (rest.signum() != 0) {
      long zigzag = in.readVarint();
      int scale = (int) ((zigzag >>> 1) ^ -(zigzag & 1));
      for (; rest.bitLength() > 127; rest = rest.shiftRight(64), scale += 64) {
        sum.addScaled(0, rest.longValue(), scale);
      }
      sum.addScaled(rest.shiftRight(64).longValue(), rest.longValue(), scale);
    }
    return sum;
  }

  /** Hot: adds high:low, a two's complement number of 128 bits, times 2^scale. */
  private void addScaled(long upper, long lower, int scale) {
    if ((upper | lower) == 0) {
      return;
    }
    if (wide == null && !addSmall(upper, lower, scale)) {
      widen();
    }
    if (wide != null) {
      wide.add(upper, lower, scale);
    }
  }

  /** Adds in the small form if all fits, else changes nothing of value. */
  private boolean addSmall(long upper, long lower, int scale) {
    if ((high | low) == 0) {
      exponent = scale;
    }
    int shift = scale - exponent;
    if (shift < 0) {
      if (TwosComplement.bitLength(high, low) - shift > SMALL_BITS) {
        return false;
      }
      high = shiftedHigh(high, low, -shift);
      low = shiftedLow(low, -shift);
      exponent = scale;
      shift = 0;
    }
    if (TwosComplement.bitLength(upper, lower) + shift > SMALL_BITS) {
      return false;
    }
    long sum = low + shiftedLow(lower, shift);
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    long top = high + shiftedHigh(upper, lower, shift) + carry;
    if ((top ^ (top << 1)) < 0) {
      return false;
    }
    high = top;
    low = sum;
    return true;
  }

  private void widen() {
    if (wide == null) {
      wide = new WideSum(exponent);
      wide.add(high, low, exponent);
    }
  }

  private void encodeSmall(StateWriter out) {
    if ((high | low) == 0) {
      TwosComplement.writeBlock(out, 0, 0, 0);
      return;
    }
    int zeros = low == 0 ? 64 + Long.numberOfTrailingZeros(high) : Long.numberOfTrailingZeros(low);
    long oddHigh = zeros >= 64 ? high >> 63 : high >> zeros;
    long oddLow =
        zeros >= 64
            ? high >> (zeros - 64)
            : zeros == 0 ? low : (low >>> zeros) | (high << (64 - zeros));
    TwosComplement.writeBlock(out, oddHigh >> 63, oddHigh, oddLow);
    writeZigzag(out, exponent + zeros);
  }

  private static void writeZigzag(StateWriter out, long value) {
    out.writeVarint((value << 1) ^ (value >> 63));
  }

  private static long shiftedLow(long lower, int shift) {
    return shift >= 64 ? 0 : lower << shift;
  }

  private static long shiftedHigh(long upper, long lower, int shift) {
    if (shift >= 64) {
      return lower << (shift - 64);
    }
    return shift == 0 ? upper : (upper << shift) | (lower >>> (64 - shift));
  }

  private static int scale(long bits) {
    return Math.max(1, (int) (bits >>> 52) & 0x7FF) - 1075;
  }

  private static long mantissa(long bits, double value) {
    int biased = (int) (bits >>> 52) & 0x7FF;
    if (biased == 0x7FF) {
      throw new IllegalArgumentException("Cannot add " + value + " to a sum of finite numbers");
    }
    return biased == 0 ? bits & FRACTION : (bits & FRACTION) | (FRACTION + 1);
  }
}
