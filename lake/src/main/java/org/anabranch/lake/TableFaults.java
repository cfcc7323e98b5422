// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.anabranch.view.DamagedException;
import org.apache.avro.AvroRuntimeException;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.RuntimeIOException;

/** Finds what of one table's metadata is not as it was written, and says it in our words. */
final class TableFaults {
  private static final String RESTORE = "restore it from a backup and start again";

  private final Path directory;
  private final TablePaths paths;
  private final Damages damages;
  private final MetadataSums sums;

  /**
   * @param directory the table's directory
   */
  TableFaults(Path directory, TablePaths paths, Damages damages, MetadataSums sums) {
    this.directory = directory;
    this.paths = paths;
    this.damages = damages;
    this.sums = sums;
  }

  /**
   * Checks that metadata is this table's, and in its own file and not in that of a later commit:
   * the number in a file's name is one above that of the file it says was before it.
   */
  void requireOwn(TableMetadata metadata) {
    Path file = paths.path(metadata.metadataFileLocation());
    if (!paths.path(metadata.location()).equals(directory)) {
      throw damages.found(file, "it is that of " + metadata.location(), RESTORE, null);
    }
    List<TableMetadata.MetadataLogEntry> before = metadata.previousFiles();
    long follows =
        before.isEmpty() ? 0 : 1 + TableHistory.number(before.get(before.size() - 1).file());
    if (follows != TableHistory.number(metadata.metadataFileLocation())) {
      throw damages.found(file, "it is that of commit " + follows, RESTORE, null);
    }
    sums.learn(metadata);
  }

  /** Checks that manifests list as much as their snapshot says, and nothing twice. */
  void requireTotals(Snapshot snapshot, List<DataFile> files) {
    long rows = files.stream().mapToLong(DataFile::recordCount).sum();
    Set<String> names = new HashSet<>();
    files.forEach(file -> names.add(file.location()));
    String expectedFiles = snapshot.summary().get(SnapshotSummary.TOTAL_DATA_FILES_PROP);
    String expectedRows = snapshot.summary().get(SnapshotSummary.TOTAL_RECORDS_PROP);
    if (!String.valueOf(names.size()).equals(expectedFiles)
        || names.size() != files.size()
        || !String.valueOf(rows).equals(expectedRows)) {
      throw damages.found(
          paths.path(snapshot.manifestListLocation()),
          "its manifests list %d files, %d different ones, with %d rows, its snapshot has %s files with %s rows"
              .formatted(files.size(), names.size(), rows, expectedFiles, expectedRows),
          RESTORE,
          null);
    }
  }

  /** The failure of a reader of metadata as damage, if it is one. */
  RuntimeException named(RuntimeException failure) {
    if (failure instanceof NotFoundException
        && failure.getCause() instanceof DamagedException damaged) {
      return damaged;
    }
    if (UnwrittenException.isIn(failure)) {
      return failure instanceof UncheckedIOException
          ? failure
          : new UncheckedIOException(new IOException(failure.getMessage(), failure));
    }
    if (failure instanceof AvroRuntimeException
        || failure instanceof RuntimeIOException
        || failure instanceof NotFoundException) {
      return damages.found(
          directory.resolve("metadata"),
          "one of its manifests or manifest lists cannot be read",
          "restore the directory from a backup and start again",
          failure);
    }
    return failure;
  }
}
