// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.nio.charset.StandardCharsets;

/** Shows a piece of an event in a message: quoted, cut short, without control characters. */
final class Excerpt {
  private static final int LIMIT = 60;

  private Excerpt() {}

  static String of(byte[] bytes, int from, int to) {
    // Four bytes a character at most; a character cut in half is dropped by the cut below.
    int end = (int) Math.min((long) to, from + 4L * LIMIT + 4);
    String text = new String(bytes, from, end - from, StandardCharsets.UTF_8);
    boolean cut = end < to || text.codePointCount(0, text.length()) > LIMIT;
    StringBuilder shown = new StringBuilder().append('"');
    text.codePoints().limit(LIMIT).forEach(point -> append(shown, point));
    return shown.append(cut ? "...\"" : "\"").toString();
  }

  private static void append(StringBuilder shown, int point) {
    switch (point) {
      case '\n' -> shown.append("\\n");
      case '\r' -> shown.append("\\r");
      case '\t' -> shown.append("\\t");
      default -> {
        if (Character.isISOControl(point)) {
          shown.append(String.format("\\u%04x", point));
        } else {
          shown.appendCodePoint(point);
        }
      }
    }
  }
}
