// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

/** A stretch of the script's text, {@code start <= offset < end}. */
record Span(int start, int end) {
  Span to(Span last) {
    return new Span(start, Math.max(start, last.end));
  }

  boolean contains(Span other) {
    return start <= other.start && other.end <= end;
  }
}
