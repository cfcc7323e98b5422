// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * How many numbers fell in which log-linear bucket. Merging two adds the counts.
 *
 * <p>A bucket is a range of doubles by their bits ({@link Buckets}); at the next level neighbouring
 * buckets are one. The level is the smallest at which at most 2048 buckets are not empty, which
 * makes the whole state a function of the multiset of numbers:
 *
 * <ul>
 *   <li>a multiset fills no fewer buckets than any part of it does, and no more at a higher level;
 *   <li>so the level is raised only when a part of the numbers fills too many buckets, hence all
 *       numbers do: it never gets higher than the smallest level that all numbers allow;
 *   <li>and after every add and merge it is raised until it is no lower.
 * </ul>
 *
 * <p>Counts are in a hash table with linear probing, at most three quarters full: 16 to 32 bytes of
 * heap a bucket, 48 KiB at most.
 */
final class BucketCounts {
  /** The largest number of buckets that are not empty. */
  static final int MOST = 2048;

  private static final int FEWEST_SLOTS = 128;

  private int level;
  private int size;
  private int[] indexes = new int[FEWEST_SLOTS];

  /** Zero where a slot is empty. */
  private long[] counts = new long[FEWEST_SLOTS];

  /** Counts a number that is not NaN so many times more. Hot. */
  void add(double value, long times) {
    addBucket(Buckets.index(value, level), times);
  }

  /** Adds all counts of the other, which stays as it is. */
  void add(BucketCounts other) {
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

  /** How coarse the buckets are: 0 to 9. */
  int level() {
    return level;
  }

  /** About the number of a rank, counted from 1: the middle of its bucket. */
  double ofRank(long rank) {
    long rest = rank;
    for (int index : ascending()) {
      rest -= counts[slot(index)];
      if (rest <= 0) {
        return Buckets.middle(index, level);
      }
    }
    throw new IllegalArgumentException("Cannot find rank " + rank + ": there are fewer numbers");
  }

  void encode(StateWriter out) {
    out.writeVarint(size);
    long previous = 0;
    for (int index : ascending()) {
      long difference = index - previous;
      out.writeVarint((difference << 1) ^ (difference >> 63));
      out.writeVarint(counts[slot(index)]);
      previous = index;
    }
  }

  static BucketCounts decode(int level, StateReader in) {
    BucketCounts buckets = new BucketCounts();
    buckets.level = level;
    long previous = 0;
    for (long rest = in.readVarint(); rest > 0; rest--) {
      long zigzag = in.readVarint();
      previous += (zigzag >>> 1) ^ -(zigzag & 1);
      buckets.addBucket((int) previous, in.readVarint());
    }
    return buckets;
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
    while (size > MOST) {
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
