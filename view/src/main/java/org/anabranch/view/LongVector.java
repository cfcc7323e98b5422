// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.math.BigDecimal;
import java.util.Arrays;

/** Values that fit 64 bits: booleans, integers, short decimals (unscaled), dates and times. */
public final class LongVector extends Vector {
  private long[] values;

  public LongVector(Type type, int capacity) {
    super(type);
    if (!type.isLong()) {
      throw new IllegalArgumentException("Cannot keep " + type + " in a LongVector");
    }
    this.values = new long[Math.max(capacity, 1)];
  }

  /** The values; only the first {@link #size} are meaningful. Not to be written by readers. */
  public long[] values() {
    return values;
  }

  public long getLong(int row) {
    return values[row];
  }

  public void appendLong(long value) {
    int row = size();
    if (row == values.length) {
      values = Arrays.copyOf(values, row * 2);
    }
    values[row] = value;
    grown();
  }

  @Override
  public void appendFrom(Vector source, int row) {
    appendLong(((LongVector) source).values[row]);
    if (source.isNull(row)) {
      markNull(size() - 1);
    }
  }

  @Override
  Object value(int row) {
    long value = values[row];
    return switch (type().kind()) {
      case BOOLEAN -> value != 0;
      case DECIMAL -> BigDecimal.valueOf(value, type().scale());
      default -> value;
    };
  }

  @Override
  void appendValue(Object value) {
    switch (type().kind()) {
      case BOOLEAN -> appendLong((Boolean) value ? 1 : 0);
      case DECIMAL ->
          appendLong(
              ((BigDecimal) value).setScale(type().scale()).unscaledValue().longValueExact());
      default -> appendLong((Long) value);
    }
  }

  @Override
  void appendPlaceholder() {
    appendLong(0);
  }
}
