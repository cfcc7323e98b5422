// SPDX-License-Identifier: Apache-2.0
package org.anabranch.bench;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.anabranch.log.Broker;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/** Kafka's own consumer over a whole topic, on one thread, tuned as the log's readers are. */
final class RawScan {
  private static final Duration PATIENCE = Duration.ofMillis(1);

  private final Broker broker;
  private final List<TopicPartition> partitions;

  RawScan(Broker broker, String topic, List<Integer> partitions) {
    this.broker = broker;
    this.partitions = partitions.stream().map(each -> new TopicPartition(topic, each)).toList();
  }

  /** Reads with one consumer for all partitions, and returns how many events there were. */
  long together(Consumer<ByteBuffer> sink) {
    return read(List.of(partitions), sink);
  }

  /** Reads with a consumer for each partition, as the log's readers do. */
  long apart(Consumer<ByteBuffer> sink) {
    return read(partitions.stream().map(List::of).toList(), sink);
  }

  private long read(List<List<TopicPartition>> assignments, Consumer<ByteBuffer> sink) {
    List<KafkaConsumer<ByteBuffer, ByteBuffer>> consumers = new ArrayList<>();
    try {
      long missing = 0;
      for (List<TopicPartition> assigned : assignments) {
        KafkaConsumer<ByteBuffer, ByteBuffer> consumer = consumer();
        consumers.add(consumer);
        consumer.assign(assigned);
        consumer.seekToBeginning(assigned);
        missing += consumer.endOffsets(assigned).values().stream().mapToLong(end -> end).sum();
      }
      long count = 0;
      while (count < missing) {
        for (KafkaConsumer<ByteBuffer, ByteBuffer> consumer : consumers) {
          for (ConsumerRecord<ByteBuffer, ByteBuffer> each : consumer.poll(PATIENCE)) {
            sink.accept(each.value());
            count++;
          }
        }
      }
      return count;
    } finally {
      consumers.forEach(KafkaConsumer::close);
    }
  }

  private KafkaConsumer<ByteBuffer, ByteBuffer> consumer() {
    Map<String, Object> settings = new HashMap<>(broker.clientProperties());
    settings.put("bootstrap.servers", broker.bootstrapServers());
    settings.put("enable.auto.commit", "false");
    settings.put("isolation.level", "read_committed");
    settings.put("max.poll.records", "4096");
    settings.put("max.partition.fetch.bytes", String.valueOf(4 << 20));
    settings.put("fetch.max.wait.ms", "100");
    settings.put("receive.buffer.bytes", "-1");
    return new KafkaConsumer<>(
        settings, new ByteBufferDeserializer(), new ByteBufferDeserializer());
  }
}
