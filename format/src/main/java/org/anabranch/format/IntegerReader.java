// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.anabranch.view.Column;
import org.anabranch.view.LongVector;
import org.anabranch.view.Vector;

/** INTEGER and BIGINT: any number whose value is whole, as 3, 3.0 and 3e2 are. */
final class IntegerReader extends NumberReader {
  private final long least;
  private final long most;

  IntegerReader(Column column, String nullToken, long least, long most) {
    super(column, nullToken);
    this.least = least;
    this.most = most;
  }

  @Override
  void readNumber(NumberToken number, Vector out) {
    boolean plain = number.fractionDigits == 0 && number.exponent == 0 && number.isShort();
    long value = plain ? number.signedMantissa() : exact(number);
    if (value < least || value > most) {
      throw range(number);
    }
    ((LongVector) out).appendLong(value);
  }

  private long exact(NumberToken number) {
    BigDecimal value = number.toBigDecimal().stripTrailingZeros();
    if (value.signum() != 0 && value.scale() > 0) {
      throw unreadable(number.bytes, number.from, number.to, expected());
    }
    // Bounded by the limits on digits and exponent.
    BigInteger whole = value.toBigInteger();
    if (whole.bitLength() > 63) {
      throw range(number);
    }
    return whole.longValue();
  }

  private Rejected range(NumberToken number) {
    return outOfRange(
        number.bytes, number.from, number.to, "it is not between " + least + " and " + most);
  }

  @Override
  String expected() {
    return "a whole number";
  }
}
