// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads the tokens of one JSON text (RFC 8259, strictly) from bytes that are valid UTF-8. A hot
 * kernel: it makes no objects, and a string without escapes stays where it is.
 */
final class JsonScanner {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  byte[] bytes;
  int position;
  int limit;

  /** The last string or name: bytes {@code textFrom <= i < textTo} of {@code text}. */
  byte[] text;

  int textFrom;
  int textTo;

  final NumberToken number = new NumberToken();
  private final ByteSink unescaped = new ByteSink();
  private int start;

  void reset(byte[] source, int offset, int length) {
    bytes = source;
    start = offset;
    position = offset;
    limit = offset + length;
  }

  /** Skips white space; the next byte, which is not consumed, or -1 at the end. */
  int peek() {
    int at = position;
    while (at < limit) {
      byte next = bytes[at];
      if (next > ' ' || (next != ' ' && next != '\n' && next != '\r' && next != '\t')) {
        position = at;
        return next & 0xff;
      }
      at++;
    }
    position = at;
    return -1;
  }

  /** Consumes one structural character. */
  void expect(char wanted) {
    if (peek() != wanted) {
      throw syntax("'" + wanted + "'");
    }
    position++;
  }

  void expectEnd() {
    if (peek() != -1) {
      throw syntax("the end of the event");
    }
  }

  /** Reads a string of which the opening quote is consumed. */
  void string() {
    int from = position;
    int end = endOfPlain(from);
    if (end < limit && bytes[end] == '"') {
      text = bytes;
      textFrom = from;
      textTo = end;
      position = end + 1;
    } else {
      escaped(from, end);
    }
    checkLength(textTo - textFrom, "");
  }

  static void checkLength(int length, String column) {
    if (length > Limits.STRING_BYTES) {
      throw new Rejected(
          "limit",
          column,
          "Cannot read a text of " + length + " bytes: the limit is " + Limits.STRING_BYTES);
    }
  }

  static Rejected nameTooLong(int length) {
    return new Rejected(
        "limit",
        "",
        "Cannot read a field name of " + length + " bytes: the limit is " + Limits.NAME_BYTES);
  }

  /** Reads a field name of which the opening quote is consumed. */
  void name() {
    string();
    if (textTo - textFrom > Limits.NAME_BYTES) {
      throw nameTooLong(textTo - textFrom);
    }
  }

  /** The first quote, backslash or control character, or the limit. */
  private int endOfPlain(int from) {
    int at = from;
    while (at + 8 <= limit) {
      long word = (long) WORDS.get(bytes, at);
      long quotes = word ^ (ONES * '"');
      long slashes = word ^ (ONES * '\\');
      // A byte that is zero, or here below a space, borrows: the lowest set high bit is exact.
      long found =
          (((quotes - ONES) & ~quotes)
                  | ((slashes - ONES) & ~slashes)
                  | ((word - ONES * ' ') & ~word))
              & HIGH_BITS;
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      at += 8;
    }
    while (at < limit) {
      byte next = bytes[at];
      if (next == '"' || next == '\\' || (next >= 0 && next < ' ')) {
        return at;
      }
      at++;
    }
    return at;
  }

  private void escaped(int from, int firstStop) {
    unescaped.clear();
    int begin = from;
    int stop = firstStop;
    while (true) {
      unescaped.add(bytes, begin, stop);
      position = stop;
      if (stop >= limit) {
        throw syntax("'\"' at the end of a text");
      }
      byte next = bytes[stop];
      if (next == '"') {
        break;
      }
      if (next != '\\') {
        throw syntax("a control character to be escaped");
      }
      position = stop + 1;
      escape();
      begin = position;
      stop = endOfPlain(begin);
    }
    position = stop + 1;
    text = unescaped.bytes();
    textFrom = 0;
    textTo = unescaped.length();
  }

