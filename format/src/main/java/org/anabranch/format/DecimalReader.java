// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.anabranch.view.Column;
import org.anabranch.view.DecimalVector;
import org.anabranch.view.LongVector;
import org.anabranch.view.Type;
import org.anabranch.view.Vector;

/** DECIMAL, from the number's text and never through a double; nothing is rounded. */
final class DecimalReader extends NumberReader {
  private static final long[] POWERS = new long[NumberToken.LONG_DIGITS + 1];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private final Type type;

  DecimalReader(Column column, String nullToken) {
    super(column, nullToken);
    this.type = column.type();
  }

  @Override
  void readNumber(NumberToken number, Vector out) {
    int shift = type.scale() - number.fractionDigits + number.exponent;
    boolean quick =
        number.isShort()
            && shift >= 0
            && shift <= NumberToken.LONG_DIGITS
            && number.significantDigits + shift <= type.precision();
    if (quick) {
      append(number.signedMantissa(), POWERS[shift], out);
    } else {
      appendExact(number, out);
    }
  }

  private static void append(long mantissa, long power, Vector out) {
    if (out instanceof LongVector longs) {
      longs.appendLong(mantissa * power);
    } else {
      ((DecimalVector) out).appendUnscaled(Math.multiplyHigh(mantissa, power), mantissa * power);
    }
  }

  private void appendExact(NumberToken number, Vector out) {
    BigDecimal value = number.toBigDecimal();
    // Compared by magnitude first, so that a large exponent never makes a large number.
    if (value.signum() != 0 && (long) value.precision() - value.scale() > Type.MAX_PRECISION) {
      throw tooLarge(number);
    }
    BigDecimal stripped = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    if (stripped.scale() > type.scale()) {
      throw outOfRange(
          number.bytes,
          number.from,
          number.to,
          "it has more than " + type.scale() + " digits after the point");
    }
    BigDecimal scaled = stripped.setScale(type.scale(), RoundingMode.UNNECESSARY);
    if (scaled.precision() > type.precision()) {
      throw tooLarge(number);
    }
    out.append(scaled);
  }

  private Rejected tooLarge(NumberToken number) {
    return outOfRange(
        number.bytes,
        number.from,
        number.to,
        "it has more than " + (type.precision() - type.scale()) + " digits before the point");
  }

  @Override
  String expected() {
    return "a number";
  }
}
