// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.util.Arrays;

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
 * <p>Heap: 40 bytes, 32 for two arrays and 12 for every bucket of room.
 */
public final class PercentileSketch implements MergeableState<PercentileSketch> {
  /** The largest number of buckets that are not empty. */
  public static final int MAX_BUCKETS = 2048;

  private static final int[] NO_INDEXES = {};
  private static final long[] NO_COUNTS = {};

  private int level;
  private long nans;
  private int[] indexes = NO_INDEXES;
  private long[] counts = NO_COUNTS;
  private int size;

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
    for (int i = 0; i < other.size; i++) {
      int index = other.indexes[i];
      for (int from = other.level; from < level; from++) {
        index = Buckets.raised(index, from);
      }
      addBucket(index, other.counts[i]);
    }
  }

  public long count() {
    long count = nans;
    for (int i = 0; i < size; i++) {
      count += counts[i];
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
    for (int i = 0; i < size; i++) {
      rank -= counts[i];
      if (rank < 0) {
        return Buckets.middle(indexes[i], level);
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
    for (int i = 0; i < size; i++) {
      long difference = indexes[i] - previous;
      out.writeVarint((difference << 1) ^ (difference >> 63));
      out.writeVarint(counts[i]);
      previous = indexes[i];
    }
  }

  public static PercentileSketch decode(StateReader in) {
    PercentileSketch sketch = new PercentileSketch();
    if (in.readVarint() == 0) {
      return sketch;
    }
    sketch.level = in.readByte();
    sketch.nans = in.readVarint();
    sketch.size = (int) in.readVarint();
    sketch.indexes = new int[sketch.size];
    sketch.counts = new long[sketch.size];
    long previous = 0;
    for (int i = 0; i < sketch.size; i++) {
      long zigzag = in.readVarint();
      previous += (zigzag >>> 1) ^ -(zigzag & 1);
      sketch.indexes[i] = (int) previous;
      sketch.counts[i] = in.readVarint();
    }
    return sketch;
  }

  private void addBucket(int index, long count) {
    int found = Arrays.binarySearch(indexes, 0, size, index);
    if (found >= 0) {
      counts[found] += count;
      return;
    }
    insert(-found - 1, index, count);
    while (size > MAX_BUCKETS) {
      raiseLevel();
    }
  }

  private void insert(int place, int index, long count) {
    if (size == indexes.length) {
      int room = Math.min(MAX_BUCKETS + 1, Math.max(4, size * 2));
      indexes = Arrays.copyOf(indexes, room);
      counts = Arrays.copyOf(counts, room);
    }
    System.arraycopy(indexes, place, indexes, place + 1, size - place);
    System.arraycopy(counts, place, counts, place + 1, size - place);
    indexes[place] = index;
    counts[place] = count;
    size++;
  }

  /** Makes neighbouring buckets one; their order stays. */
  private void raiseLevel() {
    int last = -1;
    for (int i = 0; i < size; i++) {
      int index = Buckets.raised(indexes[i], level);
      if (last >= 0 && indexes[last] == index) {
        counts[last] += counts[i];
      } else {
        last++;
        indexes[last] = index;
        counts[last] = counts[i];
      }
    }
    size = last + 1;
    level++;
  }
}
