// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.table;

import java.util.Arrays;

/**
 * Numbered records of a fixed number of longs, all zero at first. Record r is {@code pages()[r >>>
 * SHIFT]} from index {@code (r & MASK) * stride()} on: what is used together lies together, nothing
 * is copied when there are more, and no array is large.
 */
public final class Records {
  public static final int SHIFT = 10;
  public static final int MASK = (1 << SHIFT) - 1;
  private static final int FIRST = 16;

  private final int stride;
  private long[][] pages;
  private int count;

  /**
   * @param stride longs a record
   */
  public Records(int stride) {
    this.stride = stride;
    this.pages = new long[][] {new long[FIRST * stride]};
  }

  public int stride() {
    return stride;
  }

  /** The pages; to be asked for again after {@link #append}. */
  public long[][] pages() {
    return pages;
  }

  public int count() {
    return count;
  }

  /** A new record: its number is the count before. */
  public int append() {
    int record = count;
    if (record == Integer.MAX_VALUE) {
      throw new IllegalStateException("Cannot hold more than " + record + " groups in one segment");
    }
    if ((record & MASK) * stride >= pages[record >>> SHIFT].length) {
      pages[0] = Arrays.copyOf(pages[0], Math.min(pages[0].length * 2, stride << SHIFT));
    }
    count = record + 1;
    reservePage(count >>> SHIFT);
    return record;
  }

  private void reservePage(int page) {
    if (page == pages.length) {
      pages = Arrays.copyOf(pages, page * 2);
    }
    if (pages[page] == null) {
      pages[page] = new long[stride << SHIFT];
    }
  }

  public long get(int record, int word) {
    return pages[record >>> SHIFT][(record & MASK) * stride + word];
  }

  public void set(int record, int word, long value) {
    pages[record >>> SHIFT][(record & MASK) * stride + word] = value;
  }

  /** About how many bytes of heap this takes. */
  public long bytes() {
    long full = (long) (count >>> SHIFT) * stride * (8 << SHIFT);
    return full + pages.length * 8L + (count <= MASK ? pages[0].length * 8L : 0);
  }
}
