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
  private int count;

  /** Hot kernel. The code of a text, which gets one if it has none. */
  public int code(byte[] bytes, int from, int to) {
    long hash = TextHash.of(bytes, from, to);
    long tag = hash >>> 32;
    long[] table = slots;
    int mask = table.length - 1;
    int slot = (int) hash & mask;
    while (table[slot] != 0) {
      if (table[slot] >>> 32 == tag) {
        int code = (int) (table[slot] & NUMBER) - 1;
        int at = TextArena.offset(places[code]);
        if (Arrays.equals(arena.page(places[code]), at, at + lengths[code], bytes, from, to)) {
          return code;
        }
      }
      slot = (slot + 1) & mask;
    }
    return insert(slot, hash, bytes, from, to - from);
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
    return arena.bytes() + slots.length * 8L + places.length * 12L;
  }

  private int insert(int slot, long hash, byte[] bytes, int from, int length) {
    int code = count;
    if (code == places.length) {
      places = Arrays.copyOf(places, code * 2);
      lengths = Arrays.copyOf(lengths, code * 2);
    }
    places[code] = arena.append(bytes, from, length);
    lengths[code] = length;
    slots[slot] = (hash & ~NUMBER) | (code + 1L);
    count = code + 1;
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
