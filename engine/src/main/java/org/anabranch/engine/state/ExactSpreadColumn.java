// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.state;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.anabranch.engine.operator.Selection;
import org.anabranch.engine.operator.Values;
import org.anabranch.view.Rows;
import org.anabranch.view.accumulator.ExactMoments;
import org.anabranch.view.accumulator.StateWriter;

/**
 * VAR and STDDEV of integers and decimals: count, the sum of the unscaled values, the sum of their
 * squares, lowest words first. 2^63 rows of 64 bits need 128 and 190 bits, of 127 bits 191 and 318.
 */
final class ExactSpreadColumn extends StateColumn {
  private static final int NARROW_SUM = 2;
  private static final int NARROW_SQUARES = 3;
  private static final int WIDE_SUM = 3;
  private static final int WIDE_SQUARES = 5;

  private final boolean wide;
  private final int sumWords;
  private final int squareWords;

  ExactSpreadColumn(boolean wide) {
    super(wide ? 1 + WIDE_SUM + WIDE_SQUARES : 1 + NARROW_SUM + NARROW_SQUARES);
    this.wide = wide;
    this.sumWords = wide ? WIDE_SUM : NARROW_SUM;
    this.squareWords = wide ? WIDE_SQUARES : NARROW_SQUARES;
  }

  @Override
  public void add(int[] groups, Selection selection, Values[] arguments, Rows from) {
    long[] lows = arguments[0].longs();
    long[] highs = arguments[0].high();
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int row = rows[i];
      long[] page = page(groups[row]);
      int at = at(groups[row]);
      page[at]++;
      if (wide) {
        addWide(page, at + 1, highs[row], lows[row]);
      } else {
        addNarrow(page, at + 1, lows[row]);
      }
    }
  }

  /** Hot kernel. */
  private static void addNarrow(long[] page, int at, long value) {
    long low = page[at] + value;
    page[at + 1] += (value >> 63) + (Long.compareUnsigned(low, value) < 0 ? 1 : 0);
    page[at] = low;
    int squares = at + NARROW_SUM;
    plus(page, squares, NARROW_SQUARES, value * value);
    plus(page, squares + 1, NARROW_SQUARES - 1, Math.multiplyHigh(value, value));
  }

  /** Squares the magnitude m = 2^64 u + l, as u u, twice u l, and l l. */
  private static void addWide(long[] page, int at, long high, long low) {
    plus(page, at, WIDE_SUM, low);
    plus(page, at + 1, WIDE_SUM - 1, high);
    page[at + 2] += high >> 63;
    boolean negative = high < 0;
    long upper = negative ? ~high + (low == 0 ? 1 : 0) : high;
    long lower = negative ? -low : low;
    int squares = at + WIDE_SUM;
    plusProduct(page, squares, WIDE_SQUARES, lower, lower);
    plusProduct(page, squares + 1, WIDE_SQUARES - 1, upper, lower);
    plusProduct(page, squares + 1, WIDE_SQUARES - 1, upper, lower);
    plusProduct(page, squares + 2, WIDE_SQUARES - 2, upper, upper);
  }

  /** Adds the product of two unsigned words. */
  private static void plusProduct(long[] page, int at, int words, long left, long right) {
    long high = Math.multiplyHigh(left, right) + (left >> 63 & right) + (right >> 63 & left);
    plus(page, at, words, left * right);
    plus(page, at + 1, words - 1, high);
  }

  /** Adds an unsigned word to a number of some words, lowest first. */
  private static void plus(long[] page, int at, int words, long addend) {
    long sum = page[at] + addend;
    page[at] = sum;
    boolean carry = Long.compareUnsigned(sum, addend) < 0;
    for (int i = at + 1; carry && i < at + words; i++) {
      carry = ++page[i] == 0;
    }
  }

  @Override
  public void encode(int group, StateWriter out) {
    long[] page = page(group);
    int at = at(group);
    ExactMoments.encode(
        page[at],
        integer(page, at + 1, sumWords),
        integer(page, at + 1 + sumWords, squareWords),
        out);
  }

  private static BigInteger integer(long[] page, int at, int words) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * words);
    for (int i = words - 1; i >= 0; i--) {
      bytes.putLong(page[at + i]);
    }
    return new BigInteger(bytes.array());
  }
}
