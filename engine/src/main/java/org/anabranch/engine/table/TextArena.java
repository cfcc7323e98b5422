// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.table;

import java.util.Arrays;

/**
 * Runs of bytes in pages that are never moved. A place is {@code page << 32 | offset}; who keeps
 * the place keeps the length.
 */
public final class TextArena {
  private static final int FIRST = 1 << 10;
  private static final int LARGEST = 1 << 18;

  private byte[][] pages = {new byte[FIRST]};
  private int current;
  private int used;
  private long bytes = FIRST;

  /** Copies bytes to a new place. */
  public long append(byte[] source, int from, int length) {
    long place = reserve(length);
    System.arraycopy(source, from, page(place), offset(place), length);
    return place;
  }

  /** A new place for so many bytes. */
  public long reserve(int length) {
    if (length > pages[current].length - used) {
      int size = Math.max(length, Math.min(LARGEST, pages[current].length * 2));
      current++;
      if (current == pages.length) {
        pages = Arrays.copyOf(pages, current * 2);
      }
      pages[current] = new byte[size];
      bytes += size;
      used = 0;
    }
    long place = (long) current << 32 | used;
    used += length;
    return place;
  }

  /** The page of a place. */
  public byte[] page(long place) {
    return pages[(int) (place >>> 32)];
  }

  /** Where in its page a place is. */
  public static int offset(long place) {
    return (int) place;
  }

  /** About how many bytes of heap this takes. */
  public long bytes() {
    return bytes + pages.length * 8L;
  }
}
