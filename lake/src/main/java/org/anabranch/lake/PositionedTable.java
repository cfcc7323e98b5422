// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.anabranch.view.Clock;
import org.anabranch.view.Coverage;
import org.anabranch.view.GapException;
import org.anabranch.view.Lane;
import org.anabranch.view.Rows;
import org.anabranch.view.Schema;
import org.anabranch.view.StaleException;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.TableMetadata;

/**
 * A table of rows by lane and position with the coverage it accounts for: the master dataset and
 * the quarantine are two. An append is decided on coverage alone, see {@code docs/format/lake.md}.
 */
final class PositionedTable {
  private static final int COMMITS_KEPT = 16;

  private final LakeTable table;
  private final Clock clock;
  private final LakeLimits limits;
  private final DataFileCheck check;
  private final Map<Path, List<Run>> knownRuns = new ConcurrentHashMap<>();

  PositionedTable(LakeTable table, Clock clock, LakeLimits limits, DataFileCheck check) {
    this.table = table;
    this.clock = clock;
    this.limits = limits;
    this.check = check;
  }

  LakeTable table() {
    return table;
  }

  DataFileCheck check() {
    return check;
  }

  Pin pin() {
    return Pin.of(table, check);
  }

  /** Whether a data file was damaged or gone when it was last asked for. */
  boolean isDamaged(DataFile file) {
    return check.isDamaged(table.path(file.location()));
  }

  static Coverage coverage(TableMetadata metadata) {
    return Coverage.parse(metadata.property(Properties.COVERAGE, ""));
  }

  /** What the stream's lanes, gaps and versions are when an append is decided. */
  @FunctionalInterface
  interface Rules {
    StreamState at(TableMetadata base);
  }

  Appended append(ArchiveBatch batch, Rules rules) throws IOException {
    TableMetadata before = table.read();
    if (isDone(before, batch)) {
      return new Appended(coverage(before), true);
    }
    require(rules.at(before), before, batch);
    DataFile file = write(before, batch);
    try {
      return table.commit(attempt -> commit(attempt, batch, rules, file));
    } catch (StaleException | LakeException e) {
      // Refused before anything was handed to the catalog: the file is nobody's.
      table.delete(file);
      throw e;
    }
  }

  private void require(StreamState state, TableMetadata base, ArchiveBatch batch) {
    state.requireNext(table.name(), coverage(base), batch.coverage());
    state.requireKnown(batch.knownVersion(), batch.coverage());
  }

  private Appended commit(Attempt attempt, ArchiveBatch batch, Rules rules, DataFile file) {
    TableMetadata base = attempt.base();
    if (isDone(base, batch)) {
      // Perhaps by an attempt of ours whose answer got lost, so that the file is live: if it is
      // nobody's, it is swept away as a leftover.
      return new Appended(coverage(base), true);
    }
    require(rules.at(base), base, batch);
    requireThere(file);
    Coverage covered = coverage(base).plus(batch.coverage());
    Map<String, String> facts = facts(base, batch, covered);
    facts.forEach(attempt::set);
    attempt.set(Properties.COMMITS, commits(base, batch.commitId()));
    batch.ledger().forEach((name, text) -> setLedger(attempt, Properties.LEDGER + name, text));
    AppendFiles append = attempt.table().newAppend().scanManifestsWith(CallerExecutor.INSTANCE);
    if (file != null) {
      append.appendFile(file);
    }
    facts.forEach(append::set);
    batch.ledger().forEach((name, text) -> append.set(Properties.LEDGER + name, text));
    append.set(Properties.ADDED, batch.coverage().toString());
    append.set(Properties.COMMIT_ID, batch.commitId());
    append.set(Properties.COMMITTED_AT, String.valueOf(clock.millis()));
    append.commit();
    return new Appended(covered, false);
  }

  /** A writer that slept long enough may find its file swept away as a leftover. */
  private void requireThere(DataFile file) {
    if (file != null && !Files.exists(table.path(file.location()))) {
      throw new LakeException(
          "Cannot commit to " + table.name() + ": its file is gone: " + file.location());
    }
  }

  private static void setLedger(Attempt attempt, String name, String text) {
    if (text.isEmpty()) {
      attempt.remove(name);
    } else {
      attempt.set(name, text);
    }
  }

