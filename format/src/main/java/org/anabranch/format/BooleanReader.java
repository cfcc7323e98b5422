// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import org.anabranch.view.Column;
import org.anabranch.view.LongVector;
import org.anabranch.view.Vector;

/** BOOLEAN: true and false; in bare text without regard to case. */
final class BooleanReader extends ColumnReader {
  BooleanReader(Column column, String nullToken) {
    super(column, nullToken);
  }

  @Override
  void readTruth(boolean value, Vector out) {
    ((LongVector) out).appendLong(value ? 1 : 0);
  }

  @Override
  void readText(byte[] text, int from, int to, Vector out) {
    if (is("true", text, from, to)) {
      readTruth(true, out);
    } else if (is("false", text, from, to)) {
      readTruth(false, out);
    } else {
      throw unreadable(text, from, to, expected());
    }
  }

  private static boolean is(String word, byte[] text, int from, int to) {
    boolean same = to - from == word.length();
    for (int i = 0; same && i < word.length(); i++) {
      same = (text[from + i] | 0x20) == word.charAt(i);
    }
    return same;
  }

  @Override
  String expected() {
    return "true or false";
  }
}
