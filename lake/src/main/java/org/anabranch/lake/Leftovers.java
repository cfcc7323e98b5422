// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.anabranch.view.Clock;
import org.anabranch.view.Pause;
import org.anabranch.view.Step;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;

/**
 * Deletes the files of a table that no metadata refers to, left by a process that died between
 * writing and committing. Only files above an age: younger ones may be of a commit under way.
 */
final class Leftovers implements Step {
  private final LakeTable table;
  private final Clock clock;
  private final long ageMillis;
  private final Pause rest;

  Leftovers(LakeTable table, Clock clock, long ageMillis) {
    this.table = table;
    this.clock = clock;
    this.ageMillis = ageMillis;
    this.rest = new Pause(clock);
  }

  @Override
  public int step() throws IOException {
    if (!rest.isOver()) {
      return 0;
    }
    rest.begin(ageMillis);
    long oldest = clock.millis() - ageMillis;
    Set<Path> reachable = reachable(table.read());
    return delete(table.dataDirectory(), reachable, oldest)
        + delete(table.directory().resolve("metadata"), reachable, oldest);
  }

  private Set<Path> reachable(TableMetadata metadata) {
    Set<Path> reachable = new HashSet<>();
    FileIO io = table.operations().io();
    reachable.add(table.path(metadata.metadataFileLocation()));
    metadata.previousFiles().forEach(entry -> reachable.add(table.path(entry.file())));
    for (Snapshot snapshot : metadata.snapshots()) {
      reachable.add(table.path(snapshot.manifestListLocation()));
      for (ManifestFile manifest : snapshot.allManifests(io)) {
        if (reachable.add(table.path(manifest.path()))) {
          addFiles(manifest, metadata, io, reachable);
        }
      }
    }
    return reachable;
  }

  private void addFiles(
      ManifestFile manifest, TableMetadata metadata, FileIO io, Set<Path> reachable) {
    try (ManifestReader<DataFile> files = ManifestFiles.read(manifest, io, metadata.specsById())) {
      files.forEach(file -> reachable.add(table.path(file.location())));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read manifest " + manifest.path(), e);
    }
  }

  private static int delete(Path directory, Set<Path> reachable, long oldest) throws IOException {
    int deleted = 0;
    if (!Files.isDirectory(directory)) {
      return 0;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        if (!reachable.contains(file) && isOlder(file, oldest)) {
          Files.deleteIfExists(file);
          deleted++;
        }
      }
    }
    return deleted;
  }

  /** Whether a file was last written before a moment; one that is gone was not. */
  static boolean isOlder(Path file, long millis) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toMillis() < millis;
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