  private void escape() {
    int letter = position < limit ? bytes[position] : -1;
    int value =
        switch (letter) {
          case '"', '\\', '/' -> letter;
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          case 'u' -> -1;
          default -> throw syntax("one of \"\\/bfnrtu after a backslash");
        };
    position++;
    unescaped.addCodePoint(value >= 0 ? value : unicode());
  }

  private int unicode() {
    int unit = hexadecimal();
    if (unit < 0xd800 || unit > 0xdfff) {
      return unit;
    }
    boolean pair =
        unit < 0xdc00
            && position + 1 < limit
            && bytes[position] == '\\'
            && bytes[position + 1] == 'u';
    if (pair) {
      position += 2;
      int low = hexadecimal();
      if (low >= 0xdc00 && low <= 0xdfff) {
        return Character.toCodePoint((char) unit, (char) low);
      }
    }
    throw new Rejected(
        "encoding",
        "",
        String.format(
            "Cannot read \\u%04x at byte %d: half of a surrogate pair alone", unit, offset()));
  }

  private int hexadecimal() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit =
          position < limit && bytes[position] >= 0 ? Character.digit(bytes[position], 16) : -1;
      if (digit < 0) {
        throw syntax("four hexadecimal digits after \\u");
      }
      value = value << 4 | digit;
      position++;
    }
    return value;
  }

  /** Reads a number into {@link #number}. */
  void number() {
    int end = number.parse(bytes, position, limit, true);
    if (end < 0) {
      throw syntax("a value");
    }
    position = end;
    if (!number.isWithinLimits()) {
      throw tooLong(number, "");
    }
  }

  static Rejected tooLong(NumberToken number, String column) {
    return new Rejected(
        "limit",
        column,
        "Cannot read the number "
            + Excerpt.of(number.bytes, number.from, number.to)
            + ": the limits are "
            + Limits.NUMBER_DIGITS
            + " digits and an exponent of "
            + Limits.EXPONENT);
  }

  /** Reads true or false. */
  boolean truth() {
    if (bytes[position] == 't') {
      word("true");
      return true;
    }
    word("false");
    return false;
  }

  /** Reads one of the three words of JSON. */
  void word(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (position + i >= limit || bytes[position + i] != word.charAt(i)) {
        throw syntax("a value");
      }
    }
    position += word.length();
  }

  /** Reads any value only to see that it is well-formed. */
  void skip(int depth) {
    switch (peek()) {
      case '"' -> {
        position++;
        string();
      }
      case '{' -> skipObject(nested(depth));
      case '[' -> skipArray(nested(depth));
      case 't', 'f' -> truth();
      case 'n' -> word("null");
      default -> number();
    }
  }

  /** The depth inside one more object or array. */
  static int nested(int depth) {
    if (depth >= Limits.DEPTH) {
      throw new Rejected(
          "limit", "", "Cannot read values nested deeper than " + Limits.DEPTH + " levels");
    }
    return depth + 1;
  }

  private void skipObject(int depth) {
    position++;
    if (peek() == '}') {
      position++;
      return;
    }
    do {
      expect('"');
      name();
      expect(':');
      skip(depth);
    } while (another('}'));
  }

  private void skipArray(int depth) {
    position++;
    if (peek() == ']') {
      position++;
      return;
    }
    do {
      skip(depth);
    } while (another(']'));
  }

  /** Consumes a comma and says true, or the closing bracket and says false. */
  boolean another(char close) {
    int next = peek();
    if (next != ',' && next != close) {
      throw syntax("',' or '" + close + "'");
    }
    position++;
    return next == ',';
  }

  /** Where the scanner stands in the event, from 1. */
  int offset() {
    return position - start + 1;
  }

  Rejected syntax(String expected) {
    String found =
        position < limit
            ? Excerpt.of(bytes, position, Math.min(limit, position + 12))
            : "the end of the event";
    return new Rejected(
        "syntax",
        "",
        "Cannot read JSON at byte " + offset() + ": expected " + expected + ", found " + found);
  }
}
