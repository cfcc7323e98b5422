// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/** Integers of 192 bits in three longs, most significant first, and their integer blocks. */
final class TwosComplement {
  private TwosComplement() {}

  /** The least b with -2^b <= value < 2^b, as {@link BigInteger#bitLength}. */
  static int bitLength(long high, long low) {
    long sign = high >> 63;
    if (high == low >> 63) {
      return 64 - Long.numberOfLeadingZeros(low ^ (low >> 63));
    }
    return 128 - Long.numberOfLeadingZeros(high ^ sign);
  }

  static int bitLength(long high, long middle, long low) {
    return high == middle >> 63
        ? bitLength(middle, low)
        : 192 - Long.numberOfLeadingZeros(high ^ (high >> 63));
  }

  /** Writes an integer block: as many bytes as {@link BigInteger#toByteArray} has. */
  static void writeBlock(StateWriter out, long high, long middle, long low) {
    int length = bitLength(high, middle, low) / 8 + 1;
    out.writeVarint(length);
    for (int i = length - 1; i >= 0; i--) {
      long word = i >= 16 ? high : i >= 8 ? middle : low;
      out.writeByte((int) (word >>> (8 * (i & 7))));
    }
  }

  static BigInteger toBigInteger(long... words) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * words.length);
    for (long word : words) {
      bytes.putLong(word);
    }
    return new BigInteger(bytes.array());
  }
}
