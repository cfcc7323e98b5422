// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import org.anabranch.view.Column;
import org.anabranch.view.DoubleVector;
import org.anabranch.view.Vector;

/** DOUBLE, correctly rounded; NaN and the infinities are words. */
final class DoubleReader extends NumberReader {
  private static final long EXACT_MANTISSA = 1L << 53;

  /** Powers of ten that a double holds exactly. */
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  DoubleReader(Column column, String nullToken) {
    super(column, nullToken);
  }

  @Override
  void readNumber(NumberToken number, Vector out) {
    int power = number.exponent - number.fractionDigits;
    boolean quick =
        number.isShort()
            && number.mantissa <= EXACT_MANTISSA
            && power > -POWERS.length
            && power < POWERS.length;
    ((DoubleVector) out).appendDouble(quick ? quick(number, power) : rounded(number));
  }

  /** One operation on two exact operands rounds correctly. */
  private static double quick(NumberToken number, int power) {
    double mantissa = number.signedMantissa();
    return power < 0 ? mantissa / POWERS[-power] : mantissa * POWERS[power];
  }

  private double rounded(NumberToken number) {
    double value = Double.parseDouble(number.text());
    if (Double.isInfinite(value) || (value == 0 && number.significantDigits > 0)) {
      throw outOfRange(
          number.bytes,
          number.from,
          number.to,
          "its magnitude is not between 4.9e-324 and 1.8e308");
    }
    return value;
  }

  @Override
  void readText(byte[] text, int from, int to, Vector out) {
    if (!readWord(text, from, to, out)) {
      super.readText(text, from, to, out);
    }
  }

  @Override
  void readString(byte[] text, int from, int to, Vector out) {
    if (!readWord(text, from, to, out)) {
      super.readString(text, from, to, out);
    }
  }

  /** JSON has no other way to write these than as strings. */
  private static boolean readWord(byte[] text, int from, int to, Vector out) {
    if (TextReader.is("NaN", text, from, to)) {
      ((DoubleVector) out).appendDouble(Double.NaN);
    } else if (TextReader.is("Infinity", text, from, to)) {
      ((DoubleVector) out).appendDouble(Double.POSITIVE_INFINITY);
    } else if (TextReader.is("-Infinity", text, from, to)) {
      ((DoubleVector) out).appendDouble(Double.NEGATIVE_INFINITY);
    } else {
      return false;
    }
    return true;
  }

  @Override
  String expected() {
    return "a number, \"NaN\", \"Infinity\" or \"-Infinity\"";
  }
}
