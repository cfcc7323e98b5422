// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.table;

import java.util.Arrays;

/** Sorts longs by an order of their own, without boxes. */
final class LongSort {
  private LongSort() {}

  /** An order of codes. */
  @FunctionalInterface
  interface Order {
    int compare(int left, int right);
  }

  /** Sorts the first codes, which fit an int. */
  static void sort(long[] codes, int count, Order order) {
    merge(Arrays.copyOf(codes, count), codes, 0, count, order);
  }

  /** Sorts the range of target; source holds the same values and is used up. */
  private static void merge(long[] source, long[] target, int from, int to, Order order) {
    if (to - from < 2) {
      return;
    }
    int middle = (from + to) >>> 1;
    merge(target, source, from, middle, order);
    merge(target, source, middle, to, order);
    int left = from;
    int right = middle;
    for (int i = from; i < to; i++) {
      boolean takeLeft =
          left < middle
              && (right == to || order.compare((int) source[left], (int) source[right]) <= 0);
      target[i] = takeLeft ? source[left++] : source[right++];
    }
  }
}
