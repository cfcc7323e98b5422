// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.anabranch.view.Clock;
import org.anabranch.view.Coverage;
import org.anabranch.view.DamagedException;
import org.anabranch.view.Pause;
import org.anabranch.view.Segment;
import org.anabranch.view.SegmentStore;
import org.anabranch.view.StaleException;
import org.anabranch.view.segment.CorruptSegmentException;
import org.anabranch.view.segment.Repair;
import org.anabranch.view.segment.SegmentSummary;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.TableMetadata;

/** The segments of one stream in its Iceberg table, and their local files. */
final class SegmentTable implements SegmentStore {

  /** How often local files without owner are looked for until one is old enough to go. */
  private static final int LOOKS_IN_THEIR_AGE = 60;

  private static final String REMEDY =
      "restore it from a backup, or start again: the segment is then folded again from the history";

  private final LakeTable table;
  private final LocalSegments local;
  private final Clock clock;
  private final LakeLimits limits;
  private final DataFileCheck check;
  private final Damages damages;

  /** Parquet files that cannot be made again as they were. */
  private final Set<Path> lost = ConcurrentHashMap.newKeySet();

  private final Pause rest;

  SegmentTable(
      LakeTable table, LocalSegments local, Clock clock, LakeLimits limits, Damages damages) {
    this.table = table;
    this.local = local;
    this.clock = clock;
    this.limits = limits;
    this.damages = damages;
    this.check = new DataFileCheck(damages, clock, REMEDY, this::remake);
    this.rest = new Pause(clock);
  }

  LakeTable table() {
    return table;
  }

  DataFileCheck check() {
    return check;
  }

  @Override
  public Manifest manifest() {
    return manifest(table.read().properties());
  }

  private static Manifest manifest(Map<String, String> properties) {
    return new Manifest(
        Long.parseLong(properties.getOrDefault(Properties.MANIFEST, "0")),
        records(properties).values().stream().map(SegmentRecord::entry).toList(),
        Properties.under(Properties.TEXT, properties));
  }

  /** The segments of a state of the table by id. */
  static Map<String, SegmentRecord> records(Map<String, String> properties) {
    Map<String, SegmentRecord> records = new java.util.TreeMap<>();
    Properties.under(Properties.SEGMENT, properties)
        .forEach((id, text) -> records.put(id, SegmentRecord.parse(id, text)));
    return records;
  }

  @Override
  public Manifest publish(Change change) throws IOException {
    require(table.read(), change);
    List<Stored> stored = new ArrayList<>();
    try {
      for (Addition addition : change.added()) {
        stored.add(store(addition));
      }
      return table.commit(attempt -> commit(attempt, change, stored));
    } catch (StaleException | LakeException e) {
      // Refused before anything was handed to the catalog: the files are nobody's.
      for (Stored one : stored) {
        table.delete(one.file);
        Files.deleteIfExists(local.path(one.record.entry().id()));
      }
      throw e;
    }
  }

  private record Stored(SegmentRecord record, DataFile file) {}

  /** Writes a segment's files; they are on disk, and nobody's until the commit. */
  private Stored store(Addition addition) throws IOException {
    Segment segment = addition.segment();
    String id = UUID.randomUUID().toString();
    SegmentSummary summary =
        local.write(
            id,
            writer -> {
              writer.addAll(segment.scan(null, null));
              return writer.finish(segment.fold(), segment.coverage(), segment.tally());
            });
    DataFile file =
        SegmentParquet.write(
            id, segment, table.dataDirectory(), limits, table.metrics(table.read()));
    Entry entry =
        new Entry(
            id,
            summary.fold(),
            addition.origin(),
            summary.coverage(),
            summary.tally(),
            summary.groups(),
            summary.bytes(),
            summary.digest(),
            clock.millis());
    String name = Path.of(file.location()).getFileName().toString();
    return new Stored(new SegmentRecord(entry, name, file.fileSizeInBytes()), file);
  }

