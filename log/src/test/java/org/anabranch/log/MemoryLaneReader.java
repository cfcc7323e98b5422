// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.function.Consumer;
import org.anabranch.view.Lane;
import org.anabranch.view.Range;

/** Reads a partition in memory. */
final class MemoryLaneReader implements LaneReader {
  private final MemoryLog log;
  private final String stream;
  private final MemoryTopic topic;
  private final Lane lane;
  private final ReadLimits limits;
  private long position;
  private int leaderEpoch;

  MemoryLaneReader(MemoryLog log, String stream, MemoryTopic topic, Lane lane, ReadLimits limits) {
    this.log = log;
    this.stream = stream;
    this.topic = topic;
    this.lane = lane;
    this.limits = limits;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public int leaderEpoch() {
    return leaderEpoch;
  }

  @Override
  public void seek(long to, int epoch) {
    position = to;
    leaderEpoch = epoch;
  }

  void check() {
    log.check(stream, topic);
    MemoryPartition partition = topic.partition(lane.partition());
    if (position < partition.start()) {
      throw new HistoryLostException(stream, lane, position, partition.start());
    }
    long end = partition.endOf(leaderEpoch);
    if (position > end) {
      throw new LostTailException(stream, lane, position, end, null);
    }
  }

  @Override
  public Range read(long limit, Consumer<? super LogRecord> sink) {
    synchronized (log) {
      check();
      MemoryPartition partition = topic.partition(lane.partition());
      long from = position;
      long to = Math.max(from, Math.min(limit, partition.end()));
      if (from < to) {
        to = from + log.cut((int) Math.min(to - from, limits.records()));
        hand(partition, from, to, sink);
        leaderEpoch = partition.epoch();
      }
      position = to;
      return new Range(from, to);
    }
  }

  private static void hand(
      MemoryPartition partition, long from, long to, Consumer<? super LogRecord> sink) {
    for (long next = from; next < to; next++) {
      LogRecord record = partition.get(next);
      if (record != null) {
        sink.accept(record);
      }
    }
  }

  @Override
  public void close() {}
}