  private static Map<String, String> facts(
      TableMetadata base, ArchiveBatch batch, Coverage covered) {
    Map<Lane, Long> epochs = epochs(base);
    batch.leaderEpochs().forEach((lane, epoch) -> epochs.put(lane, (long) epoch));
    Map<String, String> facts = new TreeMap<>();
    facts.put(Properties.COVERAGE, covered.toString());
    facts.put(Properties.EPOCHS, LanePositions.format(epochs));
    return facts;
  }

  static Map<Lane, Long> epochs(TableMetadata metadata) {
    return LanePositions.parse(metadata.property(Properties.EPOCHS, ""));
  }

  private static List<String> commits(TableMetadata metadata) {
    String text = metadata.property(Properties.COMMITS, "");
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(" ", -1));
  }

  private static String commits(TableMetadata base, String next) {
    List<String> ids = new ArrayList<>(commits(base));
    ids.add(next);
    return String.join(" ", ids.subList(Math.max(0, ids.size() - COMMITS_KEPT), ids.size()));
  }

  private boolean isDone(TableMetadata metadata, ArchiveBatch batch) {
    if (!commits(metadata).contains(batch.commitId())) {
      return false;
    }
    Coverage missing = batch.coverage().minus(coverage(metadata));
    if (!missing.isEmpty()) {
      throw new LakeException(
          "Cannot repeat commit %s of %s with other positions: %s are not covered by it"
              .formatted(batch.commitId(), table.name(), missing));
    }
    return true;
  }

  /** Writes the rows as one file, or none where there are no rows. */
  private DataFile write(TableMetadata base, ArchiveBatch batch) throws IOException {
    List<Rows> sorted = new ArrayList<>(batch.rows());
    sorted.removeIf(rows -> rows.size() == 0);
    if (sorted.isEmpty()) {
      return null;
    }
    sorted.sort(Comparator.comparing(Rows::lane).thenComparingLong(rows -> rows.range().from()));
    try (RowsFileWriter writer = writer(base)) {
      for (Rows rows : sorted) {
        writer.add(rows);
      }
      return writer.finish(batch.coverage(), table.metrics(base));
    }
  }

  RowsFileWriter writer(TableMetadata base) throws IOException {
    return new RowsFileWriter(table.dataDirectory(), base.schema(), limits);
  }

  /** What a data file accounts for, from its footer. */
  List<Run> runs(Path file) {
    return knownRuns.computeIfAbsent(file, this::readRuns);
  }

  /** Forgets what is known of files that are not live any more. */
  void forgetAllBut(List<DataFile> live) {
    Set<Path> paths =
        live.stream().map(file -> table.path(file.location())).collect(Collectors.toSet());
    knownRuns.keySet().retainAll(paths);
    check.forgetAllBut(table.dataDirectory(), paths);
  }

  private List<Run> readRuns(Path file) {
    try {
      check.require(file);
      try (ParquetInput input = new ParquetInput(file)) {
        return RowsFileReader.runs(input);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  /** Reads exactly the wanted coverage; the files stay until the scan is closed. */
  RowsScan scan(Coverage wanted, Schema columns) {
    LakeTable.Held held = table.hold();
    try {
      Coverage missing = wanted.minus(coverage(held.metadata()));
      if (!missing.isEmpty()) {
        throw GapException.of(missing);
      }
      List<Path> files =
          table.files(held.metadata()).stream()
              .filter(file -> FileBounds.mayContain(file, wanted))
              .map(file -> table.path(file.location()))
              .toList();
      return scan(held.metadata(), files, wanted, columns, held::close);
    } catch (RuntimeException e) {
      held.close();
      throw e;
    }
  }

  /** Reads the wanted coverage from given files, which are in order of appending. */
  RowsScan scan(
      TableMetadata metadata, List<Path> files, Coverage wanted, Schema columns, Runnable onClose) {
    int[] ids =
        columns.columns().stream()
            .mapToInt(column -> metadata.schema().findField(column.name()).fieldId())
            .toArray();
    return new RowsScan(files, wanted, columns, ids, limits.chunkRows(), check, onClose);
  }
}
