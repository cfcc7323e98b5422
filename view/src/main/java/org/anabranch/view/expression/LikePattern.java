// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A LIKE pattern, matched over UTF-8: {@code %} is any text, {@code _} one code point. Time is at
 * most the product of both lengths: after a mismatch only the last {@code %} is tried again.
 */
public final class LikePattern {
  private static final short ANY_CODE_POINT = 256;
  private static final short ANY_TEXT = 257;

  private final short[] pattern;

  private LikePattern(short[] pattern) {
    this.pattern = pattern;
  }

  /**
   * Reads a pattern.
   *
   * @param escape the character before a literal {@code %}, {@code _} or itself; empty for none
   */
  public static LikePattern of(String pattern, String escape) throws EvaluationException {
    if (escape.codePointCount(0, escape.length()) > 1) {
      throw new EvaluationException(
          "Cannot escape LIKE by " + Excerpt.of(escape) + ": it must be one character or empty");
    }
    int[] codePoints = pattern.codePoints().toArray();
    int escapePoint = escape.isEmpty() ? -1 : escape.codePointAt(0);
    short[] compiled = new short[codePoints.length * 4];
    int size = 0;
    for (int i = 0; i < codePoints.length; i++) {
      if (codePoints[i] == escapePoint) {
        if (++i == codePoints.length) {
          throw new EvaluationException(
              "Cannot match LIKE " + Excerpt.of(pattern) + ": it ends with its escape character");
        }
        size = literal(compiled, size, codePoints[i]);
      } else if (codePoints[i] == '%') {
        compiled[size++] = ANY_TEXT;
      } else if (codePoints[i] == '_') {
        compiled[size++] = ANY_CODE_POINT;
      } else {
        size = literal(compiled, size, codePoints[i]);
      }
    }
    return new LikePattern(Arrays.copyOf(compiled, size));
  }

  private static int literal(short[] compiled, int size, int codePoint) {
    int end = size;
    for (byte next : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
      compiled[end++] = (short) (next & 0xFF);
    }
    return end;
  }

  public boolean matches(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return matches(utf8, 0, utf8.length);
  }

  /** Whether the bytes, valid UTF-8, match as a whole. A hot loop. */
  public boolean matches(byte[] text, int from, int length) {
    short[] wanted = pattern;
    int end = from + length;
    int at = from;
    int next = 0;
    int retryPattern = -1;
    int retryText = from;
    while (at < end) {
      int symbol = next < wanted.length ? wanted[next] : -1;
      if (symbol == ANY_TEXT) {
        retryPattern = ++next;
        retryText = at;
      } else if (symbol == ANY_CODE_POINT) {
        at = after(text, at, end);
        next++;
      } else if (symbol == (text[at] & 0xFF)) {
        at++;
        next++;
      } else if (retryPattern >= 0) {
        retryText = after(text, retryText, end);
        at = retryText;
        next = retryPattern;
      } else {
        return false;
      }
    }
    while (next < wanted.length && wanted[next] == ANY_TEXT) {
      next++;
    }
    return next == wanted.length;
  }

  /** The place after the code point that starts here. */
  private static int after(byte[] text, int at, int end) {
    int next = at + 1;
    while (next < end && (text[next] & 0xC0) == 0x80) {
      next++;
    }
    return next;
  }
}
