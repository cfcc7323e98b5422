// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.anabranch.view.Clock;
import org.anabranch.view.Coverage;
import org.anabranch.view.Damage;
import org.anabranch.view.SegmentStore;
import org.anabranch.view.Step;
import org.anabranch.view.StreamDefinition;

/** Everything durable of one stream. */
public final class LakeStream {
  private final MasterDataset master;
  private final Quarantine quarantine;
  private final LaneRegistry lanes;
  private final StreamVersions versions;
  private final PositionedTable masterRows;
  private final PositionedTable quarantineRows;
  private final SegmentTable segments;
  private final Clock clock;
  private final LakeLimits limits;
  private final Damages damages;

  private LakeStream(
      PositionedTable master,
      PositionedTable quarantine,
      SegmentTable segments,
      Clock clock,
      LakeLimits limits,
      Damages damages) {
    this.damages = damages;
    this.masterRows = master;
    this.quarantineRows = quarantine;
    this.segments = segments;
    this.clock = clock;
    this.limits = limits;
    this.master = new MasterDataset(master);
    this.quarantine = new Quarantine(quarantine, master.table());
    this.lanes = new LaneRegistry(master.table(), quarantine.table(), clock);
    this.versions = new StreamVersions(master.table(), clock);
  }

  static LakeStream open(
      StreamDefinition definition,
      Path directory,
      LakeCatalog catalog,
      Clock clock,
      LakeLimits limits,
      Damages damages)
      throws IOException {
    String name = definition.name();
    StreamVersion first = new StreamVersion(1, definition.sql(), Map.of(), clock.millis(), false);
    LakeTable master =
        catalog.openOrCreate(
            TableNames.master(name),
            LakeSchema.master(definition.rowSchema()),
            properties("master", name, first));
    LakeTable quarantine =
        catalog.openOrCreate(
            TableNames.quarantine(name),
            LakeSchema.quarantine(),
            properties("quarantine", name, null));
    LakeTable segments =
        catalog.openOrCreate(
            TableNames.segments(name),
            SegmentParquet.SCHEMA,
            Map.of(
                Properties.KIND,
                "segments",
                Properties.STREAM,
                name,
                "write.metadata.metrics.default",
                "none"));
    LocalSegments local =
        new LocalSegments(directory.resolve("segments").resolve(segments.name()), damages::place);
    return new LakeStream(
        new PositionedTable(master, clock, limits, new DataFileCheck(damages, clock)),
        new PositionedTable(quarantine, clock, limits, new DataFileCheck(damages, clock)),
        new SegmentTable(segments, local, clock, limits, damages),
        clock,
        limits,
        damages);
  }

  private static Map<String, String> properties(String kind, String name, StreamVersion version) {
    Map<String, String> properties = new HashMap<>(LakeSchema.BOUNDS);
    properties.put(Properties.KIND, kind);
    properties.put(Properties.STREAM, name);
    if (version != null) {
      properties.put(Properties.VERSION + version.number(), version.lines().toString());
    }
    return properties;
  }

  /** The accepted rows. */
  public MasterDataset master() {
    return master;
  }

  /** The rejected events. */
  public Quarantine quarantine() {
    return quarantine;
  }

  /** The lanes that history is made of. */
  public LaneRegistry lanes() {
    return lanes;
  }

  /** The stream's definitions, and from where on each holds. */
  public StreamVersions versions() {
    return versions;
  }

  /** The durable segments of the stream's views. */
  public SegmentStore segments() {
    return segments;
  }

  /** What of the stream's files is damaged or gone, as far as anybody has looked. */
  public List<Damage> damages() {
    return damages.in(
        Stream.of(masterRows.table(), quarantineRows.table(), segments.table())
            .map(LakeTable::directory)
            .toList());
  }

  /**
   * What keeps the tables small and sound: joins small files, forgets old snapshots, deletes what a
   * crash left, and compares files with their checksums. Any number of steps may be left out, at
   * the price of more files and of damage that is found later.
   *
   * @param boundaries coverages (pending cuts, starts of replays) across which files are not joined
   */
  public Step maintenance(Supplier<List<Coverage>> boundaries) {
    List<Step> steps = new ArrayList<>();
    steps.add(new Compaction(masterRows, null, boundaries, limits, clock));
    steps.add(new Compaction(quarantineRows, LakeSchema.QUARANTINE, List::of, limits, clock));
    steps.add(new Scrub(masterRows.table(), masterRows.check(), clock));
    steps.add(new Scrub(quarantineRows.table(), quarantineRows.check(), clock));
    steps.add(new Scrub(segments.table(), segments.check(), clock));
    for (LakeTable table : List.of(masterRows.table(), quarantineRows.table(), segments.table())) {
      steps.add(new SnapshotExpiry(table, clock, limits.snapshotAgeMillis()));
      steps.add(new Leftovers(table, clock, limits.orphanAgeMillis()));
    }
    steps.add(segments::deleteLocalLeftovers);
    return new Maintenance(steps);
  }
}
