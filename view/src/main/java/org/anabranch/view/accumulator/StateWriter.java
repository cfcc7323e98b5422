// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.util.Arrays;

/** A growing run of bytes; numbers are big-endian, lengths are variable-length. */
public final class StateWriter {
  private byte[] bytes;
  private int size;

  public StateWriter() {
    this(64);
  }

  public StateWriter(int capacity) {
    this.bytes = new byte[Math.max(capacity, 16)];
  }

  public int size() {
    return size;
  }

  /**
   * The bytes written so far; only the first {@link #size} count, and only until the next write.
   */
  public byte[] array() {
    return bytes;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Starts again from nothing, keeping the room. */
  public void clear() {
    size = 0;
  }

  public void writeByte(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  public void writeInt(int value) {
    reserve(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  public void writeLong(long value) {
    reserve(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  /** An unsigned number in 1 to 10 bytes, seven bits a byte, lowest first. */
  public void writeVarint(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  public void writeBytes(byte[] source, int from, int length) {
    reserve(length);
    System.arraycopy(source, from, bytes, size, length);
    size += length;
  }

  /** A length and that many bytes. */
  public void writeBlock(byte[] source, int from, int length) {
    writeVarint(length);
    writeBytes(source, from, length);
  }

  private void reserve(int more) {
    int needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      long doubled = Math.min(Integer.MAX_VALUE - 16L, bytes.length * 2L);
      bytes = Arrays.copyOf(bytes, (int) Math.max(needed, doubled));
    }
  }
}
