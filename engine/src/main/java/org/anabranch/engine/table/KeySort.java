// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Sorts different keys, none a prefix of another, by their unsigned bytes: eight bytes at a time as
 * one number, by radix; keys that share them by the next eight.
 */
public final class KeySort {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int SMALL = 48;

  private final TextArena arena;
  private final long[] places;
  private final int[] lengths;
  private final int[] order;
  private final int[] orderScratch;
  private final long[] words;
  private final long[] wordsScratch;

  private KeySort(TextArena arena, long[] places, int[] lengths, int count) {
    this.arena = arena;
    this.places = places;
    this.lengths = lengths;
    this.order = new int[count];
    this.orderScratch = new int[count];
    this.words = new long[count];
    this.wordsScratch = new long[count];
    Arrays.setAll(order, i -> i);
  }

  /** The numbers of the first {@code count} keys in order of their bytes. */
  public static int[] sort(TextArena arena, long[] places, int[] lengths, int count) {
    KeySort sort = new KeySort(arena, places, lengths, count);
    sort.sort(0, count, 0);
    return sort.order;
  }

  private void sort(int from, int to, int depth) {
    if (to - from < 2) {
      return;
    }
    if (depth > lengths[order[from]]) {
      throw new IllegalStateException("Cannot sort keys: two groups have one key");
    }
    for (int i = from; i < to; i++) {
      words[i] = word(order[i], depth);
    }
    if (to - from < SMALL) {
      insert(from, to);
    } else {
      radix(from, to);
    }
    int start = from;
    for (int i = from + 1; i <= to; i++) {
      if (i == to || words[i] != words[start]) {
        sort(start, i, depth + 8);
        start = i;
      }
    }
  }

  /** Eight bytes of a key as an unsigned number, zeros after its end. */
  private long word(int key, int depth) {
    byte[] page = arena.page(places[key]);
    int left = lengths[key] - depth;
    int at = TextArena.offset(places[key]) + depth;
    if (left >= 8) {
      return (long) LONGS.get(page, at);
    }
    long word = 0;
    for (int i = 0; i < left; i++) {
      word |= (page[at + i] & 0xFFL) << (56 - 8 * i);
    }
    return word;
  }

  private void insert(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      long word = words[i];
      int key = order[i];
      int at = i;
      for (; at > from && Long.compareUnsigned(words[at - 1], word) > 0; at--) {
        words[at] = words[at - 1];
        order[at] = order[at - 1];
      }
      words[at] = word;
      order[at] = key;
    }
  }

  /** Hot kernel. From the lowest byte to the highest, leaving out bytes that are all equal. */
  private void radix(int from, int to) {
    int[][] counts = new int[8][256];
    for (int i = from; i < to; i++) {
      long word = words[i];
      for (int digit = 0; digit < 8; digit++) {
        counts[digit][(int) (word >>> (8 * digit)) & 0xFF]++;
      }
    }
    for (int digit = 0; digit < 8; digit++) {
      int shift = 8 * digit;
      if (counts[digit][(int) (words[from] >>> shift) & 0xFF] < to - from) {
        scatter(from, to, shift, counts[digit]);
      }
    }
  }

  private void scatter(int from, int to, int shift, int[] counts) {
    int next = from;
    for (int value = 0; value < 256; value++) {
      int count = counts[value];
      counts[value] = next;
      next += count;
    }
    for (int i = from; i < to; i++) {
      int target = counts[(int) (words[i] >>> shift) & 0xFF]++;
      wordsScratch[target] = words[i];
      orderScratch[target] = order[i];
    }
    System.arraycopy(wordsScratch, from, words, from, to - from);
    System.arraycopy(orderScratch, from, order, from, to - from);
  }
}
