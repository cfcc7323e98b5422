// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * XXH64 with seed 0, after its published specification: the hash by which approximate distinct
 * counts know values. A value of a fixed size is hashed as its value bytes (big-endian), text as
 * its UTF-8.
 */
public final class Hash64 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;

  private Hash64() {}

  /** The hash of the 8 bytes of a long. */
  public static long of(long value) {
    return avalanche(withLong(PRIME_5 + 8, Long.reverseBytes(value)));
  }

  /** The hash of a double, after -0.0 became 0.0 and all NaN one. */
  public static long of(double value) {
    return of(Double.doubleToLongBits(value + 0.0));
  }

  /** The hash of the 16 bytes of a 128-bit number. */
  public static long of(long high, long low) {
    long first = withLong(PRIME_5 + 16, Long.reverseBytes(high));
    return avalanche(withLong(first, Long.reverseBytes(low)));
  }

  /** The hash of any bytes. */
  public static long of(byte[] bytes, int from, int length) {
    int end = from + length;
    int at = from;
    long hash = PRIME_5;
    if (length >= 32) {
      hash = stripes(bytes, from, length);
      at = end - (length & 31);
    }
    hash += length;
    for (; at + 8 <= end; at += 8) {
      hash = withLong(hash, (long) LONGS.get(bytes, at));
    }
    if (at + 4 <= end) {
      hash ^= ((int) INTS.get(bytes, at) & 0xFFFFFFFFL) * PRIME_1;
      hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
      at += 4;
    }
    for (; at < end; at++) {
      hash ^= (bytes[at] & 0xFF) * PRIME_5;
      hash = Long.rotateLeft(hash, 11) * PRIME_1;
    }
    return avalanche(hash);
  }

  /** Four lanes over all whole stripes of 32 bytes. */
  private static long stripes(byte[] bytes, int from, int length) {
    long first = 0x60EA27EEADC0B5D6L; // PRIME_1 + PRIME_2 in 64 bits
    long second = PRIME_2;
    long third = 0;
    long fourth = -PRIME_1;
    int end = from + (length & ~31);
    for (int at = from; at < end; at += 32) {
      first = round(first, (long) LONGS.get(bytes, at));
      second = round(second, (long) LONGS.get(bytes, at + 8));
      third = round(third, (long) LONGS.get(bytes, at + 16));
      fourth = round(fourth, (long) LONGS.get(bytes, at + 24));
    }
    long hash =
        Long.rotateLeft(first, 1)
            + Long.rotateLeft(second, 7)
            + Long.rotateLeft(third, 12)
            + Long.rotateLeft(fourth, 18);
    hash = withLane(hash, first);
    hash = withLane(hash, second);
    hash = withLane(hash, third);
    return withLane(hash, fourth);
  }

  private static long round(long lane, long input) {
    return Long.rotateLeft(lane + input * PRIME_2, 31) * PRIME_1;
  }

  private static long withLane(long hash, long lane) {
    return (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
  }

  private static long withLong(long hash, long input) {
    return Long.rotateLeft(hash ^ round(0, input), 27) * PRIME_1 + PRIME_4;
  }

  private static long avalanche(long hash) {
    long mixed = (hash ^ (hash >>> 33)) * PRIME_2;
    mixed = (mixed ^ (mixed >>> 29)) * PRIME_3;
    return mixed ^ (mixed >>> 32);
  }
}
