// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.util.Arrays;

/**
 * Different doubles, ascending with NaN last, and how often each was seen: the multiset itself, as
 * long as there are few. Values are canonical: one NaN, no -0.0.
 */
final class FewValues {
  /** The largest number of different values. */
  static final int MOST = 64;

  private double[] values = new double[4];
  private long[] counts = new long[4];
  private int size;

  /** Counts a value so many times more, unless there are too many different ones already. */
  boolean add(double value, long times) {
    int found = Arrays.binarySearch(values, 0, size, value);
    if (found >= 0) {
      counts[found] += times;
      return true;
    }
    if (size == MOST) {
      return false;
    }
    insert(-found - 1, value, times);
    return true;
  }

  int size() {
    return size;
  }

  double value(int index) {
    return values[index];
  }

  long count(int index) {
    return counts[index];
  }

  /** The value of a rank, counted from 1, that is no more than there are. */
  double ofRank(long rank) {
    int index = 0;
    for (long rest = rank - counts[0]; rest > 0; rest -= counts[index]) {
      index++;
    }
    return values[index];
  }

  void encode(StateWriter out) {
    out.writeVarint(size);
    for (int i = 0; i < size; i++) {
      ValueBytes.writeDouble(values[i], out);
      out.writeVarint(counts[i]);
    }
  }

  static FewValues decode(StateReader in) {
    FewValues few = new FewValues();
    for (long rest = in.readVarint(); rest > 0; rest--) {
      double value = Double.longBitsToDouble(in.readLong());
      if (!few.add(value, in.readVarint())) {
        throw new IllegalArgumentException("Cannot read more than " + MOST + " different values");
      }
    }
    return few;
  }

  private void insert(int place, double value, long times) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    System.arraycopy(values, place, values, place + 1, size - place);
    System.arraycopy(counts, place, counts, place + 1, size - place);
    values[place] = value;
    counts[place] = times;
    size++;
  }
}
