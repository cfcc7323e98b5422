// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

/**
 * Bounds on all SQL queries together.
 *
 * @param processes how many processes run queries, one at a time each
 * @param heapMegabytes the Java heap of each of them
 * @param processMegabytes what each of them may take in all; one that is seen with more is killed
 * @param memoryMegabytes what DuckDB may take, in each of its databases
 * @param threads how many threads DuckDB may use, in each of its databases
 * @param concurrent how many queries may be there at once: running, waiting for a process, or with
 *     an answer that is still being read
 * @param viewRows the most rows of a view that a query may read
 * @param cachedRows the most rows of views that each process keeps for the next query
 * @param aheadBytes an answer that is no larger than about this occupies no process while it is
 *     read
 */
public record SqlSettings(
    int processes,
    int heapMegabytes,
    int processMegabytes,
    int memoryMegabytes,
    int threads,
    int concurrent,
    long viewRows,
    long cachedRows,
    int aheadBytes) {
  public static final SqlSettings DEFAULT =
      new SqlSettings(2, 384, 1280, 512, 2, 8, 5_000_000, 2_000_000, 4 << 20);

  /** The same in so many processes, with four queries for each, unless there may be more. */
  public SqlSettings in(int otherProcesses) {
    return new SqlSettings(
        otherProcesses,
        heapMegabytes,
        processMegabytes,
        memoryMegabytes,
        threads,
        Math.max(concurrent, 4 * otherProcesses),
        viewRows,
        cachedRows,
        aheadBytes);
  }

  /** The same with so much memory of this process for the first rows of each answer. */
  public SqlSettings ahead(int bytes) {
    return new SqlSettings(
        processes,
        heapMegabytes,
        processMegabytes,
        memoryMegabytes,
        threads,
        concurrent,
        viewRows,
        cachedRows,
        bytes);
  }
}
