// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.math.BigDecimal;
import org.anabranch.view.DecimalVector;
import org.anabranch.view.DoubleVector;
import org.anabranch.view.LongVector;
import org.anabranch.view.TextVector;
import org.anabranch.view.Type;
import org.anabranch.view.Vector;
import org.anabranch.view.expression.NumberText;

/** Writes the values of one column as bare text, which its reader reads back to the same value. */
final class ColumnWriter {
  private final Type type;
  private final TimeFormat time;

  /**
   * @param time how times are written, null for other types
   */
  ColumnWriter(Type type, TimeFormat time) {
    this.type = type;
    this.time = time;
  }

  void write(Vector vector, int row, ByteSink out) {
    if (vector instanceof TextVector text) {
      out.add(text.bytes(), text.start(row), text.start(row) + text.length(row));
    } else if (vector instanceof DoubleVector doubles) {
      out.add(NumberText.of(doubles.getDouble(row)));
    } else if (vector instanceof DecimalVector decimals) {
      BigDecimal value =
          new BigDecimal(
              DecimalVector.unscaled(decimals.high()[row], decimals.low()[row]), type.scale());
      out.add(value.toPlainString());
    } else {
      writeLong(((LongVector) vector).getLong(row), out);
    }
  }

  private void writeLong(long value, ByteSink out) {
    switch (type.kind()) {
      case BOOLEAN -> out.add(value != 0 ? "true" : "false");
      case DECIMAL -> out.add(BigDecimal.valueOf(value, type.scale()).toPlainString());
      case DATE, TIMESTAMP, INSTANT, MICRO_TIMESTAMP, MICRO_INSTANT -> time.write(value, out);
      default -> out.addLong(value);
    }
  }

  /** Whether JSON has the value in quotes. */
  boolean isQuoted(Vector vector, int row) {
    return switch (type.kind()) {
      case VARCHAR -> true;
      case DATE, TIMESTAMP, INSTANT, MICRO_TIMESTAMP, MICRO_INSTANT -> !time.isNumber();
      case DOUBLE -> !Double.isFinite(((DoubleVector) vector).getDouble(row));
      default -> false;
    };
  }
}
