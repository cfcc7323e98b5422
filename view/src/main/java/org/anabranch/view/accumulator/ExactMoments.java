// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.math.BigInteger;

/**
 * How many integers (unscaled decimals) there were, their exact sum and the exact sum of their
 * squares: all that variance needs. Merging two adds counts and sums.
 */
public final class ExactMoments implements MergeableState<ExactMoments> {
  private long count;
  private BigInteger sum = BigInteger.ZERO;
  private BigInteger squares = BigInteger.ZERO;

  /** Adds one value. */
  public void add(BigInteger value) {
    count++;
    sum = sum.add(value);
    squares = squares.add(value.multiply(value));
  }

  @Override
  public void merge(ExactMoments other) {
    count += other.count;
    sum = sum.add(other.sum);
    squares = squares.add(other.squares);
  }

  public long count() {
    return count;
  }

  /**
   * The exact variance of at least one value, in units of the values squared: (n Q - S S) / (n
   * divisor).
   *
   * @param divisor n for a population, n - 1 for a sample
   */
  public ExactRatio variance(long divisor) {
    BigInteger n = BigInteger.valueOf(count);
    BigInteger difference = n.multiply(squares).subtract(sum.multiply(sum));
    return new ExactRatio(difference, n.multiply(BigInteger.valueOf(divisor)), 0);
  }

  @Override
  public void encode(StateWriter out) {
    encode(count, sum, squares, out);
  }

  /** Writes the state of sums that are kept elsewhere. */
  public static void encode(long count, BigInteger sum, BigInteger squares, StateWriter out) {
    out.writeVarint(count);
    if (count > 0) {
      write(sum, out);
      write(squares, out);
    }
  }

  private static void write(BigInteger value, StateWriter out) {
    byte[] bytes = value.toByteArray();
    out.writeBlock(bytes, 0, bytes.length);
  }

  public static ExactMoments decode(StateReader in) {
    ExactMoments state = new ExactMoments();
    state.count = in.readVarint();
    if (state.count > 0) {
      state.sum = new BigInteger(in.readBlock());
      state.squares = new BigInteger(in.readBlock());
    }
    return state;
  }
}
