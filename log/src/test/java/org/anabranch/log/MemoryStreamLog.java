// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.anabranch.view.Lane;
import org.anabranch.view.StreamDefinition;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/** One incarnation of a topic in memory. */
final class MemoryStreamLog implements StreamLog {
  private final MemoryLog log;
  private final StreamDefinition stream;
  private final MemoryTopic topic;
  private int known;
  private int turn;

  MemoryStreamLog(MemoryLog log, StreamDefinition stream, MemoryTopic topic) {
    this.log = log;
    this.stream = stream;
    this.topic = topic;
    this.known = topic.partitions();
  }

  @Override
  public StreamDefinition stream() {
    return stream;
  }

  @Override
  public String topicId() {
    return topic.id();
  }

  @Override
  public List<Integer> partitions() {
    synchronized (log) {
      return IntStream.range(0, known).boxed().toList();
    }
  }

  @Override
  public List<Integer> refresh() {
    synchronized (log) {
      log.check(stream.name(), topic);
      known = topic.partitions();
      return partitions();
    }
  }

  @Override
  public void grow(int partitions) {
    synchronized (log) {
      log.check(stream.name(), topic);
      topic.grow(partitions);
      known = topic.partitions();
    }
  }

  @Override
  public List<String> notes() {
    return topic.partitions() == stream.partitions()
        ? List.of()
        : List.of(
            "stream '"
                + stream.name()
                + "' declares "
                + stream.partitions()
                + " partitions, topic '"
                + topic.name()
                + "' has "
                + topic.partitions()
                + ", which are used");
  }

  @Override
  public Map<Integer, Long> starts() {
    return each(MemoryPartition::start);
  }

  @Override
  public Map<Integer, Long> ends() {
    return each(MemoryPartition::end);
  }

  private Map<Integer, Long> each(ToLongFunction<MemoryPartition> value) {
    synchronized (log) {
      log.check(stream.name(), topic);
      Map<Integer, Long> values = new TreeMap<>();
      for (int partition = 0; partition < known; partition++) {
        values.put(partition, value.applyAsLong(topic.partition(partition)));
      }
      return values;
    }
  }

  @Override
  public Map<Integer, Long> positionsSince(long epochMillis) {
    return each(partition -> partition.since(epochMillis));
  }

  @Override
  public long acknowledged(int partition) {
    return log.acknowledged().end(topic.id(), partition);
  }

  @Override
  public CompletableFuture<Appended> append(List<Event> events) {
    synchronized (log) {
      try {
        log.check(stream.name(), topic);
        checkSizes(events);
        Appended appended = appendNow(events, Math.floorMod(turn++, known));
        if (!log.acknowledges()) {
          throw new UnknownOutcomeException(
              "Cannot tell what was appended to stream '" + stream.name() + "'", 0, null);
        }
        return log.acknowledged().keep(topic.id(), appended.ends()).thenApply(nothing -> appended);
      } catch (LogException e) {
        return CompletableFuture.failedFuture(e);
      }
    }
  }

  private void checkSizes(List<Event> events) {
    for (int index = 0; index < events.size(); index++) {
      int bytes = events.get(index).value().length;
      if (bytes > MemoryLog.MAX_BYTES) {
        throw new EventTooLargeException(stream.name(), index, bytes, MemoryLog.MAX_BYTES);
      }
    }
  }

  private Appended appendNow(List<Event> events, int partitionOfTurn) {
    int[] partitions = new int[events.size()];
    long[] positions = new long[events.size()];
    long[] times = new long[events.size()];
    for (int index = 0; index < events.size(); index++) {
      Event event = events.get(index);
      partitions[index] = partition(event, partitionOfTurn);
      times[index] = log.clock().millis();
      positions[index] = topic.partition(partitions[index]).append(event, times[index]);
    }
    return new Appended(partitions, positions, times);
  }

  private int partition(Event event, int partitionOfTurn) {
    if (event.partition() != Event.ANY_PARTITION) {
      return event.partition();
    }
    return event.key() == null
        ? partitionOfTurn
        : BuiltInPartitioner.partitionForKey(event.key(), known);
  }

  @Override
  public LaneReader reader(Lane lane, long from, int leaderEpoch, ReadLimits limits) {
    synchronized (log) {
      if (!lane.topicId().equals(topic.id())) {
        throw new TopicRecreatedException(stream.name(), topic.name(), lane.topicId(), topic.id());
      }
      MemoryLaneReader reader = new MemoryLaneReader(log, stream.name(), topic, lane, limits);
      reader.seek(from, leaderEpoch);
      reader.check();
      return reader;
    }
  }

  @Override
  public void scan(Lane lane, long from, long to, Consumer<? super LogRecord> sink) {
    try (LaneReader reader = reader(lane, from, -1, ReadLimits.DEFAULT)) {
      while (reader.position() < to) {
        reader.read(to, sink);
      }
    }
  }

  @Override
  public void trim(int partition, long below) {
    synchronized (log) {
      log.check(stream.name(), topic);
      topic.partition(partition).trim(below);
    }
  }
}
