// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

/**
 * Bounds on reads of views.
 *
 * @param rows the most rows of a page
 * @param sortedRows the most rows that are sorted for an order that is not the keys'
 * @param cursors how many answers stay pinned for their next page
 * @param cursorMillis how long an answer stays pinned for its next page
 * @param timeoutMillis how long a page may take, from the end of its wait to the last row
 */
public record ReadLimits(
    int rows, int sortedRows, int cursors, long cursorMillis, long timeoutMillis) {
  public static final ReadLimits DEFAULT = new ReadLimits(100_000, 1_000_000, 64, 60_000, 30_000);
}
