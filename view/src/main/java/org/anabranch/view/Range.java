// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

/**
 * Positions {@code from <= p < to} of one lane. Neighbours meet: the end of one is the start of the
 * next.
 */
public record Range(long from, long to) {
  public Range {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("Cannot have a range [" + from + ", " + to + ")");
    }
  }

  public boolean isEmpty() {
    return from == to;
  }

  public long length() {
    return to - from;
  }

  public boolean contains(long position) {
    return from <= position && position < to;
  }

  public boolean overlaps(Range other) {
    return from < other.to && other.from < to;
  }

  @Override
  public String toString() {
    return "[" + from + ", " + to + ")";
  }
}
