// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.anabranch.view.Column;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Vector;

/** Reads the values of one column, from JSON or from bare text, into its vector. */
abstract class ColumnReader {
  private final Column column;
  private final byte[] nullToken;

  ColumnReader(Column column, String nullToken) {
    this.column = column;
    this.nullToken = nullToken == null ? null : nullToken.getBytes(StandardCharsets.UTF_8);
  }

  static ColumnReader of(StreamDefinition stream, Column column) {
    String token = column.options().getOrDefault("null", stream.options().get("null"));
    return switch (column.type().kind()) {
      case BOOLEAN -> new BooleanReader(column, token);
      case INTEGER -> new IntegerReader(column, token, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case BIGINT -> new IntegerReader(column, token, Long.MIN_VALUE, Long.MAX_VALUE);
      case DOUBLE -> new DoubleReader(column, token);
      case DECIMAL -> new DecimalReader(column, token);
      case VARCHAR -> new TextReader(column, token);
      case DATE, TIMESTAMP, INSTANT, MICRO_TIMESTAMP, MICRO_INSTANT ->
          new TimeReader(
              column, token, TimeFormat.of(stream, column), TimeFormat.truncates(stream, column));
      default ->
          throw new IllegalArgumentException(
              "Cannot read column '" + column.name() + "' of type " + column.type());
    };
  }

  /** Reads one JSON value at the scanner's position. */
  final void readJson(JsonScanner in, Vector out) {
    switch (in.peek()) {
      case '"' -> {
        in.position++;
        in.string();
        readJsonString(in.text, in.textFrom, in.textTo, out);
      }
      case 't', 'f' -> readTruth(in.truth(), out);
      case 'n' -> {
        in.word("null");
        readNull(out);
      }
      case '{' -> throw unreadable("an object");
      case '[' -> throw unreadable("an array");
      default -> {
        in.number();
        readNumber(in.number, out);
      }
    }
  }

  private void readJsonString(byte[] text, int from, int to, Vector out) {
    if (isNullToken(text, from, to)) {
      readNull(out);
    } else {
      readString(text, from, to, out);
    }
  }

  /** Reads a value written as bare text, as in CSV and in lines. */
  abstract void readText(byte[] text, int from, int to, Vector out);

  /** Reads the inside of a JSON string. */
  void readString(byte[] text, int from, int to, Vector out) {
    throw unreadable("the text " + Excerpt.of(text, from, to));
  }

  void readNumber(NumberToken number, Vector out) {
    throw unreadable("the number " + Excerpt.of(number.bytes, number.from, number.to));
  }

  void readTruth(boolean value, Vector out) {
    throw unreadable(Boolean.toString(value));
  }

  final boolean isNullToken(byte[] text, int from, int to) {
    return nullToken != null && Arrays.equals(text, from, to, nullToken, 0, nullToken.length);
  }

  final boolean isText() {
    return this instanceof TextReader;
  }

  /** An explicit null. */
  final void readNull(Vector out) {
    if (!column.nullable()) {
      throw new Rejected(
          "null", column.name(), "Cannot take null for \"" + column.name() + "\": it is NOT NULL");
    }
    out.appendNull();
  }

  /** No field at all. */
  final void readMissing(Vector out) {
    if (column.defaultValue().isPresent()) {
      out.append(column.defaultValue().get());
    } else if (column.nullable()) {
      out.appendNull();
    } else {
      throw new Rejected(
          "missing",
          column.name(),
          "Cannot do without \"" + column.name() + "\": it is NOT NULL and has no DEFAULT");
    }
  }

  final Rejected unreadable(byte[] text, int from, int to, String expected) {
    return rejected("type", text, from, to, "expected " + expected);
  }

  final Rejected outOfRange(byte[] text, int from, int to, String facts) {
    return rejected("range", text, from, to, facts);
  }

  /** Whether digits of a time beyond what the column keeps are left out. */
  boolean truncates() {
    return false;
  }

  /** Of a time with such digits, where they are not left out. */
  final Rejected tooFine(byte[] text, int from, int to) {
    return outOfRange(
        text,
        from,
        to,
        (column.type().isMicros()
                ? "it is finer than a microsecond; "
                : "it is finer than a millisecond; " + column.type().inMicros() + " keeps it, or ")
            + "'excess_precision' = 'truncate' takes it without the digits beyond");
  }

  final String name() {
    return column.name();
  }

  /** What to write instead, in words. */
  abstract String expected();

  private Rejected unreadable(String found) {
    return new Rejected(
        "type",
        column.name(),
        "Cannot read " + found + " as " + column.type() + ": expected " + expected());
  }

  private Rejected rejected(String code, byte[] text, int from, int to, String facts) {
    return new Rejected(
        code,
        column.name(),
        "Cannot read " + Excerpt.of(text, from, to) + " as " + column.type() + ": " + facts);
  }
}
