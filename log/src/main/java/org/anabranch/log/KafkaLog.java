// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.anabranch.view.Clock;
import org.anabranch.view.StreamDefinition;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/** The log on a Kafka broker, embedded or not: the client code is the same. */
public final class KafkaLog implements Log {
  /** About how much may wait to be sent. */
  public static final long SEND_BYTES = 64L << 20;

  /** The largest event must fit with some others. */
  public static final long LEAST_SEND_BYTES = 12L << 20;

  private final Broker broker;
  private final Clock clock;
  private final Acknowledged acknowledged;
  private final Topics topics;
  private final MetadataWatch watch = new MetadataWatch();
  private final Producer<byte[], byte[]> producer;

  /** A log that does not remember what it acknowledged. */
  public KafkaLog(Broker broker, Clock clock) {
    this(broker, clock, Acknowledged.NOTHING, SEND_BYTES);
  }

  /**
   * A log over a broker, which stays its owner's to close, after this.
   *
   * @param sendBytes about how much may wait to be sent
   */
  public KafkaLog(Broker broker, Clock clock, Acknowledged acknowledged, long sendBytes) {
    this.broker = broker;
    this.clock = clock;
    this.acknowledged = acknowledged;
    this.topics = new Topics(broker);
    this.producer =
        new KafkaProducer<>(ClientSettings.producer(broker, sendBytes), new MetadataWatch(), watch);
  }

  @Override
  public StreamLog open(StreamDefinition stream) {
    TopicSettings.checkName(stream);
    String name = stream.topic();
    if (topics.find(name).isEmpty()) {
      topics.create(name, stream.partitions(), TopicSettings.NEW);
    }
    String what = "open topic '" + name + "'";
    Topic topic = Patience.until(clock, () -> known(topics.find(name)), what);
    Map<String, String> settings = Patience.until(clock, () -> known(topics.settings(name)), what);
    TopicSettings.check(stream, settings);
    return new KafkaStreamLog(
        stream, topic, settings, producer, watch, topics, broker, clock, acknowledged);
  }

  /**
   * A topic that was just made, or was given partitions, is not known to all brokers at once: null
   * after a short while.
   */
  static <T> T known(Optional<T> found) {
    if (found.isEmpty()) {
      LockSupport.parkNanos(5_000_000);
    }
    return found.orElse(null);
  }

  @Override
  public Acknowledged acknowledged() {
    return acknowledged;
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
    topics.close();
  }
}
