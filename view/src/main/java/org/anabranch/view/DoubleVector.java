// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.Arrays;

/** DOUBLE values. Negative zero is stored as zero and every NaN as the canonical one. */
public final class DoubleVector extends Vector {
  private double[] values;

  public DoubleVector(int capacity) {
    super(Type.DOUBLE);
    this.values = new double[Math.max(capacity, 1)];
  }

  /** The values; only the first {@link #size} are meaningful. Not to be written by readers. */
  public double[] values() {
    return values;
  }

  public double getDouble(int row) {
    return values[row];
  }

  public void appendDouble(double value) {
    int row = size();
    if (row == values.length) {
      values = Arrays.copyOf(values, row * 2);
    }
    values[row] = canonical(value);
    grown();
  }

  /** One bit pattern for each value that SQL cannot tell apart: -0.0 is 0.0, all NaN are one. */
  public static double canonical(double value) {
    return Double.isNaN(value) ? Double.NaN : value + 0.0;
  }

  @Override
  public void appendFrom(Vector source, int row) {
    appendDouble(((DoubleVector) source).values[row]);
    if (source.isNull(row)) {
      markNull(size() - 1);
    }
  }

  @Override
  Object value(int row) {
    return values[row];
  }

  @Override
  void appendValue(Object value) {
    appendDouble((Double) value);
  }

  @Override
  void appendPlaceholder() {
    appendDouble(0);
  }
}
