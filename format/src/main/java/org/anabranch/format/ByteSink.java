// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow at the end. */
final class ByteSink {
  private byte[] bytes = new byte[256];
  private int length;

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  void add(int value) {
    if (length == bytes.length) {
      ensure(1);
    }
    bytes[length++] = (byte) value;
  }

  void add(byte[] source, int from, int to) {
    ensure(to - from);
    System.arraycopy(source, from, bytes, length, to - from);
    length += to - from;
  }

  void add(byte[] source) {
    add(source, 0, source.length);
  }

  void add(String text) {
    add(text.getBytes(StandardCharsets.UTF_8));
  }

  void addLong(long value) {
    add(Long.toString(value));
  }

  /** A number of at least so many digits, with zeros in front. */
  void addPadded(long value, int digits) {
    long power = 1;
    for (int i = 1; i < digits; i++) {
      power *= 10;
    }
    for (long rest = power; rest > value && rest > 1; rest /= 10) {
      add('0');
    }
    addLong(value);
  }

  void addCodePoint(int point) {
    if (point < 0x80) {
      add(point);
    } else if (point < 0x800) {
      add(0xc0 | (point >> 6));
      addContinuation(point);
    } else if (point < 0x10000) {
      add(0xe0 | (point >> 12));
      addContinuation(point >> 6);
      addContinuation(point);
    } else {
      add(0xf0 | (point >> 18));
      addContinuation(point >> 12);
      addContinuation(point >> 6);
      addContinuation(point);
    }
  }

  private void addContinuation(int bits) {
    add(0x80 | (bits & 0x3f));
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void ensure(int more) {
    int needed = Math.addExact(length, more);
    if (needed > bytes.length) {
      bytes =
          Arrays.copyOf(
              bytes, (int) Math.min(Integer.MAX_VALUE - 16, Math.max(needed, bytes.length * 2L)));
    }
  }
}
