// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

/**
 * Bounds on all SQL queries together.
 *
 * @param memoryMegabytes what DuckDB may take, in each of its databases
 * @param threads how many threads DuckDB may use, in each of its databases
 * @param concurrent how many queries may run at once
 * @param viewRows the most rows of a view that a query may read
 * @param cachedRows the most rows of views that are kept for the next query
 */
public record SqlSettings(
    int memoryMegabytes, int threads, int concurrent, long viewRows, long cachedRows) {
  public static final SqlSettings DEFAULT = new SqlSettings(512, 2, 8, 5_000_000, 2_000_000);
}
