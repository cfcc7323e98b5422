// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Validation of UTF-8: shortest forms only, no surrogates, at most U+10FFFF. */
final class Utf8 {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8() {}

  /**
   * @return the index of the first byte that does not belong to valid UTF-8, or -1
   */
  static int firstInvalid(byte[] bytes, int from, int to) {
    int position = from;
    while (true) {
      position = endOfAscii(bytes, position, to);
      if (position == to) {
        return -1;
      }
      int length = sequence(bytes, position, to);
      if (length == 0) {
        return position;
      }
      position += length;
    }
  }

  private static int endOfAscii(byte[] bytes, int from, int to) {
    int position = from;
    while (position + 8 <= to && ((long) WORDS.get(bytes, position) & HIGH_BITS) == 0) {
      position += 8;
    }
    while (position < to && bytes[position] >= 0) {
      position++;
    }
    return position;
  }

  /** The length of the multi-byte sequence at a position, or 0 if it is not a valid one. */
  private static int sequence(byte[] bytes, int position, int to) {
    int first = bytes[position] & 0xff;
    int length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (length == 0 || position + length > to) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((bytes[position + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    int second = bytes[position + 1] & 0xff;
    boolean wrong =
        switch (first) {
          case 0xe0 -> second < 0xa0;
          case 0xed -> second > 0x9f;
          case 0xf0 -> second < 0x90;
          case 0xf4 -> second > 0x8f;
          default -> false;
        };
    return wrong ? 0 : length;
  }
}
