// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.anabranch.view.Clock;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded broker takes nobody but this process: what another program on the machine gets. */
final class StrangerTest {
  @TempDir private static Path directory;
  private static EmbeddedBroker broker;
  private static Log log;
  private static StreamLog stream;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start(directory.resolve("log"), Durability.PROCESS);
    log = new KafkaLog(broker, Clock.SYSTEM);
    stream = log.open(Streams.stream("mine", 1));
    stream.append(List.of(Streams.event(1, 0))).join();
  }

  @AfterAll
  static void stop() {
    log.close();
    broker.close();
  }

  /** One that says nothing of itself, and one with a guess. */
  private static List<Map<String, Object>> strangers() {
    Map<String, Object> silent = new HashMap<>();
    silent.put("bootstrap.servers", broker.bootstrapServers());
    silent.put("request.timeout.ms", 1000);
    silent.put("default.api.timeout.ms", 1500);
    silent.put("max.block.ms", 1500);
    silent.put("delivery.timeout.ms", 1500);
    silent.put("linger.ms", 0);
    Map<String, Object> guessing = new HashMap<>(silent);
    guessing.putAll(broker.clientProperties());
    guessing.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required"
            + " username=\"anabranch\" password=\"anabranch\";");
    return List.of(silent, guessing);
  }

  @Test
  void aStrangerNeitherAppendsNorReadsNorDeletes() {
    for (Map<String, Object> stranger : strangers()) {
      try (Admin admin = Admin.create(stranger);
          KafkaProducer<byte[], byte[]> producer =
              new KafkaProducer<>(stranger, new ByteArraySerializer(), new ByteArraySerializer());
          KafkaConsumer<byte[], byte[]> consumer =
              new KafkaConsumer<>(
                  stranger, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
        assertThrows(ExecutionException.class, () -> admin.listTopics().names().get());
        assertThrows(
            ExecutionException.class, () -> admin.deleteTopics(List.of("mine")).all().get());
        assertThrows(
            Exception.class,
            () -> producer.send(new ProducerRecord<>("mine", Streams.json(2))).get());
        TopicPartition partition = new TopicPartition("mine", 0);
        consumer.assign(List.of(partition));
        assertThrows(
            KafkaException.class,
            () -> consumer.beginningOffsets(List.of(partition), Duration.ofMillis(1500)));
      }
    }
    assertEquals(1, stream.end(0));
    assertEquals("mine", stream.stream().topic());
  }

  @Test
  void aGuessIsToldThatItIsWrong() {
    try (Admin admin = Admin.create(strangers().get(1))) {
      ExecutionException refused =
          assertThrows(ExecutionException.class, () -> admin.listTopics().names().get());
      assertInstanceOf(SaslAuthenticationException.class, refused.getCause());
    }
  }

  @Test
  void theSecretIsAnotherAtEveryStart() {
    assertNotEquals(BrokerSecret.make().clientProperties(), BrokerSecret.make().clientProperties());
  }
}
