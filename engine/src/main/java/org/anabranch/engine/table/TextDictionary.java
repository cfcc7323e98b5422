// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.table;

import java.util.Arrays;
import org.anabranch.engine.operator.TextHash;

/** Numbers texts in order of appearance: equal bytes have equal codes, from 0. */
public final class TextDictionary {
  private static final long NUMBER = 0xFFFF_FFFFL;

  private final TextArena arena = new TextArena();
  private long[] slots = new long[64];
  private long[] places = new long[16];
  private int[] lengths = new int[16];
  /** The first and the last bytes of each text: all of most texts. */
  private long[] ends = new long[32];
  private int count;

  /** Hot kernel. The code of a text, which gets one if it has none. */
  public int code(byte[] bytes, int from, int to) {
    long first = TextHash.first(bytes, from, to);
    long last = TextHash.last(bytes, from, to);
    long hash = TextHash.of(bytes, from, to, first, last);
    long[] table = slots;
    int mask = table.length - 1;
    int slot = (int) hash & mask;
    while (table[slot] != 0) {
      if (table[slot] >>> 32 == hash >>> 32) {
        int code = (int) (table[slot] & NUMBER) - 1;
        if (lengths[code] == to - from
            && ends[2 * code] == first
            && ends[2 * code + 1] == last
            && (to - from <= 16 || hasMiddle(code, bytes, from, to))) {
          return code;
        }
      }
      slot = (slot + 1) & mask;
    }
    ends[2 * count] = first;
    ends[2 * count + 1] = last;
    return insert(slot, hash, bytes, from, to - from);
  }

  private boolean hasMiddle(int code, byte[] bytes, int from, int to) {
    int at = start(code);
    return Arrays.equals(page(code), at, at + to - from, bytes, from, to);
  }

  /** The page that holds a code's text. */
  public byte[] page(int code) {
    return arena.page(places[code]);
  }

  /** Where in its page a code's text starts. */
  public int start(int code) {
    return TextArena.offset(places[code]);
  }

  public int length(int code) {
    return lengths[code];
  }

  /** The order of two codes' texts by unsigned bytes. */
  public int compare(int left, int right) {
    return Arrays.compareUnsigned(
        page(left),
        start(left),
        start(left) + lengths[left],
        page(right),
        start(right),
        start(right) + lengths[right]);
  }

  /** About how many bytes of heap this takes. */
  public long bytes() {
    return arena.bytes() + slots.length * 8L + places.length * 28L;
  }

  private int insert(int slot, long hash, byte[] bytes, int from, int length) {
    int code = count;
    places[code] = arena.append(bytes, from, length);
    lengths[code] = length;
    slots[slot] = (hash & ~NUMBER) | (code + 1L);
    count = code + 1;
    if (count == places.length) {
      places = Arrays.copyOf(places, count * 2);
      lengths = Arrays.copyOf(lengths, count * 2);
      ends = Arrays.copyOf(ends, count * 4);
    }
    if (count > slots.length / 2) {
      rehash();
    }
    return code;
  }

  private void rehash() {
    if (slots.length >= 1 << 30) {
      throw new IllegalStateException("Cannot hold more than " + count + " texts in one segment");
    }
    long[] larger = new long[slots.length * 2];
    int mask = larger.length - 1;
    for (int code = 0; code < count; code++) {
      long hash = TextHash.of(page(code), start(code), start(code) + lengths[code]);
      int slot = (int) hash & mask;
      while (larger[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      larger[slot] = (hash & ~NUMBER) | (code + 1L);
    }
    slots = larger;
  }
}
