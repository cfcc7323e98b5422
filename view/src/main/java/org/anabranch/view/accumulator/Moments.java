// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.math.BigInteger;

/**
 * How many doubles there were, the exact sum of the finite ones and the exact sum of their squares,
 * and whether others were seen: all that variance needs. Merging two adds counts and sums and sees
 * what either saw.
 *
 * <p>Three objects, 112 bytes of heap, while numbers are of similar magnitude; squares of numbers
 * with many digits need 72 bytes more ({@link ExactDoubleSum}).
 */
public final class Moments implements MergeableState<Moments> {
  private final ExactDoubleSum sum;
  private final ExactDoubleSum squares;
  private long count;
  private int flags;

  public Moments() {
    this(new ExactDoubleSum(), new ExactDoubleSum());
  }

  private Moments(ExactDoubleSum sum, ExactDoubleSum squares) {
    this.sum = sum;
    this.squares = squares;
  }

  /** Adds any double. */
  public void add(double value) {
    count++;
    if (Double.isFinite(value)) {
      sum.add(value);
      squares.addSquare(value);
    } else {
      flags |= Doubles.flag(value);
    }
  }

  @Override
  public void merge(Moments other) {
    count += other.count;
    flags |= other.flags;
    sum.add(other.sum);
    squares.add(other.squares);
  }

  public long count() {
    return count;
  }

  /** Whether NaN or an infinity was seen; the variance is NaN then. */
  public boolean isSpecial() {
    return flags != 0;
  }

  /**
   * The exact variance of at least one finite number: (n Q - S S) / (n divisor).
   *
   * @param divisor n for a population, n - 1 for a sample
   */
  public ExactRatio variance(long divisor) {
    ExactRatio first = sum.toRatio();
    ExactRatio second = squares.toRatio();
    BigInteger n = BigInteger.valueOf(count);
    BigInteger left = n.multiply(second.numerator());
    BigInteger right = first.numerator().pow(2);
    int exponent = Math.min(second.exponent(), 2 * first.exponent());
    BigInteger difference =
        left.shiftLeft(second.exponent() - exponent)
            .subtract(right.shiftLeft(2 * first.exponent() - exponent));
    return new ExactRatio(difference, n.multiply(BigInteger.valueOf(divisor)), exponent);
  }

  @Override
  public void encode(StateWriter out) {
    out.writeVarint(count);
    if (count > 0) {
      out.writeByte(flags);
      sum.encode(out);
      squares.encode(out);
    }
  }

  public static Moments decode(StateReader in) {
    long count = in.readVarint();
    if (count == 0) {
      return new Moments();
    }
    int flags = in.readByte();
    ExactDoubleSum sum = ExactDoubleSum.decode(in);
    Moments state = new Moments(sum, ExactDoubleSum.decode(in));
    state.count = count;
    state.flags = flags;
    return state;
  }
}
