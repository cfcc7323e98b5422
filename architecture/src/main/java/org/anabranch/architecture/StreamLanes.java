// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.anabranch.lake.LakeStream;
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
  private final NavigableMap<Integer, Lane> lanes = new ConcurrentSkipListMap<>();
  private final Map<Lane, Long> ends = new ConcurrentSkipListMap<>();
  private volatile Map<Lane, Long> closed = Map.of();

  StreamLanes(StreamDefinition stream, StreamLog log, LakeStream lake) {
    this.stream = stream;
    this.log = log;
    this.lake = lake;
  }

  /** Looks at the partitions; the embedded log gets those that are declared. */
  void look(PipelineSettings settings) {
    if (settings.cluster().isEmpty() && stream.partitions() > log.partitions().size()) {
      log.grow(stream.partitions());
    }
    log.notes().forEach(LOG::warn);
    log.refresh();
  }

  /** Enters every partition that there is. */
  void registerAll() {
    Map<Integer, Long> starts = log.starts();
    Map<Integer, Long> seen = log.ends();
    for (int partition : log.partitions()) {
      Lane lane =
          lake.lanes().register(log.topicId(), partition, opening(partition, starts, seen), true);
      lanes.put(partition, lane);
      ends.put(lane, seen.get(partition));
    }
    Map<Lane, Long> found = new TreeMap<>();
    lake.lanes()
        .lanes()
        .forEach(lane -> lane.closed().ifPresent(end -> found.put(lane.lane(), end)));
    closed = Map.copyOf(found);
  }

  /** A topic that comes back after another took its place goes on where its last lane closed. */
  private long opening(int partition, Map<Integer, Long> starts, Map<Integer, Long> seen) {
    long start = starts.get(partition);
    long used =
        lake.lanes().lanes().stream()
            .filter(known -> isOf(known.lane(), partition))
            .mapToLong(known -> known.closed().orElse(0))
            .max()
            .orElse(0);
    return Math.min(seen.get(partition), Math.max(start, used));
  }

  private boolean isOf(Lane lane, int partition) {
    return lane.topicId().equals(log.topicId()) && lane.partition() == partition;
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
