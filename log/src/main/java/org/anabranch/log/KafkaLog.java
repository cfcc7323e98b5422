// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.time.Duration;
import java.util.Map;
import org.anabranch.view.Clock;
import org.anabranch.view.StreamDefinition;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/** The log on a Kafka broker, embedded or not: the client code is the same. */
public final class KafkaLog implements Log {
  private final Broker broker;
  private final Clock clock;
  private final Topics topics;
  private final MetadataWatch watch = new MetadataWatch();
  private final Producer<byte[], byte[]> producer;

  /** The broker stays its owner's to close, after this. */
  public KafkaLog(Broker broker, Clock clock) {
    this.broker = broker;
    this.clock = clock;
    this.topics = new Topics(broker);
    this.producer =
        new KafkaProducer<>(ClientSettings.producer(broker), new MetadataWatch(), watch);
  }

  @Override
  public StreamLog open(StreamDefinition stream) {
    TopicSettings.checkName(stream);
    Topic topic =
        topics
            .find(stream.topic())
            .orElseGet(
                () -> topics.create(stream.topic(), stream.partitions(), TopicSettings.NEW));
    Map<String, String> settings = topics.settings(topic.name());
    TopicSettings.check(stream, settings);
    return new KafkaStreamLog(
        stream, topic, settings, new KafkaAppender(producer, watch, broker), topics, broker, clock);
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
    topics.close();
  }
}
