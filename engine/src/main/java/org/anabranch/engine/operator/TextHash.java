// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A fast hash of bytes for tables in memory; it is never stored. */
public final class TextHash {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long PRIME = 0x9E3779B97F4A7C15L;

  private TextHash() {}

  /**
   * Hot kernel. The first eight bytes, fewer of a shorter text, lowest first. Texts of at most
   * sixteen bytes are equal if their lengths, first and {@link #last} bytes are.
   */
  public static long first(byte[] bytes, int from, int to) {
    return from + 8 <= bytes.length && to > from
        ? (long) LONGS.get(bytes, from) & mask(to - from)
        : assembled(bytes, from, to);
  }

  /** The last eight bytes, which overlap the first; the same as these in a shorter text. */
  public static long last(byte[] bytes, int from, int to) {
    return from + 8 <= bytes.length && to > from
        ? (long) LONGS.get(bytes, Math.max(from, to - 8)) & mask(to - from)
        : assembled(bytes, from, to);
  }

  /** The bits of so many bytes, at least one, without a branch: lengths are hard to predict. */
  private static long mask(int length) {
    return -1L >>> (8 * Math.max(0, 8 - length));
  }

  /** Fewer than eight bytes near the end of their array. */
  private static long assembled(byte[] bytes, int from, int to) {
    long word = 0;
    for (int at = to - 1; at >= from; at--) {
      word = (word << 8) | (bytes[at] & 0xFF);
    }
    return word;
  }

  /** Hot kernel: eight bytes at a time. */
  public static long of(byte[] bytes, int from, int to) {
    return of(bytes, from, to, first(bytes, from, to), last(bytes, from, to));
  }

  /** As {@link #of(byte[], int, int)}, for who has the first and the last bytes already. */
  public static long of(byte[] bytes, int from, int to, long first, long last) {
    long hash = mix(first ^ (to - from) * PRIME);
    for (int at = from + 8; at < to - 8; at += 8) {
      hash = mix(hash ^ (long) LONGS.get(bytes, at));
    }
    return mix(Long.rotateLeft(hash, 29) ^ last);
  }

  /** Spreads every bit over all others. */
  public static long mix(long value) {
    long mixed = value * PRIME;
    return (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
  }
}
