// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.nio.ByteBuffer;

/**
 * Reads what a {@link StateWriter} wrote. Running out of bytes is a {@link
 * java.nio.BufferUnderflowException}: the bytes were checked by their digest before they came here.
 */
public final class StateReader {
  private final ByteBuffer bytes;

  /** Reads from the buffer's position to its limit, moving the position. */
  public StateReader(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  public StateReader(byte[] bytes) {
    this(ByteBuffer.wrap(bytes));
  }

  public boolean hasRemaining() {
    return bytes.hasRemaining();
  }

  public int readByte() {
    return bytes.get() & 0xFF;
  }

  public int readInt() {
    return bytes.getInt();
  }

  public long readLong() {
    return bytes.getLong();
  }

  public long readVarint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = bytes.get();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("Cannot read a number of more than ten bytes");
  }

  public byte[] readBytes(int length) {
    byte[] block = new byte[length];
    bytes.get(block);
    return block;
  }

  public byte[] readBlock() {
    long length = readVarint();
    if (length < 0 || length > bytes.remaining()) {
      throw new IllegalArgumentException(
          "Cannot read a block of " + length + " bytes: " + bytes.remaining() + " are left");
    }
    return readBytes((int) length);
  }
}
