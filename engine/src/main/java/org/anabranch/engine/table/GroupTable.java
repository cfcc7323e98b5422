// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.table;

import org.anabranch.engine.operator.Selection;
import org.anabranch.engine.operator.TextHash;

/**
 * Finds the record whose leading words are a row's key, or appends one. Open addressing with linear
 * probing over a power of two of slots, at most half of them taken; a slot holds the upper half of
 * the key's hash beside the record's number, so that other keys are rarely looked at.
 */
public final class GroupTable {
  private static final long NUMBER = 0xFFFF_FFFFL;

  /** Below so many slots only a quarter of them is taken: few keys are looked at twice. */
  private static final int ROOMY = 1 << 20;

  private final Records records;
  private int words;
  private long[] slots = new long[64];
  private long[] hashes = new long[0];
  private long[] entries = new long[0];

  /**
   * @param records where keys are kept, as their first words
   * @param words how many words a key has, at least one
   */
  public GroupTable(Records records, int words) {
    this.records = records;
    this.words = words;
  }

  /**
   * Sets {@code groups[row]} for every selected row.
   *
   * @param keys the words of the keys, by word and row
   */
  public void find(long[][] keys, Selection selection, int[] groups) {
    hash(keys, selection);
    switch (words) {
      case 1 -> findOne(keys[0], selection, groups);
      case 2 -> findTwo(keys[0], keys[1], selection, groups);
      default -> findMany(keys, selection, groups);
    }
  }

  /**
   * Hot kernel. Also reads the first slot of every row: nothing depends on what is read, so that
   * the processor waits for many slots of a large table at once.
   */
  private void hash(long[][] keys, Selection selection) {
    int n = selection.count();
    if (hashes.length < n) {
      hashes = new long[n];
      entries = new long[n];
    }
    long[] target = hashes;
    int[] rows = selection.rows();
    long[] first = keys[0];
    for (int i = 0; i < n; i++) {
      target[i] = TextHash.mix(first[rows[i]]);
    }
    for (int word = 1; word < words; word++) {
      long[] next = keys[word];
      for (int i = 0; i < n; i++) {
        target[i] = TextHash.mix(Long.rotateLeft(target[i], 29) ^ next[rows[i]]);
      }
    }
    long[] table = slots;
    int mask = table.length - 1;
    long[] seen = entries;
    for (int i = 0; i < n; i++) {
      seen[i] = table[(int) target[i] & mask];
    }
  }

  /** Hot kernel. */
  private void findOne(long[] key, Selection selection, int[] groups) {
    long[][] pages = records.pages();
    int stride = records.stride();
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int row = rows[i];
      long wanted = key[row];
      long entry = entries[i];
      int record = (int) (entry & NUMBER) - 1;
      if (entry == 0
          || entry >>> 32 != hashes[i] >>> 32
          || pages[record >>> Records.SHIFT][(record & Records.MASK) * stride] != wanted) {
        record = probeOne(wanted, hashes[i]);
        pages = records.pages();
      }
      groups[row] = record;
    }
  }

  private int probeOne(long wanted, long hash) {
    int mask = slots.length - 1;
    int slot = (int) hash & mask;
    while (slots[slot] != 0) {
      int record = (int) (slots[slot] & NUMBER) - 1;
      if (slots[slot] >>> 32 == hash >>> 32 && records.get(record, 0) == wanted) {
        return record;
      }
      slot = (slot + 1) & mask;
    }
    int record = insert(slot, hash);
    records.set(record, 0, wanted);
    return record;
  }

  /** Hot kernel. */
  private void findTwo(long[] first, long[] second, Selection selection, int[] groups) {
    long[][] pages = records.pages();
    int stride = records.stride();
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int row = rows[i];
      long one = first[row];
      long two = second[row];
      long entry = entries[i];
      int record = (int) (entry & NUMBER) - 1;
      boolean found = false;
      if (entry != 0 && entry >>> 32 == hashes[i] >>> 32) {
        long[] page = pages[record >>> Records.SHIFT];
        int at = (record & Records.MASK) * stride;
        found = page[at] == one && page[at + 1] == two;
      }
      if (!found) {
        record = probeTwo(one, two, hashes[i]);
        pages = records.pages();
      }
      groups[row] = record;
    }
  }

  private int probeTwo(long one, long two, long hash) {
    int mask = slots.length - 1;
    int slot = (int) hash & mask;
    while (slots[slot] != 0) {
      int record = (int) (slots[slot] & NUMBER) - 1;
      if (slots[slot] >>> 32 == hash >>> 32
          && records.get(record, 0) == one
          && records.get(record, 1) == two) {
        return record;
      }
      slot = (slot + 1) & mask;
    }
    int record = insert(slot, hash);
    records.set(record, 0, one);
    records.set(record, 1, two);
    return record;
  }

  /** Hot kernel. */
  private void findMany(long[][] keys, Selection selection, int[] groups) {
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int row = rows[i];
      long[] table = slots;
      long tag = hashes[i] >>> 32;
      int mask = table.length - 1;
      int slot = (int) hashes[i] & mask;
      int found = -1;
      while (table[slot] != 0) {
        int record = (int) (table[slot] & NUMBER) - 1;
        if (table[slot] >>> 32 == tag && holds(record, keys, row)) {
          found = record;
          break;
        }
        slot = (slot + 1) & mask;
      }
      if (found < 0) {
        found = insert(slot, hashes[i]);
        for (int word = 0; word < words; word++) {
          records.set(found, word, keys[word][row]);
        }
      }
      groups[row] = found;
    }
  }

  private boolean holds(int record, long[][] keys, int row) {
    long[] page = records.pages()[record >>> Records.SHIFT];
    int at = (record & Records.MASK) * records.stride();
    for (int word = 0; word < words; word++) {
      if (page[at + word] != keys[word][row]) {
        return false;
      }
    }
    return true;
  }

  /**
   * From now on keys have one word more, which is the next one of the records. It must have been
   * zero for all rows before, as it is in the records.
   */
  public void widen() {
    words++;
    rehash(slots.length);
  }

  /** A new record; its words are to be set before the next call, which may need them. */
  private int insert(int slot, long hash) {
    if (records.count() >= slots.length / (slots.length < ROOMY ? 4 : 2)) {
      rehash(slots.length * 2);
      int mask = slots.length - 1;
      int free = (int) hash & mask;
      while (slots[free] != 0) {
        free = (free + 1) & mask;
      }
      return put(free, hash);
    }
    return put(slot, hash);
  }

  private int put(int slot, long hash) {
    int record = records.append();
    slots[slot] = (hash & ~NUMBER) | (record + 1L);
    return record;
  }

  /** The lower half of a hash is not kept, so it is computed again from the record's words. */
  private void rehash(int size) {
    if (size <= 0 || size > 1 << 30) {
      throw new IllegalStateException(
          "Cannot hold more than " + records.count() + " groups in one segment");
    }
    long[] larger = new long[size];
    int mask = larger.length - 1;
    for (int record = 0; record < records.count(); record++) {
      long hash = TextHash.mix(records.get(record, 0));
      for (int word = 1; word < words; word++) {
        hash = TextHash.mix(Long.rotateLeft(hash, 29) ^ records.get(record, word));
      }
      int slot = (int) hash & mask;
      while (larger[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      larger[slot] = (hash & ~NUMBER) | (record + 1L);
    }
    slots = larger;
  }

  /** About how many bytes of heap this takes, without the records. */
  public long bytes() {
    return (slots.length + 2L * hashes.length) * 8;
  }
}
