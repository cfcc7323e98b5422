// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.anabranch.lake.LakeStream;
import org.anabranch.lake.LaneOpening;
import org.anabranch.lake.RegisteredLane;
import org.anabranch.log.LogUnavailableException;
import org.anabranch.log.StreamLog;
import org.anabranch.view.Lane;
import org.anabranch.view.StreamDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lanes of a stream: the partitions of its topic, each entered in the lake's registry, and
 * those that are closed, of which the lake is all there is.
 */
final class StreamLanes {
  private static final Logger LOG = LoggerFactory.getLogger(StreamLanes.class);

  private final StreamDefinition stream;
  private final StreamLog log;
  private final LakeStream lake;
  private final Optional<LaneMarks> marks;
  private final NavigableMap<Integer, Lane> lanes = new ConcurrentSkipListMap<>();
  private final Map<Lane, Long> ends = new ConcurrentSkipListMap<>();
  private volatile Map<Lane, Long> closed = Map.of();
  private volatile List<String> notes = List.of();

  /**
   * @param marks where the log is nobody else's
   */
  StreamLanes(StreamDefinition stream, StreamLog log, LakeStream lake, Optional<LaneMarks> marks) {
    this.stream = stream;
    this.log = log;
    this.lake = lake;
    this.marks = marks;
  }

  /** Looks at the partitions; the embedded log gets those that are declared. */
  void look(PipelineSettings settings) {
    if (settings.cluster().isEmpty() && stream.partitions() > log.partitions().size()) {
      log.grow(stream.partitions());
    }
    notes = List.copyOf(log.notes());
    notes.forEach(LOG::warn);
    log.refresh();
  }

  /** What is unlike the stream's declaration without being wrong, in words. */
  List<String> notes() {
    return notes;
  }

  /** Enters every partition that there is. */
  void registerAll() {
    Map<Integer, Long> starts = log.starts();
    Map<Integer, Long> seen = log.ends();
    for (int partition : log.partitions()) {
      Optional<RegisteredLane> known = lake.lanes().open(log.topicId(), partition);
      Lane lane =
          known.isPresent()
              ? known.get().lane()
              : register(partition, starts.get(partition), seen.get(partition));
      lanes.put(partition, lane);
      ends.put(lane, Math.max(seen.get(partition), lake.lanes().next(lane)));
    }
    Map<Lane, Long> found = new TreeMap<>();
    lake.lanes()
        .lanes()
        .forEach(lane -> lane.closed().ifPresent(end -> found.put(lane.lane(), end)));
    closed = Map.copyOf(found);
  }

  private Lane register(int partition, long start, long end) {
    LaneOpening opening = opening(partition, start, end);
    return lake.lanes().register(log.topicId(), partition, opening, true);
  }

  /**
   * Where a partition's lane begins. A topic that comes back after another took its place goes on
   * where its last lane closed. Where the log is shorter than that, or new while others were before
   * it, events come at positions that meant others: there the lane begins with a mark.
   */
  private LaneOpening opening(int partition, long start, long end) {
    List<RegisteredLane> before =
        lake.lanes().lanes().stream().filter(lane -> lane.lane().partition() == partition).toList();
    long used =
        before.stream()
            .filter(lane -> lane.lane().topicId().equals(log.topicId()))
            .mapToLong(lane -> lane.closed().orElse(0))
            .max()
            .orElse(0);
    long from = Math.min(end, Math.max(start, used));
    if (marks.isEmpty() || before.isEmpty()) {
      return LaneOpening.at(from);
    }
    if (from == end) {
      return marks.get().set(partition);
    }
    // A start that ended before the lane was entered leaves its mark.
    Optional<String> left =
        end - from == 1
            ? marks.get().at(new Lane(log.topicId(), 0, partition), from)
            : Optional.empty();
    return new LaneOpening(left.isPresent() ? end : from, left);
  }

  /** Enters a partition that was added to the topic; it is not one of {@link #all} yet. */
  Lane registerAdded(int partition) {
    if (!log.refresh().contains(partition)) {
      throw new LogUnavailableException(
          "Cannot open partition "
              + partition
              + " of stream '"
              + stream.name()
              + "': the brokers do not know of it just now");
    }
    long end = log.end(partition);
    Lane lane = lake.lanes().register(log.topicId(), partition, log.start(partition), false);
    ends.put(lane, end);
    return lane;
  }

  /** Says that an added lane is followed now. */
  void opened(Lane lane) {
    lanes.put(lane.partition(), lane);
    LOG.info("stream {} has a new lane: {}", stream.name(), lane);
  }

  /** Those that are followed, by partition. */
  NavigableMap<Integer, Lane> all() {
    return lanes;
  }

  /** Those that nothing follows any more, and where each ends. */
  Map<Lane, Long> closed() {
    return closed;
  }

  /** Where the log of each lane ended when it was first seen by this process. */
  Map<Lane, Long> endsAtStart() {
    return ends;
  }
}
