// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import org.anabranch.view.Column;
import org.anabranch.view.LongVector;
import org.anabranch.view.Vector;

/** DATE and both TIMESTAMPs, in the column's format. */
final class TimeReader extends ColumnReader {
  private final TimeFormat format;
  private final boolean truncates;
  private final NumberToken token = new NumberToken();

  TimeReader(Column column, String nullToken, TimeFormat format, boolean truncates) {
    super(column, nullToken);
    this.format = format;
    this.truncates = truncates;
  }

  @Override
  boolean truncates() {
    return truncates;
  }

  @Override
  void readString(byte[] text, int from, int to, Vector out) {
    if (format.isNumber()) {
      super.readString(text, from, to, out);
    } else {
      append(format.parse(text, from, to, this), out);
    }
  }

  @Override
  void readNumber(NumberToken number, Vector out) {
    if (format.isNumber()) {
      append(format.parse(number, this), out);
    } else {
      super.readNumber(number, out);
    }
  }

  @Override
  void readText(byte[] text, int from, int to, Vector out) {
    if (!format.isNumber()) {
      readString(text, from, to, out);
    } else if (token.parse(text, from, to, false) != to) {
      throw unreadable(text, from, to, expected());
    } else if (!token.isWithinLimits()) {
      throw JsonScanner.tooLong(token, name());
    } else {
      readNumber(token, out);
    }
  }

  private static void append(long value, Vector out) {
    ((LongVector) out).appendLong(value);
  }

  @Override
  String expected() {
    return format.expected();
  }
}
