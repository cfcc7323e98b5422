// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * One number in text, taken apart in a single pass: {@code mantissa * 10^(exponent -
 * fractionDigits)}. It is reused for every number of its owner.
 */
final class NumberToken {
  /** Digits that a long surely holds. */
  static final int LONG_DIGITS = 18;

  private static final int EXPONENT_CAP = 100_000;

  byte[] bytes;
  int from;
  int to;
  boolean negative;
  long mantissa;
  int significantDigits;
  int fractionDigits;
  int exponent;
  private int allDigits;

  /**
   * Reads the longest number from a position on.
   *
   * @param json whether JSON's grammar holds; else a plus sign and leading zeros may come first
   * @return where the number ends, or -1 if there is none
   */
  int parse(byte[] source, int start, int limit, boolean json) {
    bytes = source;
    from = start;
    mantissa = 0;
    significantDigits = 0;
    fractionDigits = 0;
    exponent = 0;
    allDigits = 0;
    int position = start;
    negative = position < limit && source[position] == '-';
    if (negative || (!json && position < limit && source[position] == '+')) {
      position++;
    }
    int first = position;
    position = digits(position, limit);
    boolean leadingZero = position > first + 1 && source[first] == '0';
    if (position == first || (json && leadingZero)) {
      return -1;
    }
    if (position < limit && source[position] == '.') {
      int point = position + 1;
      position = digits(point, limit);
      fractionDigits = position - point;
      if (fractionDigits == 0) {
        return -1;
      }
    }
    if (position < limit && (source[position] | 0x20) == 'e') {
      position = exponent(position + 1, limit);
    }
    to = position;
    return position;
  }

  private int digits(int start, int limit) {
    int position = start;
    long value = mantissa;
    int significant = significantDigits;
    while (position < limit) {
      int digit = bytes[position] - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      if (significant > 0 || digit > 0) {
        significant++;
      }
      if (significant <= LONG_DIGITS) {
        value = value * 10 + digit;
      }
      position++;
    }
    allDigits += position - start;
    mantissa = value;
    significantDigits = significant;
    return position;
  }

  private int exponent(int start, int limit) {
    int position = start;
    boolean minus = position < limit && bytes[position] == '-';
    if (minus || (position < limit && bytes[position] == '+')) {
      position++;
    }
    int first = position;
    int value = 0;
    while (position < limit && bytes[position] >= '0' && bytes[position] <= '9') {
      value = Math.min(EXPONENT_CAP, value * 10 + (bytes[position] - '0'));
      position++;
    }
    exponent = minus ? -value : value;
    return position == first ? -1 : position;
  }

  boolean isWithinLimits() {
    return allDigits <= Limits.NUMBER_DIGITS && Math.abs(exponent) <= Limits.EXPONENT;
  }

  /** Whether {@link #mantissa} has all digits. */
  boolean isShort() {
    return significantDigits <= LONG_DIGITS;
  }

  long signedMantissa() {
    return negative ? -mantissa : mantissa;
  }

  String text() {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  BigDecimal toBigDecimal() {
    return new BigDecimal(text());
  }
}
