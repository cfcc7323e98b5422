// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.anabranch.lake.LakeStream;
import org.anabranch.log.LogUnavailableException;
import org.anabranch.log.LostTailException;
import org.anabranch.log.StreamLog;
import org.anabranch.view.Lane;
import org.anabranch.view.StreamDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lanes of a stream: the partitions of its topic, each entered in the lake's registry. */
final class StreamLanes {
  private static final Logger LOG = LoggerFactory.getLogger(StreamLanes.class);

  private final StreamDefinition stream;
  private final StreamLog log;
  private final LakeStream lake;
  private final NavigableMap<Integer, Lane> lanes = new ConcurrentSkipListMap<>();
  private final Map<Lane, Long> ends = new ConcurrentSkipListMap<>();

  StreamLanes(StreamDefinition stream, StreamLog log, LakeStream lake) {
    this.stream = stream;
    this.log = log;
    this.lake = lake;
  }

  /** Enters every partition that there is; the embedded log gets those that are declared. */
  void registerAll(PipelineSettings settings) {
    if (settings.cluster().isEmpty() && stream.partitions() > log.partitions().size()) {
      log.grow(stream.partitions());
    }
    log.notes().forEach(LOG::warn);
    List<Integer> partitions = log.refresh();
    Map<Integer, Long> starts = log.starts();
    Map<Integer, Long> seen = log.ends();
    for (int partition : partitions) {
      Lane lane =
          lake.lanes()
              .register(log.topicId(), partition, starts.get(partition), settings.acceptNewTopic());
      checkAcknowledged(lane, seen.get(partition));
      lanes.put(partition, lane);
      ends.put(lane, seen.get(partition));
    }
  }

  /** Refuses a lane of which neither log nor lake has all that was acknowledged. */
  private void checkAcknowledged(Lane lane, long end) {
    long promised = log.acknowledged(lane.partition());
    long known = Math.max(end, lake.master().coverage().end(lane));
    if (known < promised) {
      throw LostTailException.acknowledged(stream.name(), lane, promised, known);
    }
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

  /** Where the log of each lane ended when it was first seen by this process. */
  Map<Lane, Long> endsAtStart() {
    return ends;
  }
}
