// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.anabranch.view.DoubleVector;
import org.anabranch.view.expression.NumberText;

/**
 * A multiset of doubles by which percentiles are told: the values themselves while at most 64 are
 * different, and then how many fell in which bucket, with the exact least and greatest number.
 * Merging two adds their multisets.
 *
 * <p>Which form it has is a function of the multiset: buckets exactly if more than 64 values are
 * different. The content is one too ({@link BucketCounts}).
 *
 * <p>Heap: about 200 bytes for up to 4 different values, 16 to 32 bytes a value beyond; then 2 to
 * 48 KiB.
 */
public final class PercentileSketch implements MergeableState<PercentileSketch> {
  /** The largest number of different values that are kept as they are. */
  public static final int MAX_VALUES = FewValues.MOST;

  /** The largest number of buckets that are not empty. */
  public static final int MAX_BUCKETS = BucketCounts.MOST;

  private static final int FEW = 0;
  private static final int MANY = 1;

  private long count;

  /** Null where there are buckets. */
  private FewValues few = new FewValues();

  private BucketCounts buckets;
  private long nans;
  private double least = Double.POSITIVE_INFINITY;
  private double greatest = Double.NEGATIVE_INFINITY;

  /** Adds any double. */
  public void add(double value) {
    add(DoubleVector.canonical(value), 1);
  }

  @Override
  public void merge(PercentileSketch other) {
    if (other.few != null) {
      for (int i = 0; i < other.few.size(); i++) {
        add(other.few.value(i), other.few.count(i));
      }
      return;
    }
    spread();
    count += other.count;
    nans += other.nans;
    least = Math.min(least, other.least);
    greatest = Math.max(greatest, other.greatest);
    buckets.add(other.buckets);
  }

  public long count() {
    return count;
  }

  /** Whether the values themselves are kept, so that percentiles are exact. */
  public boolean isExact() {
    return few != null;
  }

  /** How coarse the buckets are: 0 to 9; 0 where there are none. */
  public int level() {
    return few != null ? 0 : buckets.level();
  }

  /** The percentile of a share from 0 to 1, if there is at least one value. */
  public double percentile(double share) {
    return ofRank(rank(new BigDecimal(NumberText.of(share))));
  }

  /** The rank of PERCENTILE_DISC: the first at which that share of all values is reached. */
  private long rank(BigDecimal share) {
    BigDecimal values = share.multiply(BigDecimal.valueOf(count));
    return Math.max(1, values.setScale(0, RoundingMode.CEILING).longValueExact());
  }

  /** The value of a rank, counted from 1, NaN last; of buckets about that, within the extremes. */
  private double ofRank(long rank) {
    if (few != null) {
      return few.ofRank(rank);
    }
    long numbers = count - nans;
    if (rank > numbers) {
      return Double.NaN;
    }
    if (rank == 1 || rank == numbers) {
      return rank == 1 ? least : greatest;
    }
    return Math.max(least, Math.min(greatest, buckets.ofRank(rank)));
  }

  @Override
  public void encode(StateWriter out) {
    out.writeVarint(count);
    if (count == 0) {
      return;
    }
    if (few != null) {
      out.writeByte(FEW);
      few.encode(out);
      return;
    }
    out.writeByte(MANY);
    out.writeByte(buckets.level());
    out.writeVarint(nans);
    ValueBytes.writeDouble(least, out);
    ValueBytes.writeDouble(greatest, out);
    buckets.encode(out);
  }

  public static PercentileSketch decode(StateReader in) {
    PercentileSketch sketch = new PercentileSketch();
    sketch.count = in.readVarint();
    if (sketch.count == 0) {
      return sketch;
    }
    if (in.readByte() == FEW) {
      sketch.few = FewValues.decode(in);
      return sketch;
    }
    int level = in.readByte();
    sketch.few = null;
    sketch.nans = in.readVarint();
    sketch.least = Double.longBitsToDouble(in.readLong());
    sketch.greatest = Double.longBitsToDouble(in.readLong());
    sketch.buckets = BucketCounts.decode(level, in);
    return sketch;
  }

  private void add(double value, long times) {
    count += times;
    if (few != null) {
      if (few.add(value, times)) {
        return;
      }
      spread();
    }
    addToBuckets(value, times);
  }

  /** Hot. */
  private void addToBuckets(double value, long times) {
    if (Double.isNaN(value)) {
      nans += times;
      return;
    }
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
    buckets.add(value, times);
  }

  /** Puts the values in buckets, if they are not there. */
  private void spread() {
    if (few == null) {
      return;
    }
    FewValues values = few;
    few = null;
    buckets = new BucketCounts();
    for (int i = 0; i < values.size(); i++) {
      addToBuckets(values.value(i), values.count(i));
    }
  }
}
