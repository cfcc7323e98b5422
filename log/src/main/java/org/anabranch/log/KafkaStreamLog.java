// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.anabranch.view.Clock;
import org.anabranch.view.Lane;
import org.anabranch.view.StreamDefinition;
import org.apache.kafka.clients.producer.Producer;

/** One incarnation of a topic. */
final class KafkaStreamLog implements StreamLog {
  private final StreamDefinition stream;
  private final Map<String, String> settings;
  private final KafkaAppender appender;
  private final Topics topics;
  private final Broker broker;
  private final Clock clock;
  private final TopicGuard guard;
  private final AtomicInteger turn = new AtomicInteger();
  private final Acknowledged acknowledged;
  private volatile Topic topic;

  KafkaStreamLog(
      StreamDefinition stream,
      Topic topic,
      Map<String, String> settings,
      Producer<byte[], byte[]> producer,
      MetadataWatch watch,
      Topics topics,
      Broker broker,
      Clock clock,
      Acknowledged acknowledged) {
    this.stream = stream;
    this.topic = topic;
    this.settings = settings;
    this.topics = topics;
    this.broker = broker;
    this.clock = clock;
    this.acknowledged = acknowledged;
    this.guard = new TopicGuard(topics, broker, clock, stream.name(), topic);
    this.appender =
        new KafkaAppender(
            producer,
            broker,
            new WatchedTopic(guard, watch),
            stream.name(),
            topic.name(),
            TopicSettings.maxBytes(settings),
            ends -> acknowledged.keep(topicId(), ends));
  }

  @Override
  public StreamDefinition stream() {
    return stream;
  }

  @Override
  public String topicId() {
    return topic.id().toString();
  }

  @Override
  public List<Integer> partitions() {
    return IntStream.range(0, topic.partitions()).boxed().toList();
  }

  @Override
  public List<Integer> refresh() {
    guard.check();
    topics
        .find(topic.name())
        .filter(found -> found.id().equals(topic.id()))
        .filter(found -> found.partitions() > topic.partitions())
        .ifPresent(found -> topic = found);
    return partitions();
  }

  @Override
  public void grow(int partitions) {
    if (refresh().size() < partitions) {
      topics.grow(topic.name(), partitions);
      String what = "add partitions to topic '" + topic.name() + "'";
      topic = Patience.until(clock, () -> KafkaLog.known(grown(partitions)), what);
    }
  }

  private Optional<Topic> grown(int partitions) {
    return topics
        .find(topic.name())
        .filter(found -> found.id().equals(topic.id()) && found.partitions() >= partitions);
  }

  @Override
  public List<String> notes() {
    return TopicSettings.notes(stream, topic, settings);
  }

  @Override
  public Map<Integer, Long> starts() {
    Map<Integer, Long> starts = topics.starts(topic);
    guard.check();
    return starts;
  }

  @Override
  public Map<Integer, Long> ends() {
    Map<Integer, Long> ends = topics.ends(topic);
    guard.check();
    return ends;
  }

  @Override
  public Map<Integer, Long> positionsSince(long epochMillis) {
    // What comes between the two questions is above the ends.
    Map<Integer, Long> positions = topics.ends(topic);
    topics.since(topic, epochMillis).forEach(positions::replace);
    guard.check();
    return positions;
  }

  @Override
  public long acknowledged(int partition) {
    return acknowledged.end(topicId(), partition);
  }

  @Override
  public CompletableFuture<Appended> append(List<Event> events) {
    int partition = Math.floorMod(turn.getAndIncrement(), topic.partitions());
    return appender.append(events, partition);
  }

  @Override
  public LaneReader reader(Lane lane, long from, int leaderEpoch, ReadLimits limits) {
    if (!lane.topicId().equals(topicId())) {
      throw new TopicRecreatedException(stream.name(), topic.name(), lane.topicId(), topicId());
    }
    long start = start(lane.partition());
    if (from < start) {
      throw new HistoryLostException(stream.name(), lane, from, start);
    }
    long end = end(lane.partition());
    if (from > end) {
      throw new LostTailException(stream.name(), lane, from, end, null);
    }
    KafkaLaneReader reader = new KafkaLaneReader(this, lane, guard, broker, limits);
    reader.seek(from, leaderEpoch);
    return reader;
  }

  @Override
  public void scan(Lane lane, long from, long to, Consumer<? super LogRecord> sink) {
    try (LaneReader reader = reader(lane, from, -1, ReadLimits.DEFAULT)) {
      while (reader.position() < to) {
        Patience.until(
            clock,
            () -> reader.read(to, sink).isEmpty() ? null : true,
            "read lane " + lane + " from position " + reader.position());
      }
    }
  }

  @Override
  public void trim(int partition, long below) {
    guard.check();
    topics.trim(topic.name(), partition, below);
  }
}
