// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** The bytes of a file as buffers of one size, the last of which may be smaller. */
final class Parts {
  private final ByteBuffer[] buffers;
  private final int partSize;
  private final long length;

  Parts(List<ByteBuffer> parts) {
    buffers =
        parts.stream()
            .map(part -> part.slice().asReadOnlyBuffer().order(ByteOrder.BIG_ENDIAN))
            .toArray(ByteBuffer[]::new);
    partSize = buffers.length == 0 ? 1 : Math.max(1, buffers[0].capacity());
    long total = 0;
    for (int i = 0; i < buffers.length; i++) {
      boolean last = i == buffers.length - 1;
      if (last ? buffers[i].capacity() > partSize : buffers[i].capacity() != partSize) {
        throw new IllegalArgumentException(
            "Cannot read part " + i + " of " + buffers[i].capacity() + " bytes after " + partSize);
      }
      total += buffers[i].capacity();
    }
    length = total;
  }

  long length() {
    return length;
  }

  /** How much of it is on the heap and not mapped. */
  long heapBytes() {
    return buffers.length == 0 || buffers[0].isDirect() ? 0 : length;
  }

  /** Whether the bytes lie in a file, where others can change them. */
  boolean isMapped() {
    return buffers.length > 0 && buffers[0].isDirect();
  }

  int count() {
    return buffers.length;
  }

  int partSize() {
    return partSize;
  }

  /** The buffer that holds the byte; not to be moved. */
  ByteBuffer at(long offset) {
    return buffers[(int) (offset / partSize)];
  }

  /** Where in its buffer the byte is. */
  int within(long offset) {
    return (int) (offset % partSize);
  }

  /** A copy of bytes that may lie across parts. */
  byte[] copy(long offset, int count) {
    byte[] bytes = new byte[count];
    int copied = 0;
    while (copied < count) {
      ByteBuffer part = at(offset + copied);
      int from = within(offset + copied);
      int run = Math.min(count - copied, part.capacity() - from);
      part.get(from, bytes, copied, run);
      copied += run;
    }
    return bytes;
  }
}
