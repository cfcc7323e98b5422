// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

/**
 * Bounds on reads of views.
 *
 * @param rows the most rows of a page
 * @param sortedBytes about how much memory all rows may take that are sorted for an order that is
 *     not the keys', of all reads together
 * @param cursors how many answers stay pinned for their next page
 * @param cursorMillis how long an answer stays pinned for its next page
 * @param timeoutMillis how long a page may take, from the end of its wait to the last row
 */
public record ReadLimits(
    int rows, long sortedBytes, int cursors, long cursorMillis, long timeoutMillis) {
  public static final ReadLimits DEFAULT = new ReadLimits(100_000, 256L << 20, 64, 60_000, 30_000);

  /** The same with so much memory for sorted rows. */
  public ReadLimits sorting(long bytes) {
    return new ReadLimits(rows, bytes, cursors, cursorMillis, timeoutMillis);
  }
}
