// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.anabranch.ingest.Archiver;
import org.anabranch.lake.LakeStream;
import org.anabranch.log.LaneTail;
import org.anabranch.log.LaneVersion;
import org.anabranch.log.ReadLimits;
import org.anabranch.log.StreamLog;
import org.anabranch.speed.SpeedLane;
import org.anabranch.speed.SpeedLayer;
import org.anabranch.view.Chunk;
import org.anabranch.view.Lane;
import org.anabranch.view.LaneLedger;
import org.anabranch.view.StreamDefinition;

/** One reader a lane: with one decode it feeds the speed layer and the archiver. */
final class LaneTails implements AutoCloseable {
  private final StreamDefinition stream;
  private final StreamLog log;
  private final LakeStream lake;
  private final StreamLanes lanes;
  private final StreamTilings tilings;
  private final SpeedLayer speed;
  private final Archiver archiver;
  private final StreamTasks tasks;
  private final Function<Lane, List<LaneVersion>> versions;
  private final ReadLimits limits;
  private final Map<Lane, LaneTail> tails = new ConcurrentSkipListMap<>();
  private final AtomicLong unknownFields = new AtomicLong();

  /**
   * @param versions which version of the stream judges which positions of a lane
   * @param limits what is read of a lane at once
   */
  LaneTails(
      StreamDefinition stream,
      StreamLog log,
      LakeStream lake,
      StreamLanes lanes,
      StreamTilings tilings,
      SpeedLayer speed,
      Archiver archiver,
      StreamTasks tasks,
      Function<Lane, List<LaneVersion>> versions,
      ReadLimits limits) {
    this.stream = stream;
    this.log = log;
    this.lake = lake;
    this.lanes = lanes;
    this.tilings = tilings;
    this.speed = speed;
    this.archiver = archiver;
    this.tasks = tasks;
    this.versions = versions;
    this.limits = limits;
  }

  /** Lets both layers read a lane, each from where it was left. */
  void subscribe(Lane lane, SpeedLane speedLane) {
    LaneTail tail = new LaneTail(log, lane, versions.apply(lane), limits);
    long archiveFrom = archiver.open(lane);
    long speedFrom = speedLane.ledger().position();
    try {
      tail.subscribe(archiver::offer, archiveFrom, epochBefore(lane, archiveFrom));
      tail.subscribe(chunk -> offer(speedLane, chunk), speedFrom, -1);
    } catch (RuntimeException e) {
      tail.close();
      throw e;
    }
    tails.put(lane, tail);
  }

  /** What follows on a gap does not follow on what the lake has last. */
  private int epochBefore(Lane lane, long position) {
    return position > 0 && position <= lake.master().coverage().end(lane)
        ? lake.master().leaderEpochs().getOrDefault(lane, -1)
        : -1;
  }

  private boolean offer(SpeedLane lane, Chunk chunk) {
    boolean taken =
        lane.offer(
            new Chunk(
                chunk.rows().conform(stream.rowSchema()),
                chunk.quarantined(),
                chunk.leaderEpoch(),
                chunk.unknownFields()));
    if (taken) {
      // One that is not taken is offered again.
      unknownFields.addAndGet(chunk.unknownFields());
    }
    return taken;
  }

  /** Starts to follow all lanes. */
  void follow() {
    tails.forEach(this::follow);
  }

  private void follow(Lane lane, LaneTail tail) {
    tasks.follow(lane.partition(), tail);
  }

  /**
   * The lane of a partition; that of one which was added to the topic since the start is opened.
   */
  Lane lane(int partition) {
    Lane known = lanes.all().get(partition);
    return known == null ? openAdded(partition) : known;
  }

  /** In an order in which a failure at any place leaves something to be tried again. */
  private synchronized Lane openAdded(int partition) {
    if (!lanes.all().containsKey(partition)) {
      Lane lane = lanes.registerAdded(partition);
      tilings.history(Frontier.of(lake.lanes()));
      LaneLedger ledger = Archiver.archived(lake, lane);
      subscribe(lane, speed.lane(lane).orElseGet(() -> speed.open(lane, ledger)));
      follow(lane, tails.get(lane));
      lanes.opened(lane);
    }
    return lanes.all().get(partition);
  }

  /** How many fields of events were in no column. */
  long unknownFields() {
    return unknownFields.get();
  }

  @Override
  public void close() {
    tails.values().forEach(LaneTail::close);
  }
}
