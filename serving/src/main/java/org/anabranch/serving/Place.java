// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.nio.charset.StandardCharsets;

/** A place in the text of a query, in words. */
final class Place {
  private Place() {}

  /** The line and column of a place that the parser gives in bytes. */
  static String of(String sql, String offset) {
    byte[] utf8 = sql.getBytes(StandardCharsets.UTF_8);
    int bytes = Math.min(utf8.length, Integer.parseInt(offset));
    String before = new String(utf8, 0, bytes, StandardCharsets.UTF_8);
    long line = before.chars().filter(c -> c == '\n').count() + 1;
    String last = before.substring(before.lastIndexOf('\n') + 1);
    return "line " + line + ", column " + (last.codePointCount(0, last.length()) + 1);
  }

  /** A part of the text, given in bytes. */
  static String part(String sql, String offset, String length) {
    byte[] utf8 = sql.getBytes(StandardCharsets.UTF_8);
    int from = Math.min(utf8.length, Integer.parseInt(offset));
    int size = Math.min(utf8.length - from, Integer.parseInt(length));
    return new String(utf8, from, size, StandardCharsets.UTF_8);
  }
}
