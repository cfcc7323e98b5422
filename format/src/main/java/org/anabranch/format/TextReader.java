// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import org.anabranch.view.Column;
import org.anabranch.view.TextVector;
import org.anabranch.view.Vector;

/** VARCHAR: the text as it is. */
final class TextReader extends ColumnReader {
  TextReader(Column column, String nullToken) {
    super(column, nullToken);
  }

  @Override
  void readString(byte[] text, int from, int to, Vector out) {
    ((TextVector) out).appendUtf8(text, from, to - from);
  }

  @Override
  void readText(byte[] text, int from, int to, Vector out) {
    JsonScanner.checkLength(to - from, name());
    readString(text, from, to, out);
  }

  static boolean is(String word, byte[] text, int from, int to) {
    boolean same = to - from == word.length();
    for (int i = 0; same && i < word.length(); i++) {
      same = text[from + i] == word.charAt(i);
    }
    return same;
  }

  @Override
  String expected() {
    return "a text in quotes";
  }
}
