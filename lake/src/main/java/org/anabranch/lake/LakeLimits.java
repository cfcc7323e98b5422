// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

/**
 * The lake's numbers.
 *
 * @param targetFileBytes compaction makes no file larger than about this
 * @param filesToMerge so many small neighbours are merged into one
 * @param rowGroupBytes about how many buffered bytes make a row group of a data file
 * @param chunkRows the largest chunk that is read
 * @param snapshotAgeMillis how long an old snapshot and its files are kept
 * @param orphanAgeMillis how old a file without owner is before it is deleted
 * @param previousMetadata how many old metadata files of a table are kept
 * @param manifestsToMerge how many manifests are merged into one
 */
public record LakeLimits(
    long targetFileBytes,
    int filesToMerge,
    long rowGroupBytes,
    int chunkRows,
    long snapshotAgeMillis,
    long orphanAgeMillis,
    int previousMetadata,
    int manifestsToMerge) {
  public static final LakeLimits DEFAULT =
      new LakeLimits(128L << 20, 8, 64L << 20, 32_768, 300_000, 3_600_000, 5, 8);

  public LakeLimits {
    require(targetFileBytes > 0, "targetFileBytes", targetFileBytes);
    require(filesToMerge > 1, "filesToMerge", filesToMerge);
    require(rowGroupBytes > 0, "rowGroupBytes", rowGroupBytes);
    require(chunkRows > 0, "chunkRows", chunkRows);
    require(snapshotAgeMillis >= 0, "snapshotAgeMillis", snapshotAgeMillis);
    require(orphanAgeMillis >= 0, "orphanAgeMillis", orphanAgeMillis);
    require(previousMetadata > 0, "previousMetadata", previousMetadata);
    require(manifestsToMerge > 1, "manifestsToMerge", manifestsToMerge);
  }

  private static void require(boolean holds, String name, long value) {
    if (!holds) {
      throw new IllegalArgumentException("Cannot open a lake with " + name + " = " + value);
    }
  }
}
