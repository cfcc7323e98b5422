// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * How many values fell in which log-linear bucket. Merging two adds the counts.
 *
 * <p>A bucket is a range of doubles by their bits ({@link Buckets}); at the next level neighbouring
 * buckets are one. The level is the smallest at which at most 2048 buckets are not empty, which
 * makes the whole state a function of the multiset of values:
 *
 * <ul>
 *   <li>a multiset fills no fewer buckets than any part of it does, and no more at a higher level;
 *   <li>so the level is raised only when a part of the values fills too many buckets, hence all
 *       values do: it never gets higher than the smallest level that all values allow;
 *   <li>and after every add and merge it is raised until it is no lower.
 * </ul>
 *
 * <p>Counts are in a hash table with linear probing, at most three quarters full. Heap: 160 bytes
 * for up to 6 buckets, 16 to 32 bytes a bucket beyond, 48 KiB at most.
 */
public final class PercentileSketch implements MergeableState<PercentileSketch> {
  /** The largest number of buckets that are not empty. */
  public static final int MAX_BUCKETS = 2048;

  private static final int FEWEST_SLOTS = 8;

  private int level;
  private int size;
  private long nans;
  private int[] indexes = new int[FEWEST_SLOTS];

  /** Zero where a slot is empty. */
  private long[] counts = new long[FEWEST_SLOTS];

  /** Adds any double. */
  public void add(double value) {
    if (Double.isNaN(value)) {
      nans++;
    } else {
      addBucket(Buckets.index(value, level), 1);
    }
  }

  @Override
  public void merge(PercentileSketch other) {
    nans += other.nans;
    while (level < other.level) {
      raiseLevel();
    }
    for (int slot = 0; slot < other.counts.length; slot++) {
      if (other.counts[slot] > 0) {
        int index = other.indexes[slot];
        for (int from = other.level; from < level; from++) {
          index = Buckets.raised(index, from);
        }
        addBucket(index, other.counts[slot]);
      }
    }
  }

  public long count() {
    long count = nans;
    for (long n : counts) {
      count += n;
    }
    return count;
  }

  /** How coarse the buckets are: 0 to 9. */
  public int level() {
    return level;
  }

  /** About the value of rank floor(q * (count - 1)), if there is at least one. */
  public double percentile(double q) {
    long rank = (long) (q * (count() - 1));
    for (int index : ascending()) {
      rank -= counts[slot(index)];
      if (rank < 0) {
        return Buckets.middle(index, level);
      }
    }
    return Double.NaN;
  }

  @Override
  public void encode(StateWriter out) {
    long count = count();
    out.writeVarint(count);
    if (count == 0) {
      return;
    }
    out.writeByte(level);
    out.writeVarint(nans);
    out.writeVarint(size);
    long previous = 0;
    for (int index : ascending()) {
      long difference = index - previous;
      out.writeVarint((difference << 1) ^ (difference >> 63));
      out.writeVarint(counts[slot(index)]);
      previous = index;
    }
  }

  public static PercentileSketch decode(StateReader in) {
    PercentileSketch sketch = new PercentileSketch();
    if (in.readVarint() == 0) {
      return sketch;
    }
    sketch.level = in.readByte();
    sketch.nans = in.readVarint();
    long previous = 0;
    for (long rest = in.readVarint(); rest > 0; rest--) {
      long zigzag = in.readVarint();
      previous += (zigzag >>> 1) ^ -(zigzag & 1);
      sketch.addBucket((int) previous, in.readVarint());
    }
    return sketch;
  }

  /** Hot. */
  private void addBucket(int index, long count) {
    int slot = slot(index);
    if (counts[slot] == 0) {
      indexes[slot] = index;
      size++;
    }
    counts[slot] += count;
    if (size * 4 > counts.length * 3) {
      rebuild(counts.length * 2, IntUnaryOperator.identity());
    }
    while (size > MAX_BUCKETS) {
      raiseLevel();
    }
  }

  /** Where a bucket is, or the empty slot where it would be. */
  private int slot(int index) {
    int mask = counts.length - 1;
    int slot = ((index * 0x9E3779B9) >>> 16) & mask;
    while (counts[slot] != 0 && indexes[slot] != index) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** Makes neighbouring buckets one. */
  private void raiseLevel() {
    int before = level++;
    rebuild(counts.length, index -> Buckets.raised(index, before));
  }

  private void rebuild(int slots, IntUnaryOperator newIndex) {
    int[] oldIndexes = indexes;
    long[] oldCounts = counts;
    indexes = new int[slots];
    counts = new long[slots];
    size = 0;
    for (int i = 0; i < oldCounts.length; i++) {
      if (oldCounts[i] > 0) {
        addBucket(newIndex.applyAsInt(oldIndexes[i]), oldCounts[i]);
      }
    }
  }

  private int[] ascending() {
    int[] filled = new int[size];
    int next = 0;
    for (int slot = 0; slot < counts.length; slot++) {
      if (counts[slot] > 0) {
        filled[next++] = indexes[slot];
      }
    }
    Arrays.sort(filled);
    return filled;
  }
}
