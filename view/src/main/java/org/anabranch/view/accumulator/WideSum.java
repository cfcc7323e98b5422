// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * An exact binary number of any magnitude that doubles and their squares can add up to: {@code
 * words} in two's complement, lowest first, the first of weight 2^(64 * base). Only the words
 * between the smallest and the largest number seen are kept; all doubles and squares that there are
 * need 68 at most.
 *
 * <p>Holds always: the top word is within +-2^62, so that one addition cannot overflow it.
 */
final class WideSum {
  private long[] words;
  private int base;

  WideSum(int exponent) {
    this.base = exponent >> 6;
    this.words = new long[4];
  }

  /** Adds high:low, a two's complement number of 128 bits, times 2^exponent. */
  void add(long high, long low, int exponent) {
    int index = exponent >> 6;
    int shift = exponent & 63;
    cover(index, index + 4);
    int at = index - base;
    long sign = high >> 63;
    long carry = plus(at, low << shift, 0);
    long middle = shift == 0 ? high : (high << shift) | (low >>> (64 - shift));
    carry = plus(at + 1, middle, carry);
    carry = plus(at + 2, shift == 0 ? sign : high >> (64 - shift), carry);
    for (int i = at + 3; i < words.length && sign + carry != 0; i++) {
      carry = plus(i, sign, carry);
    }
    long top = words[words.length - 1];
    if ((top ^ (top << 1)) < 0) {
      words = Arrays.copyOf(words, words.length + 1);
      words[words.length - 1] = top >> 63;
    }
  }

  void add(WideSum other) {
    int last = other.words.length - 1;
    for (int i = 0; i < last; i++) {
      add(0, other.words[i], 64 * (other.base + i));
    }
    add(other.words[last] >> 63, other.words[last], 64 * (other.base + last));
  }

  boolean isZero() {
    return Arrays.stream(words).allMatch(word -> word == 0);
  }

  /** The sum divided by 2^{@link #exponent}. */
  BigInteger integer() {
    long[] highestFirst = new long[words.length];
    for (int i = 0; i < words.length; i++) {
      highestFirst[i] = words[words.length - 1 - i];
    }
    return TwosComplement.toBigInteger(highestFirst);
  }

  int exponent() {
    return 64 * base;
  }

  private long plus(int at, long addend, long carry) {
    long before = words[at];
    long sum = before + addend;
    long result = sum + carry;
    words[at] = result;
    boolean over = Long.compareUnsigned(sum, before) < 0 || Long.compareUnsigned(result, sum) < 0;
    return over ? 1 : 0;
  }

  /** Makes room for words from the one index to before the other. */
  private void cover(int from, int to) {
    int start = Math.min(base, from);
    int end = Math.max(base + words.length, to);
    if (end - start == words.length) {
      return;
    }
    long[] wider = new long[end - start];
    int shift = base - start;
    System.arraycopy(words, 0, wider, shift, words.length);
    Arrays.fill(wider, shift + words.length, wider.length, words[words.length - 1] >> 63);
    words = wider;
    base = start;
  }
}
