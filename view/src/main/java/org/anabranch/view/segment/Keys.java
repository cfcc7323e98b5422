// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import java.nio.ByteBuffer;

/** Comparing keys where they lie, as unsigned bytes. */
final class Keys {
  private Keys() {}

  static int compare(ByteBuffer left, byte[] right) {
    return compare(left, left.position(), left.remaining(), right);
  }

  /** Compares {@code length} bytes of a big-endian buffer with a whole array. Hot. */
  static int compare(ByteBuffer left, int from, int length, byte[] right) {
    int shared = Math.min(length, right.length);
    for (int i = 0; i < shared; i++) {
      int difference = (left.get(from + i) & 0xFF) - (right[i] & 0xFF);
      if (difference != 0) {
        return difference;
      }
    }
    return length - right.length;
  }

  /** Compares what remains in two big-endian buffers. Hot: eight bytes at a time. */
  static int compare(ByteBuffer left, ByteBuffer right) {
    int a = left.position();
    int b = right.position();
    int shared = Math.min(left.remaining(), right.remaining());
    int i = 0;
    for (; i + Long.BYTES <= shared; i += Long.BYTES) {
      int difference = Long.compareUnsigned(left.getLong(a + i), right.getLong(b + i));
      if (difference != 0) {
        return difference;
      }
    }
    for (; i < shared; i++) {
      int difference = (left.get(a + i) & 0xFF) - (right.get(b + i) & 0xFF);
      if (difference != 0) {
        return difference;
      }
    }
    return left.remaining() - right.remaining();
  }
}
