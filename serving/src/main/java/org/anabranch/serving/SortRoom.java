// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.math.BigDecimal;

/** The memory that the sorted rows of all reads share, those of pages to come among them. */
final class SortRoom {
  private static final long ROW_BYTES = 96;
  private static final long VALUE_BYTES = 24;
  private static final long TEXT_BYTES = 56;
  private static final long DECIMAL_BYTES = 104;

  private final long most;
  private long taken;

  SortRoom(long most) {
    this.most = most;
  }

  /** About what a row takes: objects with their headers, a reference in the list for each. */
  static long bytes(Object[] row) {
    long bytes = ROW_BYTES;
    for (Object value : row) {
      bytes += bytes(value);
    }
    return bytes;
  }

  private static long bytes(Object value) {
    if (value instanceof String text) {
      return TEXT_BYTES + 2L * text.length();
    }
    return value instanceof BigDecimal ? DECIMAL_BYTES : VALUE_BYTES;
  }

  synchronized boolean take(long bytes) {
    boolean fits = taken + bytes <= most;
    taken += fits ? bytes : 0;
    return fits;
  }

  synchronized void give(long bytes) {
    taken -= bytes;
  }

  /** Bytes that are in use. */
  synchronized long taken() {
    return taken;
  }

  long most() {
    return most;
  }
}
