// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.nio.charset.StandardCharsets;

/** A place in the text of a query, in words. */
final class Place {
  private Place() {}

  /** The line and column of a place that the parser gives in bytes. */
  static String of(String sql, String offset) {
    String before = new Text(sql).part("0", offset);
    long line = before.chars().filter(c -> c == '\n').count() + 1;
    String last = before.substring(before.lastIndexOf('\n') + 1);
    return "line " + line + ", column " + (last.codePointCount(0, last.length()) + 1);
  }

  /** The line and column of a place that counts characters of Java. */
  static String ofCharacter(String sql, int index) {
    String before = sql.substring(0, index);
    return of(sql, String.valueOf(before.getBytes(StandardCharsets.UTF_8).length));
  }

  /** A text of which the parser speaks in bytes. */
  static final class Text {
    private final byte[] utf8;

    Text(String text) {
      this.utf8 = text.getBytes(StandardCharsets.UTF_8);
    }

    /** What follows a place. */
    String from(String offset) {
      return part(offset, String.valueOf(utf8.length));
    }

    String part(String offset, String length) {
      int from = Math.min(utf8.length, Integer.parseInt(offset));
      int size = Math.min(utf8.length - from, Integer.parseInt(length));
      return new String(utf8, from, size, StandardCharsets.UTF_8);
    }
  }
}
