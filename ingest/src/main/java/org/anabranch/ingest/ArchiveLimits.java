// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

/**
 * When the archiver commits, and how much it holds.
 *
 * @param everyMillis a commit follows the last one after so long, if there is anything to commit
 * @param commitRows or as soon as so many rows wait
 * @param heldRows beyond so many it is too busy for more
 * @param quietMillis how long the quarantine's coverage may lag while nothing is rejected
 * @param commitBytes a commit also follows as soon as the rows take about so much memory
 * @param heldBytes beyond so much it is too busy for more
 */
public record ArchiveLimits(
    long everyMillis,
    long commitRows,
    long heldRows,
    long quietMillis,
    long commitBytes,
    long heldBytes) {
  public static final ArchiveLimits DEFAULT =
      new ArchiveLimits(2_000, 500_000, 1_000_000, 15_000, 64L << 20, 192L << 20);

  /** The same where what waits takes at most so much memory. */
  public ArchiveLimits holding(long bytes) {
    return new ArchiveLimits(
        everyMillis, commitRows, heldRows, quietMillis, Math.min(commitBytes, bytes / 3), bytes);
  }

  public ArchiveLimits every(long millis) {
    return new ArchiveLimits(millis, commitRows, heldRows, quietMillis, commitBytes, heldBytes);
  }
}
