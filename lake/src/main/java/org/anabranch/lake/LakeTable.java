// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.anabranch.view.StaleException;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Iceberg table: what it is now, what changes it, and which of its snapshots are in use. Every
 * question reads the catalog again; nothing is answered from memory.
 */
final class LakeTable {
  private static final Logger LOG = LoggerFactory.getLogger(LakeTable.class);
  private static final int MOST_ATTEMPTS = 1_000;

  private final String name;
  private final TablePaths paths;
  private final TableOperations operations;
  private final TableFaults faults;
  private final Map<Long, Integer> pins = new HashMap<>();

  LakeTable(String name, TablePaths paths, TableOperations operations, TableFaults faults) {
    this.name = name;
    this.paths = paths;
    this.operations = operations;
    this.faults = faults;
    faults.requireOwn(operations.current());
    Properties.requireReadable(
        operations.current().property(Properties.LAYOUT, null), "table " + name);
  }

  String name() {
    return name;
  }

  Path directory() {
    return path(operations.current().location());
  }

  /** Where a file is that the table's metadata names. */
  Path path(String location) {
    return paths.path(location);
  }

  /** Deletes a file that no commit has; null is none. */
  void delete(DataFile file) {
    try {
      if (file != null) {
        Files.deleteIfExists(path(file.location()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + file.location(), e);
    }
  }

  Path dataDirectory() {
    return directory().resolve("data");
  }

  /** The table as the catalog has it now. */
  synchronized TableMetadata read() {
    try {
      TableMetadata metadata = operations.refresh();
      faults.requireOwn(metadata);
      return metadata;
    } catch (UncheckedSQLException e) {
      throw catalogFailed(e);
    } catch (RuntimeException e) {
      throw faults.named(e);
    }
  }

  /** A full disk, a lock that is held: it may pass, as any failure of the disk. */
  private UncheckedIOException catalogFailed(UncheckedSQLException failure) {
    String reason = String.valueOf(failure.getCause().getMessage());
    return new UncheckedIOException(
        new IOException("Cannot reach the catalog for table " + name + ": " + reason, failure));
  }

  /**
   * Commits. The work runs once for every state of the table that it meets, until the catalog takes
   * what it made of one; it gives up by throwing, and then nothing is changed.
   */
  synchronized <T> T commit(Function<Attempt, T> work) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      try {
        return work.apply(new Attempt(operations, read(), name));
      } catch (CommitFailedException othersWereFaster) {
        LOG.debug("Commit to {} is tried again: {}", name, othersWereFaster.getMessage());
      } catch (UncheckedSQLException e) {
        throw catalogFailed(e);
      } catch (RuntimeException e) {
        throw faults.named(e);
      }
    }
    throw new StaleException(
        "Cannot commit to " + name + ": others were faster " + MOST_ATTEMPTS + " times");
  }

  /** The live data files of a state of the table, in order of appending. */
  List<DataFile> files(TableMetadata metadata) {
    Snapshot snapshot = metadata.currentSnapshot();
    List<DataFile> files = new ArrayList<>();
    if (snapshot == null) {
      return files;
    }
    try {
      for (ManifestFile manifest : snapshot.dataManifests(operations.io())) {
        try (ManifestReader<DataFile> reader =
            ManifestFiles.read(manifest, operations.io(), metadata.specsById())) {
          reader.forEach(file -> files.add(file.copy()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the manifests of table " + name, e);
    } catch (RuntimeException e) {
      throw faults.named(e);
    }
    faults.requireTotals(snapshot, files);
    files.sort(Comparator.comparingLong(DataFile::dataSequenceNumber));
    return files;
  }

  /** Reads the table and keeps the files of that state until {@link Held#close}. */
  synchronized Held hold() {
    TableMetadata metadata = read();
    long snapshot = snapshotId(metadata);
    pins.merge(snapshot, 1, Integer::sum);
    return new Held(metadata, () -> release(snapshot));
  }

  private synchronized void release(long snapshot) {
    pins.computeIfPresent(snapshot, (id, count) -> count == 1 ? null : count - 1);
  }

  /** Whether somebody reads from a snapshot. */
  synchronized boolean isHeld(long snapshot) {
    return pins.containsKey(snapshot);
  }

  private static long snapshotId(TableMetadata metadata) {
    Snapshot snapshot = metadata.currentSnapshot();
    return snapshot == null ? -1 : snapshot.snapshotId();
  }

  /** Which bounds of columns the table wants to know of its files. */
  MetricsConfig metrics(TableMetadata metadata) {
    return MetricsConfig.forTable(new Attempt(operations, metadata, name).table());
  }

  TableOperations operations() {
    return operations;
  }

  /** A state of the table whose files stay until it is closed. */
  static final class Held implements AutoCloseable {
    private final TableMetadata metadata;
    private Runnable release;

    Held(TableMetadata metadata, Runnable release) {
      this.metadata = metadata;
      this.release = release;
    }

    TableMetadata metadata() {
      return metadata;
    }

    @Override
    public synchronized void close() {
      if (release != null) {
        release.run();
        release = null;
      }
    }
  }
}
