// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

/**
 * How many doubles there were, the exact sum of the finite ones, and which others were seen.
 * Merging two adds counts and sums and sees what either saw.
 *
 * <p>Two objects, 72 bytes of heap, while numbers are of similar magnitude ({@link
 * ExactDoubleSum}).
 */
public final class DoubleSum implements MergeableState<DoubleSum> {
  private final ExactDoubleSum finite;
  private long count;
  private int flags;

  public DoubleSum() {
    this(new ExactDoubleSum());
  }

  private DoubleSum(ExactDoubleSum finite) {
    this.finite = finite;
  }

  /** Adds any double. */
  public void add(double value) {
    count++;
    if (Double.isFinite(value)) {
      finite.add(value);
    } else {
      flags |= Doubles.flag(value);
    }
  }

  @Override
  public void merge(DoubleSum other) {
    count += other.count;
    flags |= other.flags;
    finite.add(other.finite);
  }

  public long count() {
    return count;
  }

  /** Whether NaN or an infinity was seen; the sum is {@link #special} then. */
  public boolean isSpecial() {
    return flags != 0;
  }

  /** NaN or an infinity: the sum if some numbers were not finite. */
  public double special() {
    return Doubles.sum(flags);
  }

  /** The exact sum of the finite numbers. */
  public ExactRatio finiteSum() {
    return finite.toRatio();
  }

  @Override
  public void encode(StateWriter out) {
    out.writeVarint(count);
    if (count > 0) {
      out.writeByte(flags);
      finite.encode(out);
    }
  }

  public static DoubleSum decode(StateReader in) {
    long count = in.readVarint();
    if (count == 0) {
      return new DoubleSum();
    }
    int flags = in.readByte();
    DoubleSum state = new DoubleSum(ExactDoubleSum.decode(in));
    state.count = count;
    state.flags = flags;
    return state;
  }
}
