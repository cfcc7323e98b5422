// SPDX-License-Identifier: Apache-2.0
package org.anabranch.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Kafka's own consumer over a whole topic, on one thread, tuned as the log's readers are. */
final class RawScan {
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private final String bootstrapServers;
  private final String topic;

  RawScan(String bootstrapServers, String topic) {
    this.bootstrapServers = bootstrapServers;
    this.topic = topic;
  }

  /** Hands on every value and returns how many there were. */
  long read(Consumer<byte[]> sink) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", bootstrapServers,
            "enable.auto.commit", "false",
            "isolation.level", "read_committed",
            "max.poll.records", "4096",
            "fetch.max.bytes", String.valueOf(16 << 20),
            "max.partition.fetch.bytes", String.valueOf(4 << 20),
            "receive.buffer.bytes", "-1");
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(known -> new TopicPartition(topic, known.partition()))
              .toList();
      long missing =
          consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long count = 0;
      while (count < missing) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(PATIENCE)) {
          sink.accept(each.value());
          count++;
        }
      }
      return count;
    }
  }
}
