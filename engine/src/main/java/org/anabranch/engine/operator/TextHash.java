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

  /** Hot kernel: eight bytes at a time, the tail as one number. */
  public static long of(byte[] bytes, int from, int to) {
    long hash = (to - from) * PRIME;
    int at = from;
    for (; at + 8 <= to; at += 8) {
      hash = mix(hash ^ (long) LONGS.get(bytes, at));
    }
    long tail = 0;
    for (; at < to; at++) {
      tail = (tail << 8) | (bytes[at] & 0xFF);
    }
    return mix(hash ^ tail);
  }

  /** Spreads every bit over all others. */
  public static long mix(long value) {
    long mixed = value * PRIME;
    return (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
  }
}
