// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.state;

import org.anabranch.engine.operator.Selection;
import org.anabranch.engine.operator.Values;
import org.anabranch.view.Type;

/** A numeric argument as doubles: to nearest, half to even. */
final class DoubleArgument {
  /** Up to here every integer is a DOUBLE. */
  private static final long EXACT = 1L << 53;

  private final Type type;
  private final double divisor;
  private final DecimalToDouble exactly;
  private double[] converted = new double[0];

  DoubleArgument(Type type) {
    this.type = type;
    this.exactly = new DecimalToDouble(type.scale());
    this.divisor = type.scale() <= 22 ? Double.parseDouble("1e" + type.scale()) : Double.NaN;
  }

  /** The selected rows' numbers; the array is this object's own or the values'. */
  double[] of(Values values, Selection selection) {
    if (type.kind() == Type.Kind.DOUBLE) {
      return values.doubles();
    }
    int[] rows = selection.rows();
    int n = selection.count();
    int needed = n == 0 ? 0 : rows[n - 1] + 1;
    if (converted.length < needed) {
      converted = new double[needed];
    }
    for (int i = 0; i < n; i++) {
      converted[rows[i]] = convert(values, rows[i]);
    }
    return converted;
  }

  private double convert(Values values, int row) {
    long value = values.longs()[row];
    if (type.isWideDecimal()) {
      return exactly.of(values.high()[row], value);
    }
    if (type.scale() == 0) {
      return value;
    }
    // an exact integer divided by an exact power of ten is rounded once
    return Math.abs(value) <= EXACT ? value / divisor : exactly.of(value >> 63, value);
  }
}
