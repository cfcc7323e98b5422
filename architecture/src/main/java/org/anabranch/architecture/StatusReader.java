// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anabranch.architecture.PipelineStatus.ClosedLane;
import org.anabranch.architecture.PipelineStatus.LaneStatus;
import org.anabranch.architecture.PipelineStatus.LostPositions;
import org.anabranch.architecture.PipelineStatus.SegmentStatus;
import org.anabranch.architecture.PipelineStatus.StreamStatus;
import org.anabranch.architecture.PipelineStatus.ViewStatus;
import org.anabranch.log.Broker;
import org.anabranch.log.LogException;
import org.anabranch.view.Coverage;
import org.anabranch.view.Fold;
import org.anabranch.view.GapException;
import org.anabranch.view.LaneLedger;
import org.anabranch.view.OverlapException;
import org.anabranch.view.Segment;
import org.anabranch.view.SegmentStore.Entry;
import org.anabranch.view.SegmentStore.Origin;
import org.anabranch.view.Standing;
import org.anabranch.view.Tally;
import org.anabranch.view.View;

/** Reads a pipeline's status off its parts, once. */
final class StatusReader {
  private final Architecture architecture;
  private final long startedAt;
  private final Broker broker;
  private final Parts parts;
  private final Collection<StreamRuntime> streams;
  private final List<String> failures = new ArrayList<>();

  StatusReader(
      Architecture architecture,
      long startedAt,
      Broker broker,
      Parts parts,
      Collection<StreamRuntime> streams) {
    this.architecture = architecture;
    this.startedAt = startedAt;
    this.broker = broker;
    this.parts = parts;
    this.streams = streams;
  }

  /**
   * @param waiting what the pipeline is not ready for
   */
  PipelineStatus read(List<String> waiting) {
    broker.fault().ifPresent(fault -> failures.add("the log: " + fault));
    streams.forEach(
        stream -> stream.lakeStream().damages().forEach(damage -> failures.add(damage.toString())));
    failures.addAll(parts.supervisor().stopped());
    failures.addAll(parts.supervisor().failing());
    List<StreamStatus> read = streams.stream().map(this::stream).toList();
    return new PipelineStatus(
        architecture.name(),
        startedAt,
        parts.clock().millis(),
        waiting.isEmpty(),
        waiting,
        broker.durability().meaning(),
        read,
        List.copyOf(failures),
        notes());
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    broker.notes().forEach(note -> notes.add("the log: " + note));
    notes.addAll(parts.lake().repairs());
    streams.forEach(stream -> notes.addAll(stream.notes()));
    return List.copyOf(notes);
  }

  private StreamStatus stream(StreamRuntime stream) {
    try (PinnedTilings pinned = stream.tilings().pin()) {
      Standing standing = pinned.standing();
      List<ViewStatus> views = new ArrayList<>();
      stream.views().slots().forEach(slot -> views.add(view(stream, slot, pinned)));
      return new StreamStatus(
          stream.name(),
          stream.version(),
          lanes(stream, standing),
          closed(stream),
          lost(stream),
          standing.ledger().accepted(),
          standing.ledger().quarantined(),
          standing.ledger().late(),
          stream.unknownFields(),
          stream.rate().perSecond(),
          standing.cut(),
          views);
    }
  }

  /** Where the log ends; while it is away that is not known, and said. */
  private Map<Integer, Long> ends(StreamRuntime stream) {
    try {
      return stream.log().ends();
    } catch (LogException e) {
      failures.add("log " + stream.name() + ": " + e.getMessage());
      return Map.of();
    }
  }

  private List<LaneStatus> lanes(StreamRuntime stream, Standing standing) {
    Map<Integer, Long> ends = ends(stream);
    Coverage archived = stream.lake().coverage();
    Frontier history = stream.tilings().history();
    List<LaneStatus> lanes = new ArrayList<>();
    stream
        .lanes()
        .forEach(
            (partition, lane) -> {
              LaneLedger ledger = standing.ledger().lanes().get(lane);
              long frontier = ledger == null ? 0 : ledger.position();
              // A lane that was opened since is at its frontier until the next look.
              long end = ends.getOrDefault(partition, frontier);
              lanes.add(
                  new LaneStatus(
                      lane,
                      history.opening(lane),
                      end,
                      frontier,
                      archived.end(lane),
                      standing.cut().end(lane),
                      Math.max(0, end - frontier),
                      lagSeconds(end, frontier, ledger)));
            });
    return lanes;
  }

  private static List<ClosedLane> closed(StreamRuntime stream) {
    return stream.lakeStream().lanes().lanes().stream()
        .filter(lane -> lane.closed().isPresent())
        .map(
            lane ->
                new ClosedLane(
                    lane.lane(),
                    lane.opened(),
                    lane.closed().getAsLong(),
                    lane.reason().orElse("")))
        .toList();
  }

  private static List<LostPositions> lost(StreamRuntime stream) {
    return stream.lakeStream().lanes().gaps().stream()
        .map(
            gap ->
                new LostPositions(
                    gap.lane(),
                    gap.range().from(),
                    gap.range().to(),
                    gap.acceptedAt(),
                    gap.reason()))
        .toList();
  }

  private double lagSeconds(long end, long frontier, LaneLedger ledger) {
    if (end <= frontier || ledger == null || ledger.lastAppendedAt() == Long.MIN_VALUE) {
      return 0;
    }
    return Math.max(0, parts.clock().millis() - ledger.lastAppendedAt()) / 1000.0;
  }

  private ViewStatus view(StreamRuntime stream, ViewSlot slot, PinnedTilings pinned) {
    View shown = slot.shown();
    Fold fold = shown.fold();
    List<SegmentStatus> segments = new ArrayList<>();
    Optional<Tally> tally = Optional.empty();
    Optional<String> trouble = Optional.empty();
    if (slot.unavailable().isEmpty()) {
      for (Entry entry : stream.manifest().segments()) {
        if (entry.fold().equals(fold.identity())) {
          segments.add(
              new SegmentStatus(
                  entry.id(),
                  entry.origin(),
                  true,
                  entry.coverage(),
                  entry.tally().accepted(),
                  entry.groups(),
                  entry.bytes()));
        }
      }
      pinned.live(fold).forEach(live -> segments.add(live(live)));
      try {
        tally = pinned.answers(fold) ? Optional.of(pinned.tiling(fold).tally()) : Optional.empty();
      } catch (GapException | OverlapException e) {
        trouble = Optional.of(e.getMessage());
        failures.add("view " + slot.name() + ": " + e.getMessage());
      }
    }
    return new ViewStatus(
        slot.name(),
        trouble.isPresent() ? "failing" : slot.state(),
        trouble.or(() -> reason(stream, slot)),
        fold.identity(),
        segments,
        tally,
        stream.speed().heapBytes(fold.identity()),
        parts.settings().stateBudget());
  }

  private static SegmentStatus live(Segment segment) {
    return new SegmentStatus(
        "live",
        Origin.SPEED,
        false,
        segment.coverage(),
        segment.tally().accepted(),
        segment.groups(),
        segment.bytes());
  }

  private static Optional<String> reason(StreamRuntime stream, ViewSlot slot) {
    Optional<String> building =
        slot.building()
            .flatMap(view -> stream.backfills().progress(view.fold()))
            .map(progress -> "a new version is being built: " + progress);
    return slot.unavailable().or(() -> building).or(slot::abandoned);
  }
}
