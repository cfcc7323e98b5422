// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.anabranch.view.Clock;
import org.anabranch.view.DamagedException;
import org.anabranch.view.Pause;
import org.anabranch.view.Step;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;

/**
 * Compares the live files of a table with their checksums, one after the other and slowly, so that
 * damage is known before somebody asks for what is damaged. A file that was damaged is looked at
 * again each time: somebody may have restored it.
 */
final class Scrub implements Step {
  /** 32 MiB a second: what is needed is read faster when it is asked for. */
  private static final long BYTES_PER_MILLI = 32 << 10;

  private final LakeTable table;
  private final DataFileCheck check;
  private final Pause rest;
  private long seen = -1;
  private List<Path> files = List.of();

  Scrub(LakeTable table, DataFileCheck check, Clock clock) {
    this.table = table;
    this.check = check;
    this.rest = new Pause(clock);
  }

  @Override
  public int step() throws IOException {
    if (!rest.isOver()) {
      return 0;
    }
    try (LakeTable.Held held = table.hold()) {
      list(held.metadata());
      for (Path file : files) {
        if (check.isDamaged(file)) {
          look(file);
        }
      }
      Optional<Path> next =
          files.stream().filter(file -> !check.isDamaged(file) && !check.isKnown(file)).findFirst();
      next.ifPresent(this::lookSlowly);
      return 0;
    }
  }

  private void list(TableMetadata metadata) {
    Snapshot snapshot = metadata.currentSnapshot();
    if (snapshot != null && snapshot.snapshotId() != seen) {
      files = table.files(metadata).stream().map(file -> table.path(file.location())).toList();
      check.forgetAllBut(table.dataDirectory(), files);
      seen = snapshot.snapshotId();
    }
  }

  private void lookSlowly(Path file) {
    look(file);
    rest.begin(file.toFile().length() / BYTES_PER_MILLI);
  }

  private void look(Path file) {
    try {
      check.require(file);
    } catch (DamagedException known) {
      // It is among the stream's damages now.
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("Cannot read " + file.getFileName(), e);
    }
  }
}
