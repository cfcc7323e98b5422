// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import org.anabranch.view.Column;
import org.anabranch.view.Vector;

/** A column of numbers: bare text is read as a number too. */
abstract class NumberReader extends ColumnReader {
  private final NumberToken token = new NumberToken();

  NumberReader(Column column, String nullToken) {
    super(column, nullToken);
  }

  @Override
  void readText(byte[] text, int from, int to, Vector out) {
    if (token.parse(text, from, to, false) != to) {
      throw unreadable(text, from, to, expected());
    }
    if (!token.isWithinLimits()) {
      throw JsonScanner.tooLong(token, name());
    }
    readNumber(token, out);
  }

  @Override
  abstract void readNumber(NumberToken number, Vector out);
}
