// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import java.nio.charset.StandardCharsets;

/** Functions of VARCHAR. Lengths and places count code points, places from 1. */
public final class TextFunctions {
  /** No function makes a text of more UTF-8 bytes. */
  public static final int MAX_BYTES = 1 << 24;

  private TextFunctions() {}

  /** Case of single code points as in Unicode 13, the same on every JDK. */
  public static String upper(String text) {
    return CaseMapping.TO_UPPER.map(text);
  }

  public static String lower(String text) {
    return CaseMapping.TO_LOWER.map(text);
  }

  /** Without the leading code points that occur in {@code characters}. */
  public static String trimLeading(String text, String characters) {
    int from = 0;
    while (from < text.length() && characters.indexOf(text.codePointAt(from)) >= 0) {
      from += Character.charCount(text.codePointAt(from));
    }
    return text.substring(from);
  }

  public static String trimTrailing(String text, String characters) {
    int to = text.length();
    while (to > 0 && characters.indexOf(text.codePointBefore(to)) >= 0) {
      to -= Character.charCount(text.codePointBefore(to));
    }
    return text.substring(0, to);
  }

  public static String trimBoth(String text, String characters) {
    return trimTrailing(trimLeading(text, characters), characters);
  }

  /** From a place on; a place before the first is the first. */
  public static String substring(String text, long start) {
    return between(text, start, Long.MAX_VALUE);
  }

  /** The part of {@code [start, start + length)} that exists. */
  public static String substring(String text, long start, long length) throws EvaluationException {
    if (length < 0) {
      throw new EvaluationException("Cannot take a substring of negative length " + length);
    }
    long end = start > 0 && start > Long.MAX_VALUE - length ? Long.MAX_VALUE : start + length;
    return between(text, start, end);
  }

  private static String between(String text, long start, long end) {
    long skip = Math.max(start, 1) - 1;
    if (skip >= text.length() || end <= Math.max(start, 1)) {
      return "";
    }
    int from = forward(text, 0, skip);
    int to = forward(text, from, end - 1 - skip);
    return text.substring(from, to);
  }

  /** The place so many code points later, or the end. */
  private static int forward(String text, int from, long count) {
    int at = from;
    for (long left = count; left > 0 && at < text.length(); left--) {
      at += Character.charCount(text.codePointAt(at));
    }
    return at;
  }

  /** Where the needle first is, from 1; 0 if nowhere; the empty text is at 1. */
  public static long position(String needle, String text) {
    int at = text.indexOf(needle);
    return at < 0 ? 0 : text.codePointCount(0, at) + 1L;
  }

  /** Every occurrence replaced; an empty {@code from} occurs nowhere. */
  public static String replace(String text, String from, String to) throws EvaluationException {
    if (from.isEmpty()) {
      return text;
    }
    StringBuilder replaced = new StringBuilder(text.length());
    int start = 0;
    for (int at = text.indexOf(from); at >= 0; at = text.indexOf(from, start)) {
      replaced.append(text, start, at).append(to);
      start = at + from.length();
      refuseLong(replaced.length());
    }
    return limited(replaced.append(text, start, text.length()).toString());
  }

  public static long length(String text) {
    return text.codePointCount(0, text.length());
  }

  public static String concat(String left, String right) throws EvaluationException {
    refuseLong((long) left.length() + right.length());
    return limited(left.concat(right));
  }

  /** The order of UTF-8 bytes, which is the order of code points. */
  public static int compare(String left, String right) {
    int common = Math.min(left.length(), right.length());
    for (int i = 0; i < common; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        // surrogates stand for code points above all other chars
        return Character.isSurrogate(a) == Character.isSurrogate(b)
            ? Character.compare(a, b)
            : Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b));
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  private static String limited(String text) throws EvaluationException {
    if (text.length() > MAX_BYTES / 3) {
      refuseLong(text.getBytes(StandardCharsets.UTF_8).length);
    }
    return text;
  }

  private static void refuseLong(long bytes) throws EvaluationException {
    if (bytes > MAX_BYTES) {
      throw new EvaluationException(
          "Cannot make a text of " + bytes + " bytes: at most " + MAX_BYTES);
    }
  }
}
