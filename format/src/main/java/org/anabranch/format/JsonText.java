// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

/**
 * Writes JSON strings in one form: only what must be escaped is, the short way where there is one.
 */
final class JsonText {
  private static final byte[] HEXADECIMAL = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private JsonText() {}

  static void quote(byte[] text, int from, int to, ByteSink out) {
    out.add('"');
    int begin = from;
    for (int i = from; i < to; i++) {
      byte next = text[i];
      if (next == '"' || next == '\\' || (next >= 0 && next < ' ')) {
        out.add(text, begin, i);
        escape(next, out);
        begin = i + 1;
      }
    }
    out.add(text, begin, to);
    out.add('"');
  }

  private static void escape(byte value, ByteSink out) {
    out.add('\\');
    switch (value) {
      case '\b' -> out.add('b');
      case '\f' -> out.add('f');
      case '\n' -> out.add('n');
      case '\r' -> out.add('r');
      case '\t' -> out.add('t');
      case '"', '\\' -> out.add(value);
      default -> {
        out.add("u00");
        out.add(HEXADECIMAL[value >> 4]);
        out.add(HEXADECIMAL[value & 15]);
      }
    }
  }
}
