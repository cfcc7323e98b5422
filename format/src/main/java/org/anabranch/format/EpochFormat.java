// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.anabranch.view.Type;

/** A number of seconds, milliseconds, microseconds or nanoseconds since 1970-01-01T00:00Z. */
final class EpochFormat extends TimeFormat {
  private final String name;

  /** Decimal places between the unit and the type's: to milliseconds, 3 for seconds. */
  private final int shift;

  private final long first;
  private final long last;

  private EpochFormat(String name, int shift, long perDay) {
    this.name = name;
    this.shift = shift;
    this.first = CivilDate.FIRST_DAY * perDay;
    this.last = (CivilDate.LAST_DAY + 1) * perDay - 1;
  }

  /** The format of that name, or null if there is none. */
  static EpochFormat named(String name, Type type) {
    int shift =
        switch (name) {
          case "epoch_seconds" -> 3;
          case "epoch_millis" -> 0;
          case "epoch_micros" -> -3;
          case "epoch_nanos" -> -6;
          default -> Integer.MIN_VALUE;
        };
    if (shift == Integer.MIN_VALUE) {
      return null;
    }
    if (type.kind() == Type.Kind.DATE) {
      throw new IllegalArgumentException(
          "Cannot read a DATE by timestamp_format '" + name + "': declare the column TIMESTAMP(3)");
    }
    return type.isMicros()
        ? new EpochFormat(name, shift + 3, CivilDate.DAY_MILLIS * 1000)
        : new EpochFormat(name, shift, CivilDate.DAY_MILLIS);
  }

  @Override
  boolean isNumber() {
    return true;
  }

  @Override
  long parse(byte[] text, int from, int to, ColumnReader column) {
    throw new IllegalStateException("Cannot read text by " + name);
  }

  @Override
  long parse(NumberToken number, ColumnReader column) {
    if (shift == 0 && number.fractionDigits == 0 && number.exponent == 0 && number.isShort()) {
      return checked(number.signedMantissa(), number, column);
    }
    BigDecimal exact = number.toBigDecimal().scaleByPowerOfTen(shift);
    if (exact.signum() != 0 && (long) exact.precision() - exact.scale() > NumberToken.LONG_DIGITS) {
      throw outOfRange(number, column);
    }
    boolean tooFine = exact.signum() != 0 && exact.stripTrailingZeros().scale() > 0;
    if (tooFine && !column.truncates()) {
      throw column.tooFine(number.bytes, number.from, number.to);
    }
    // Towards the past, as the digits of a clock are cut.
    long value = exact.setScale(0, RoundingMode.FLOOR).longValueExact();
    return checked(value, number, column);
  }

  private long checked(long value, NumberToken number, ColumnReader column) {
    if (value < first || value > last) {
      throw outOfRange(number, column);
    }
    return value;
  }

  private static Rejected outOfRange(NumberToken number, ColumnReader column) {
    return column.outOfRange(
        number.bytes, number.from, number.to, "it is not in the years 0001 to 9999");
  }

  @Override
  void write(long value, ByteSink out) {
    BigDecimal number = BigDecimal.valueOf(value).scaleByPowerOfTen(-shift);
    out.add(value == 0 ? "0" : number.stripTrailingZeros().toPlainString());
  }

  @Override
  String expected() {
    return "a number (" + name + ")";
  }
}
