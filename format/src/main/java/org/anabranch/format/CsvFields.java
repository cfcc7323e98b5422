// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.util.Arrays;

/**
 * Splits one CSV row (RFC 4180) into its fields. A quoted field may hold anything, a quote in it is
 * doubled; an unquoted one holds no quote and no line break. Where quoting is off, a quote is a
 * character like any other.
 */
final class CsvFields {
  private final byte delimiter;
  private final boolean quoting;
  private final ByteSink unquoted = new ByteSink();
  private byte[] row;
  private int[] starts = new int[32];
  private int[] ends = new int[32];
  private byte[] kinds = new byte[32];
  private int count;

  private static final byte PLAIN = 0;
  private static final byte QUOTED = 1;

  /** Quoted, with doubled quotes: its text is in {@link #unquoted}. */
  private static final byte COPIED = 2;

  CsvFields(CsvStyle style) {
    this.delimiter = style.delimiter();
    this.quoting = style.quoted();
  }

  /** Takes a row apart; there is always at least one field. */
  void split(byte[] bytes, int offset, int length) {
    row = bytes;
    count = 0;
    unquoted.clear();
    int limit = offset + length;
    int position = offset;
    while (true) {
      int end =
          quoting && position < limit && bytes[position] == '"'
              ? quoted(position + 1, limit)
              : plain(position, limit);
      if (end == limit) {
        return;
      }
      if (bytes[end] != delimiter) {
        throw syntax(end - offset, "a quoted field must end at its second quote");
      }
      position = end + 1;
    }
  }

  private int plain(int from, int limit) {
    int at = from;
    while (at < limit && row[at] != delimiter) {
      byte next = row[at];
      if (next == '"' && quoting) {
        throw syntax(at - from, "a quote may not stand inside an unquoted field");
      }
      if (next == '\n' || next == '\r') {
        throw syntax(
            at - from,
            quoting
                ? "a line break may only stand in a quoted field"
                : "a line break may not stand in a field where quoting is off");
      }
      at++;
    }
    add(from, at, PLAIN);
    return at;
  }

  private int quoted(int from, int limit) {
    int begin = from;
    int copied = -1;
    int at = from;
    while (at < limit) {
      if (row[at] != '"') {
        at++;
      } else if (at + 1 < limit && row[at + 1] == '"') {
        copied = copied < 0 ? unquoted.length() : copied;
        unquoted.add(row, begin, at + 1);
        at += 2;
        begin = at;
      } else {
        if (copied < 0) {
          add(from, at, QUOTED);
        } else {
          unquoted.add(row, begin, at);
          add(copied, unquoted.length(), COPIED);
        }
        return at + 1;
      }
    }
    throw syntax(limit - from, "a quoted field is not closed");
  }

  private void add(int from, int to, byte kind) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
      kinds = Arrays.copyOf(kinds, count * 2);
    }
    starts[count] = from;
    ends[count] = to;
    kinds[count] = kind;
    count++;
  }

  private Rejected syntax(int at, String why) {
    return new Rejected(
        "syntax",
        "",
        "Cannot read CSV field " + (count + 1) + " at its byte " + (at + 1) + ": " + why);
  }

  int count() {
    return count;
  }

  byte[] bytes(int field) {
    return kinds[field] == COPIED ? unquoted.bytes() : row;
  }

  int from(int field) {
    return starts[field];
  }

  int to(int field) {
    return ends[field];
  }

  boolean isQuoted(int field) {
    return kinds[field] != PLAIN;
  }

  String text(int field) {
    return new String(
        bytes(field),
        from(field),
        to(field) - from(field),
        java.nio.charset.StandardCharsets.UTF_8);
  }
}
