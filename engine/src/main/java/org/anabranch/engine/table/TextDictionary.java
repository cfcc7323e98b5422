// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.table;

import java.util.Arrays;
import org.anabranch.engine.operator.TextHash;

/**
 * Numbers texts in order of appearance: equal bytes have equal codes, from 0. What a text is
 * compared by lies together: its first and last eight bytes, its place and its length.
 */
public final class TextDictionary {
  private static final long NUMBER = 0xFFFF_FFFFL;
  private static final int WORDS = 4;
  private static final int FIRST = 0;
  private static final int LAST = 1;
  private static final int PLACE = 2;
  private static final int LENGTH = 3;

  /** Below so many slots only a quarter of them is taken: few texts are found at once. */
  private static final int ROOMY = 1 << 16;

  private final TextArena arena = new TextArena();
  private long[] slots = new long[64];
  private long[] texts = new long[16 * WORDS];
  private int count;

  /** Hot kernel. The code of a text, which gets one if it has none. */
  public int code(byte[] bytes, int from, int to) {
    long first = TextHash.first(bytes, from, to);
    long last = TextHash.last(bytes, from, to);
    long hash = TextHash.of(bytes, from, to, first, last);
    long[] table = slots;
    long[] known = texts;
    int length = to - from;
    int mask = table.length - 1;
    int slot = (int) hash & mask;
    while (table[slot] != 0) {
      if (table[slot] >>> 32 == hash >>> 32) {
        int code = (int) (table[slot] & NUMBER) - 1;
        int at = code * WORDS;
        if (known[at + LENGTH] == length
            && known[at + FIRST] == first
            && known[at + LAST] == last
            && (length <= 16 || hasMiddle(code, bytes, from, to))) {
          return code;
        }
      }
      slot = (slot + 1) & mask;
    }
    texts[count * WORDS + FIRST] = first;
    texts[count * WORDS + LAST] = last;
    return insert(slot, hash, bytes, from, length);
  }

  private boolean hasMiddle(int code, byte[] bytes, int from, int to) {
    int at = start(code);
    return Arrays.equals(page(code), at, at + to - from, bytes, from, to);
  }

  /** The page that holds a code's text. */
  public byte[] page(int code) {
    return arena.page(texts[code * WORDS + PLACE]);
  }

  /** Where in its page a code's text starts. */
  public int start(int code) {
    return TextArena.offset(texts[code * WORDS + PLACE]);
  }

  public int length(int code) {
    return (int) texts[code * WORDS + LENGTH];
  }

  /** The order of two codes' texts by unsigned bytes. */
  public int compare(int left, int right) {
    return Arrays.compareUnsigned(
        page(left),
        start(left),
        start(left) + length(left),
        page(right),
        start(right),
        start(right) + length(right));
  }

  /** About how many bytes of heap this takes. */
  public long bytes() {
    return arena.bytes() + (slots.length + (long) texts.length) * 8;
  }

  private int insert(int slot, long hash, byte[] bytes, int from, int length) {
    int code = count;
    texts[code * WORDS + PLACE] = arena.append(bytes, from, length);
    texts[code * WORDS + LENGTH] = length;
    slots[slot] = (hash & ~NUMBER) | (code + 1L);
    count = code + 1;
    if (count * WORDS == texts.length) {
      grow();
    }
    if (count > slots.length / (slots.length < ROOMY ? 4 : 2)) {
      rehash();
    }
    return code;
  }

  private void grow() {
    if (texts.length > 1 << 29) {
      throw new IllegalStateException("Cannot hold more than " + count + " texts in one segment");
    }
    texts = Arrays.copyOf(texts, texts.length * 2);
  }

  private void rehash() {
    long[] larger = new long[slots.length * 2];
    int mask = larger.length - 1;
    for (int code = 0; code < count; code++) {
      long hash = TextHash.of(page(code), start(code), start(code) + length(code));
      int slot = (int) hash & mask;
      while (larger[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      larger[slot] = (hash & ~NUMBER) | (code + 1L);
    }
    slots = larger;
  }
}
