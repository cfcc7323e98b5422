// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.math.BigInteger;

/**
 * How many integers (unscaled decimals) there were, and their exact sum. Merging two adds counts
 * and sums.
 *
 * <p>192 bits: 2^63 values of 127 bits need 190 and a sign, so the sum cannot overflow. One object
 * takes 48 bytes of heap.
 */
public final class ExactSum implements MergeableState<ExactSum> {
  private long count;
  private long high;
  private long middle;
  private long low;

  /** Adds one value. */
  public void add(long value) {
    count++;
    plus(value >> 63, value >> 63, value);
  }

  /** Adds one value of 128 bits in two's complement. */
  public void add(long upper, long lower) {
    count++;
    plus(upper >> 63, upper, lower);
  }

  /** Adds one value of at most 128 bits. */
  public void add(BigInteger value) {
    add(value.shiftRight(64).longValueExact(), value.longValue());
  }

  @Override
  public void merge(ExactSum other) {
    count += other.count;
    plus(other.high, other.middle, other.low);
  }

  public long count() {
    return count;
  }

  public BigInteger sum() {
    return TwosComplement.toBigInteger(high, middle, low);
  }

  @Override
  public void encode(StateWriter out) {
    encode(count, high, middle, low, out);
  }

  /** Writes the state of a count and a sum of 192 bits that are kept elsewhere. */
  public static void encode(long count, long high, long middle, long low, StateWriter out) {
    out.writeVarint(count);
    if (count > 0) {
      TwosComplement.writeBlock(out, high, middle, low);
    }
  }

  public static ExactSum decode(StateReader in) {
    ExactSum state = new ExactSum();
    state.count = in.readVarint();
    if (state.count > 0) {
      BigInteger sum = new BigInteger(in.readBlock());
      state.high = sum.shiftRight(128).longValueExact();
      state.middle = sum.shiftRight(64).longValue();
      state.low = sum.longValue();
    }
    return state;
  }

  private void plus(long highest, long next, long lowest) {
    long sum = low + lowest;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    low = sum;
    long partial = middle + next;
    long over = Long.compareUnsigned(partial, middle) < 0 ? 1 : 0;
    middle = partial + carry;
    over += Long.compareUnsigned(middle, partial) < 0 ? 1 : 0;
    high += highest + over;
  }
}
