// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/** DECIMAL values of 19 to 38 digits: the unscaled value as 128 bit two's complement. */
public final class DecimalVector extends Vector {
  private long[] high;
  private long[] low;

  public DecimalVector(Type type, int capacity) {
    super(type);
    if (!type.isWideDecimal()) {
      throw new IllegalArgumentException("Cannot keep " + type + " in a DecimalVector");
    }
    this.high = new long[Math.max(capacity, 1)];
    this.low = new long[Math.max(capacity, 1)];
  }

  /** The upper 64 bits, with the sign. */
  public long[] high() {
    return high;
  }

  /** The lower 64 bits, unsigned. */
  public long[] low() {
    return low;
  }

  public void appendUnscaled(long upper, long lower) {
    int row = size();
    if (row == high.length) {
      high = Arrays.copyOf(high, row * 2);
      low = Arrays.copyOf(low, row * 2);
    }
    high[row] = upper;
    low[row] = lower;
    grown();
  }

  public void appendUnscaled(BigInteger unscaled) {
    appendUnscaled(unscaled.shiftRight(64).longValueExact(), unscaled.longValue());
  }

  /** The 128 bit two's complement number as an integer. */
  public static BigInteger unscaled(long upper, long lower) {
    BigInteger lowest = BigInteger.valueOf(lower);
    if (lower < 0) {
      lowest = lowest.add(BigInteger.ONE.shiftLeft(64));
    }
    return BigInteger.valueOf(upper).shiftLeft(64).add(lowest);
  }

  @Override
  public void appendFrom(Vector source, int row) {
    DecimalVector decimals = (DecimalVector) source;
    appendUnscaled(decimals.high[row], decimals.low[row]);
    if (source.isNull(row)) {
      markNull(size() - 1);
    }
  }

  @Override
  Object value(int row) {
    return new BigDecimal(unscaled(high[row], low[row]), type().scale());
  }

  @Override
  void appendValue(Object value) {
    appendUnscaled(((BigDecimal) value).setScale(type().scale()).unscaledValue());
  }

  @Override
  void appendPlaceholder() {
    appendUnscaled(0, 0);
  }
}
