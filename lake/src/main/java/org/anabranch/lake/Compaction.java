// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.anabranch.view.Clock;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.Rows;
import org.anabranch.view.Schema;
import org.anabranch.view.StaleException;
import org.anabranch.view.Step;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one file of several small neighbours. What they hold and account for stays the same. */
final class Compaction implements Step {
  private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

  private final PositionedTable rows;
  private final LakeTable table;
  private final Schema fixedSchema;
  private final Supplier<List<Coverage>> boundaries;
  private final CompactionPlan plan;
  private final Clock clock;
  private Look fruitless;

  /** What decides whether there is something to join: the files, and where they must not be. */
  private record Look(long snapshot, List<Coverage> boundaries) {}

  /**
   * @param fixedSchema the table's columns, or null where they are the declared ones of its stream
   * @param boundaries coverages across which no files are joined
   */
  Compaction(
      PositionedTable rows,
      Schema fixedSchema,
      Supplier<List<Coverage>> boundaries,
      LakeLimits limits,
      Clock clock) {
    this.rows = rows;
    this.table = rows.table();
    this.fixedSchema = fixedSchema;
    this.boundaries = boundaries;
    this.plan =
        new CompactionPlan(limits.targetFileBytes(), limits.filesToMerge(), rows::isDamaged);
    this.clock = clock;
  }

  @Override
  public int step() throws IOException {
    try (LakeTable.Held held = table.hold()) {
      Look look = new Look(snapshot(held.metadata()), boundaries.get());
      if (look.equals(fruitless)) {
        return 0;
      }
      List<DataFile> files = table.files(held.metadata());
      rows.forgetAllBut(files);
      List<DataFile> chosen = plan.choose(files, look.boundaries(), this::coverage);
      if (chosen.isEmpty()) {
        fruitless = look;
        return 0;
      }
      return rewrite(held.metadata(), chosen);
    }
  }

  private static long snapshot(TableMetadata metadata) {
    Snapshot current = metadata.currentSnapshot();
    return current == null ? -1 : current.snapshotId();
  }

  private Coverage coverage(DataFile file) {
    return Run.coverage(rows.runs(table.path(file.location())));
  }

  private int rewrite(TableMetadata base, List<DataFile> inputs) throws IOException {
    DataFile output = write(base, inputs);
    try {
      return table.commit(attempt -> commit(attempt, inputs, output));
    } catch (StaleException e) {
      // Another rewrite took one of the inputs: its work stands, ours is thrown away.
      LOG.debug("Compaction lost: {}", e.getMessage());
      table.delete(output);
      return 0;
    }
  }

  private int commit(Attempt attempt, List<DataFile> inputs, DataFile output) {
    Set<String> live = live(attempt.base());
    if (live.contains(output.location())) {
      // An attempt of ours was done and its answer got lost.
      return inputs.size();
    }
    requireLive(live, inputs);
    long sequence = inputs.stream().mapToLong(DataFile::dataSequenceNumber).max().orElseThrow();
    RewriteFiles rewrite = attempt.table().newRewrite().scanManifestsWith(CallerExecutor.INSTANCE);
    rewrite.validateFromSnapshot(attempt.base().currentSnapshot().snapshotId());
    inputs.forEach(rewrite::deleteFile);
    rewrite.addFile(output).dataSequenceNumber(sequence);
    rewrite.set(Properties.COMMITTED_AT, String.valueOf(clock.millis()));
    rewrite.commit();
    return inputs.size();
  }

  private Set<String> live(TableMetadata base) {
    Set<String> live = new HashSet<>();
    table.files(base).forEach(file -> live.add(file.location()));
    return live;
  }

  private void requireLive(Set<String> live, List<DataFile> inputs) {
    for (DataFile input : inputs) {
      if (!live.contains(input.location())) {
        throw new StaleException(
            "Cannot replace files of %s: %s is not live any more"
                .formatted(table.name(), input.location()));
      }
    }
  }

  private DataFile write(TableMetadata base, List<DataFile> inputs) throws IOException {
    List<Path> paths = inputs.stream().map(file -> table.path(file.location())).toList();
    Coverage total = Coverage.EMPTY;
    for (DataFile input : inputs) {
      total = total.plus(coverage(input));
    }
    try (RowsFileWriter writer = rows.writer(base)) {
      for (Lane lane : total.ranges().keySet()) {
        Coverage.Builder wanted = new Coverage.Builder();
        total.ranges(lane).forEach(range -> wanted.add(lane, range));
        copy(base, paths, wanted.build(), writer);
      }
      requireRows(inputs, writer.rows());
      return writer.finish(total, table.metrics(base));
    }
  }

  private void copy(TableMetadata base, List<Path> paths, Coverage wanted, RowsFileWriter writer)
      throws IOException {
    try (RowsScan scan = rows.scan(base, paths, wanted, schema(base), () -> {})) {
      for (Rows chunk = scan.next(); chunk != null; chunk = scan.next()) {
        if (chunk.size() > 0) {
          writer.add(chunk);
        }
      }
    }
  }

  private Schema schema(TableMetadata base) {
    return fixedSchema == null ? LakeSchema.declared(base.schema()) : fixedSchema;
  }

  private void requireRows(List<DataFile> inputs, long written) {
    long expected = inputs.stream().mapToLong(DataFile::recordCount).sum();
    if (written != expected) {
      List<String> names = new ArrayList<>();
      inputs.forEach(input -> names.add(input.location()));
      throw new LakeException(
          "Cannot compact %s: %d rows were read from files with %d rows: %s"
              .formatted(table.name(), written, expected, names));
    }
  }
}