  private Manifest commit(Attempt attempt, Change change, List<Stored> stored) {
    TableMetadata base = attempt.base();
    if (!stored.isEmpty() && hasAll(base, stored)) {
      // An attempt of ours was done and its answer got lost.
      return manifest(base.properties());
    }
    require(base, change);
    Map<String, String> after = new HashMap<>(base.properties());
    Map<String, String> changes = changes(base, change, stored);
    changes.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            attempt.remove(name);
            after.remove(name);
          } else {
            attempt.set(name, value);
            after.put(name, value);
          }
        });
    commitFiles(attempt, change, stored);
    return manifest(after);
  }

  private static boolean hasAll(TableMetadata base, List<Stored> stored) {
    return stored.stream()
        .allMatch(
            one -> base.properties().containsKey(Properties.SEGMENT + one.record.entry().id()));
  }

  private static Map<String, String> changes(
      TableMetadata base, Change change, List<Stored> stored) {
    Map<String, String> changes = new HashMap<>();
    long version = Long.parseLong(base.property(Properties.MANIFEST, "0"));
    changes.put(Properties.MANIFEST, String.valueOf(version + 1));
    change.removed().forEach(id -> changes.put(Properties.SEGMENT + id, ""));
    for (Stored one : stored) {
      changes.put(Properties.SEGMENT + one.record.entry().id(), one.record.lines().toString());
    }
    change.properties().forEach((name, text) -> changes.put(Properties.TEXT + name, text));
    return changes;
  }

  private void commitFiles(Attempt attempt, Change change, List<Stored> stored) {
    if (stored.isEmpty() && change.removed().isEmpty()) {
      attempt.commit();
      return;
    }
    Map<String, SegmentRecord> before = records(attempt.base().properties());
    OverwriteFiles files =
        attempt.table().newOverwrite().scanManifestsWith(CallerExecutor.INSTANCE);
    stored.forEach(one -> files.addFile(one.file));
    change.removed().forEach(id -> files.deleteFile(dataFile(before.get(id))));
    files.set(Properties.COMMITTED_AT, String.valueOf(clock.millis()));
    files.commit();
  }

  private DataFile dataFile(SegmentRecord record) {
    return DataFiles.builder(PartitionSpec.unpartitioned())
        .withPath(table.dataDirectory().resolve(record.file()).toString())
        .withFormat(FileFormat.PARQUET)
        .withFileSizeInBytes(record.length())
        .withRecordCount(record.entry().groups())
        .build();
  }

  /** Checks that a change is right for a state of the table. */
  private void require(TableMetadata base, Change change) {
    Map<String, SegmentRecord> records = records(base.properties());
    Set<String> gone = new HashSet<>(change.removed());
    gone.removeAll(records.keySet());
    if (!gone.isEmpty()) {
      throw new StaleException(
          "Cannot publish to %s: segments to be replaced are not there any more: %s"
              .formatted(table.name(), gone));
    }
    change.expected().forEach((name, text) -> requireText(base, name, text));
    Map<String, Coverage> folds = new HashMap<>();
    for (SegmentRecord record : records.values()) {
      if (!change.removed().contains(record.entry().id())) {
        add(folds, record.entry().fold(), record.entry().coverage());
      }
    }
    change.added().forEach(one -> add(folds, one.segment().fold(), one.segment().coverage()));
  }

  private void requireText(TableMetadata base, String name, String expected) {
    String found = base.property(Properties.TEXT + name, "");
    if (!found.equals(expected)) {
      throw new StaleException(
          "Cannot publish to %s: '%s' is expected to be '%s' and is '%s'"
              .formatted(table.name(), name, expected, found));
    }
  }

  private void add(Map<String, Coverage> folds, String fold, Coverage coverage) {
    Coverage before = folds.getOrDefault(fold, Coverage.EMPTY);
    Coverage shared = before.intersect(coverage);
    if (!shared.isEmpty()) {
      throw new StaleException(
          "Cannot publish to %s: segments of fold %s would cover twice: %s"
              .formatted(table.name(), fold, shared));
    }
    folds.put(fold, before.plus(coverage));
  }

  /**
   * @throws DamagedException if both the local file and the Parquet file are damaged or gone
   */
  @Override
  public Segment open(Entry entry) throws IOException {
    Repair repair = damage -> repaired(entry, damage);
    Segment found = local.find(entry, repair);
    if (found != null) {
      return found;
    }
    restore(record(entry));
    damages.repaired(
        local.path(entry.id()), "was damaged or gone, and was made again from the lake");
    return local.open(entry, repair);
  }

  private List<ByteBuffer> repaired(Entry entry, CorruptSegmentException damage) {
    try {
      restore(record(entry));
      damages.repaired(
          local.path(entry.id()),
          damage.damage().fault() + "; it was made again from the lake while it was read");
      return local.map(entry.id());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make segment " + entry.id() + " again", e);
    }
  }

  private SegmentRecord record(Entry entry) {
    SegmentRecord record = records(table.read().properties()).get(entry.id());
    if (record == null) {
      throw new LakeException(
          "Cannot open segment %s of %s: it is not in the manifest any more"
              .formatted(entry.id(), table.name()));
    }
    return record;
  }

  /** Makes the local file again from the Parquet file. */
  private void restore(SegmentRecord record) throws IOException {
    Path file = table.dataDirectory().resolve(record.file());
    check.require(file);
    Entry entry = record.entry();
    local.write(
        entry.id(),
        writer -> {
          SegmentParquet.copy(file, writer);
          SegmentSummary summary = writer.finish(entry.fold(), entry.coverage(), entry.tally());
          if (!summary.digest().equals(entry.digest())) {
            throw new CorruptSegmentException(
                file.getFileName().toString(), "the whole", "its digest is " + summary.digest());
          }
          return summary;
        });
  }

  /**
   * Makes a Parquet file again from the local file. Only the very bytes that were committed take
   * its place: another version of the library may write others.
   */
  private boolean remake(Path file) throws IOException {
    String name = file.getFileName().toString();
    Optional<SegmentRecord> record =
        records(table.read().properties()).values().stream()
            .filter(each -> each.file().equals(name))
            .findFirst();
    if (record.isEmpty() || lost.contains(file)) {
      return false;
    }
    try (Segment segment = local.find(record.get().entry(), Repair.NONE)) {
      boolean made = segment != null && remake(file, record.get().entry().id(), segment);
      if (!made) {
        lost.add(file);
      }
      return made;
    }
  }

  private boolean remake(Path file, String id, Segment segment) throws IOException {
    DataFile written =
        SegmentParquet.write(
            id, segment, table.dataDirectory(), limits, table.metrics(table.read()));
    if (!DataFileCheck.sum(table.path(written.location())).equals(DataFileCheck.sum(file))) {
      table.delete(written);
      return false;
    }
    DurableFiles.moveInto(table.path(written.location()), file);
    damages.repaired(file, "was damaged or gone, and was made again from the local segment");
    return true;
  }

  /** Deletes local files that no segment of the manifest has, once they are old enough. */
  int deleteLocalLeftovers() throws IOException {
    if (!rest.isOver()) {
      return 0;
    }
    rest.begin(limits.orphanAgeMillis() / LOOKS_IN_THEIR_AGE);
    Set<Path> live = new HashSet<>();
    records(table.read().properties()).keySet().forEach(id -> live.add(local.path(id)));
    long oldest = clock.millis() - limits.orphanAgeMillis();
    int deleted = 0;
    for (Path file : local.files()) {
      if (!live.contains(file) && Leftovers.isOlder(file, oldest)) {
        Files.deleteIfExists(file);
        deleted++;
      }
    }
    return deleted;
  }

  @Override
  public void close() {
    // The lake owns what is open; a store has nothing of its own.
  }
}
