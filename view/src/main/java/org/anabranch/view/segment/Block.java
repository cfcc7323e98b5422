// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import java.nio.ByteBuffer;

/**
 * A cursor over the entries of one block that was checked. It reads the bytes where they lie and
 * never moves the buffer.
 */
final class Block {
  private final ByteBuffer bytes;
  private final int start;
  private final int count;
  private final int end;
  private int at;
  private int next;
  private int keyStart;
  private int keyLength;
  private int stateStart;
  private int stateLength;

  Block(ByteBuffer bytes, int start, int length, int count) {
    this.bytes = bytes;
    this.start = start;
    this.count = count;
    this.end = start + length - count * Integer.BYTES;
  }

  int count() {
    return count;
  }

  /** Where the entries end and their offsets begin. */
  int end() {
    return end;
  }

  /** Where the entry after the current one starts. */
  int next() {
    return next;
  }

  /** The start of an entry, as the offsets say. */
  int entryStart(int entry) {
    return start + bytes.getInt(end + entry * Integer.BYTES);
  }

  void moveTo(int entry) {
    readEntry(entryStart(entry));
  }

  /** Goes to the entry behind the current one. */
  void advance() {
    readEntry(next);
  }

  void readEntry(int from) {
    at = from;
    keyLength = readVarint();
    keyStart = at;
    at = Math.addExact(keyStart, keyLength);
    stateLength = readVarint();
    stateStart = at;
    next = Math.addExact(stateStart, stateLength);
  }

  private int readVarint() {
    int value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      byte part = bytes.get(at++);
      value |= (part & 0x7F) << shift;
      if (part >= 0) {
        if (value < 0) {
          break;
        }
        return value;
      }
    }
    throw new IllegalArgumentException("a length at " + (at - start) + " is out of range");
  }

  int compareKey(byte[] key) {
    return Keys.compare(bytes, keyStart, keyLength, key);
  }

  /** The first entry whose key is not before the given key; {@link #count} if there is none. */
  int lowerBound(byte[] key) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      moveTo(middle);
      if (compareKey(key) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Makes a view of the buffer show the current key. */
  void showKey(ByteBuffer view) {
    view.limit(keyStart + keyLength).position(keyStart);
  }

  /** Makes a view of the buffer show the current state. */
  void showState(ByteBuffer view) {
    view.limit(stateStart + stateLength).position(stateStart);
  }

  byte[] key() {
    byte[] key = new byte[keyLength];
    bytes.get(keyStart, key);
    return key;
  }

  ByteBuffer state() {
    return bytes.slice(stateStart, stateLength);
  }

  ByteBuffer bytes() {
    return bytes;
  }

  /**
   * Checks that the entries fill the block exactly as the offsets say, with ascending keys.
   *
   * @throws RuntimeException if not: out of bounds or an {@link IllegalArgumentException}
   */
  void check(byte[] firstKey) {
    byte[] before = null;
    next = start;
    for (int entry = 0; entry < count; entry++) {
      if (next != entryStart(entry)) {
        throw new IllegalArgumentException("entry " + entry + " is not where its offset says");
      }
      advance();
      if (next > end) {
        throw new IllegalArgumentException("entry " + entry + " reaches past the entries' end");
      }
      if (before == null ? compareKey(firstKey) != 0 : compareKey(before) <= 0) {
        throw new IllegalArgumentException("the key of entry " + entry + " is out of order");
      }
      before = key();
    }
    if (next != end) {
      throw new IllegalArgumentException("the entries end at " + (next - start));
    }
  }
}
