// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

/** A script's text, which knows lines and columns. */
record Source(String file, String text) {
  /** The problem at a stretch of the text; a stretch over several lines is cut at its first. */
  Problem problem(Span span, String message, String hint) {
    int start = Math.min(Math.max(span.start(), 0), text.length());
    int lineStart = lineStart(start);
    int lineEnd = lineEnd(start);
    int end = Math.max(Math.min(span.end(), lineEnd), start);
    int column = 1 + text.codePointCount(lineStart, start);
    return new Problem(
        file,
        1 + (int) text.substring(0, lineStart).chars().filter(c -> c == '\n').count(),
        column,
        Math.max(column + text.codePointCount(start, end), column + 1),
        message,
        hint,
        text.substring(lineStart, lineEnd));
  }

  String at(Span span) {
    return text.substring(span.start(), span.end());
  }

  private int lineStart(int offset) {
    return text.lastIndexOf('\n', offset - 1) + 1;
  }

  private int lineEnd(int offset) {
    int end = text.indexOf('\n', offset);
    int line = end < 0 ? text.length() : end;
    return line > lineStart(offset) && text.charAt(line - 1) == '\r'
        ? Math.max(line - 1, offset)
        : line;
  }
}
