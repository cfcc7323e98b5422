// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletionException;
import org.anabranch.view.Chunk;
import org.anabranch.view.Clock;
import org.anabranch.view.Lane;
import org.anabranch.view.ManualClock;
import org.anabranch.view.Range;
import org.anabranch.view.StreamDefinition;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others may do to a topic of Kafka. */
final class KafkaLogTest {
  private static final ReadLimits LIMITS = ReadLimits.DEFAULT;

  @TempDir private static Path directory;
  private static EmbeddedBroker broker;
  private static Admin admin;

  private final ManualClock clock = new ManualClock(0);
  private final Log log =
      new KafkaLog(new ExternalCluster(broker.bootstrapServers(), Map.of()), clock);

  @BeforeAll
  static void start() {
    broker = OpenBroker.start(directory, Durability.PROCESS);
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  @AfterAll
  static void stop() {
    admin.close();
    broker.close();
  }

  @AfterEach
  void closeLog() {
    log.close();
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", broker.bootstrapServers());
    settings.put("acks", "all");
    settings.putAll(more);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static void create(String name, Map<String, String> settings) throws Exception {
    NewTopic topic = new NewTopic(name, Optional.of(1), Optional.empty()).configs(settings);
    admin.createTopics(List.of(topic)).all().get();
  }

  private static void delete(String name) throws Exception {
    admin.deleteTopics(List.of(name)).all().get();
  }

  /** Deletes a topic and makes an empty one of the same name. */
  private static void recreate(String name) throws Exception {
    delete(name);
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (true) {
      try {
        create(name, TopicSettings.NEW);
        return;
      } catch (java.util.concurrent.ExecutionException e) {
        assertTrue(System.nanoTime() < deadline, "the topic is still there: " + e);
      }
    }
  }

  @Test
  void theLogsClockSaysWhenAnEventWasAppendedWhateverItsProducerSays() throws Exception {
    StreamLog stream = log.open(Streams.stream("times", 1));
    long before = Clock.SYSTEM.millis();
    try (KafkaProducer<byte[], byte[]> other = producer(Map.of())) {
      other.send(new ProducerRecord<>("times", 0, 12345L, null, Streams.json(1))).get();
    }
    List<Long> times = new ArrayList<>();
    stream.scan(Streams.lane(stream, 0), 0, 1, r -> times.add(r.appendedAt()));
    assertTrue(times.get(0) >= before && times.get(0) <= Clock.SYSTEM.millis(), times.toString());
  }

  @Test
  void keysGoWhereAnotherProducerPutsThem() throws Exception {
    StreamLog stream = log.open(Streams.stream("keys", 4));
    try (KafkaProducer<byte[], byte[]> other = producer(Map.of())) {
      for (int i = 0; i < 20; i++) {
        byte[] key = ("k" + i).getBytes(UTF_8);
        Event event = new Event(Streams.json(i), key, Event.ANY_PARTITION, Map.of());
        assertEquals(
            other.send(new ProducerRecord<>("keys", key, Streams.json(i))).get().partition(),
            stream.append(List.of(event)).join().partition(0));
      }
    }
  }

  @Test
  void compressedEventsOfOtherProducersComeBack() throws Exception {
    StreamLog stream = log.open(Streams.stream("compressed", 1));
    List<String> expected = new ArrayList<>();
    for (String codec : List.of("gzip", "snappy", "lz4", "zstd")) {
      try (KafkaProducer<byte[], byte[]> other = producer(Map.of("compression.type", codec))) {
        for (int i = 0; i < 100; i++) {
          var unused = other.send(new ProducerRecord<>("compressed", 0, null, Streams.json(i)));
          expected.add(new String(Streams.json(i), UTF_8));
        }
      }
    }
    List<String> seen = new ArrayList<>();
    stream.scan(Streams.lane(stream, 0), 0, 400, r -> seen.add(Streams.text(r)));
    assertEquals(expected, seen);
  }

  @Test
  void markersAndAbortedEventsAreAccountedForWithoutRows() throws Exception {
    StreamLog stream = log.open(Streams.stream("transactions", 1));
    Map<String, Object> transactional = Map.of("transactional.id", "t", "linger.ms", 0);
    try (KafkaProducer<byte[], byte[]> other = producer(transactional)) {
      other.initTransactions();
      for (int transaction = 0; transaction < 6; transaction++) {
        other.beginTransaction();
        for (int i = 0; i < 3; i++) {
          var unused =
              other.send(
                  new ProducerRecord<>("transactions", 0, null, Streams.json(transaction * 3 + i)));
        }
        other.flush();
        if (transaction % 2 == 0) {
          other.commitTransaction();
        } else {
          other.abortTransaction();
        }
      }
    }
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (stream.end(0) < 24) {
      assertTrue(System.nanoTime() < deadline, "ends at " + stream.end(0));
    }
    for (int records : new int[] {1, 2, 4, 100}) {
      checkTransactions(stream, records);
    }
  }

  private static void checkTransactions(StreamLog stream, int records) throws Exception {
    List<Chunk> chunks = new ArrayList<>();
    ReadLimits limits = new ReadLimits(records, 1 << 20, LIMITS.patience());
    Lane lane = Streams.lane(stream, 0);
    LaneVersion version = new LaneVersion(0, stream.stream(), Streams.ACCEPT_ALL);
    try (LaneTail tail = new LaneTail(stream, lane, List.of(version), limits)) {
      Subscription subscription = tail.subscribe(chunks::add, 0, -1);
      while (subscription.position() < 24) {
        tail.step();
      }
    }
    List<Object> ids = new ArrayList<>();
    long expected = 0;
    for (Chunk chunk : chunks) {
      assertEquals(expected, chunk.range().from());
      expected = chunk.range().to();
      for (int row = 0; row < chunk.rows().size(); row++) {
        ids.add(chunk.rows().column(0).get(row));
      }
    }
    assertEquals(24, expected);
    assertEquals(List.<Object>of(0L, 1L, 2L, 6L, 7L, 8L, 12L, 13L, 14L), ids);
  }

  @Test
  void eventsOfAnOpenTransactionAreNotThereYet() {
    StreamLog stream = log.open(Streams.stream("open", 1));
    try (KafkaProducer<byte[], byte[]> other = producer(Map.of("transactional.id", "o"))) {
      other.initTransactions();
      other.beginTransaction();
      var unused = other.send(new ProducerRecord<>("open", 0, null, Streams.json(1)));
      other.flush();
      stream.append(List.of(Streams.event(2, 0))).join();
      assertEquals(0, stream.end(0));
      try (LaneReader reader = stream.reader(Streams.lane(stream, 0), 0, -1, LIMITS)) {
        for (int i = 0; i < 50; i++) {
          assertEquals(new Range(0, 0), reader.read(Long.MAX_VALUE, r -> {}));
        }
      }
      other.commitTransaction();
    }
  }

  @Test
  void aRecordWithoutAValueIsRejected() throws Exception {
    StreamLog stream = log.open(Streams.stream("tombstones", 1));
    try (KafkaProducer<byte[], byte[]> other = producer(Map.of())) {
      other.send(new ProducerRecord<>("tombstones", 0, null, null)).get();
    }
    List<Chunk> chunks = new ArrayList<>();
    LaneVersion version = new LaneVersion(0, stream.stream(), Streams.ACCEPT_ALL);
    try (LaneTail tail = new LaneTail(stream, Streams.lane(stream, 0), List.of(version), LIMITS)) {
      Subscription subscription = tail.subscribe(chunks::add, 0, -1);
      while (subscription.position() < 1) {
        tail.step();
      }
    }
    assertEquals("syntax", chunks.get(0).quarantined().get(0).rejection().code());
    assertEquals(0, chunks.get(0).quarantined().get(0).bytes().length);
  }

  @Test
  void aCompactedTopicIsRefusedWithAllThatIsWrongWithIt() throws Exception {
    create("compacted", Map.of("cleanup.policy", "delete,compact"));
    StreamDefinition stream = Streams.stream("compacted", 1);
    TopicRefusedException refused =
        assertThrows(TopicRefusedException.class, () -> log.open(stream));
    assertTrue(refused.getMessage().contains("cleanup.policy is delete,compact"));
    assertTrue(refused.getMessage().contains("message.timestamp.type is CreateTime"));
  }

  @Test
  void retentionOfATopicMadeElsewhereIsNoted() throws Exception {
    create(
        "retained", Map.of("message.timestamp.type", "LogAppendTime", "retention.ms", "3600000"));
    List<String> notes = log.open(Streams.stream("retained", 1)).notes();
    assertEquals(1, notes.size());
    assertTrue(notes.get(0).contains("retention.ms=3600000"), notes.get(0));
  }

  @Test
  void aNameThatIsNoTopicsNameIsRefused() {
    assertThrows(TopicRefusedException.class, () -> log.open(Streams.stream("größe", 1)));
  }

  @Test
  void aRecreatedTopicIsRefusedByWhoeverUsesIt() throws Exception {
    StreamLog stream = log.open(Streams.stream("recreated", 1));
    stream.append(List.of(Streams.event(1, 0))).join();
    try (LaneReader reader = stream.reader(Streams.lane(stream, 0), 0, -1, LIMITS)) {
      while (reader.position() < 1) {
        reader.read(1, r -> {});
      }
      recreate("recreated");
      try (KafkaProducer<byte[], byte[]> other = producer(Map.of())) {
        for (int i = 0; i < 3; i++) {
          other.send(new ProducerRecord<>("recreated", 0, null, Streams.json(i))).get();
        }
      }
      TopicRecreatedException refused =
          assertThrows(
              TopicRecreatedException.class,
              () -> {
                long deadline = System.nanoTime() + 20_000_000_000L;
                while (System.nanoTime() < deadline) {
                  reader.read(Long.MAX_VALUE, r -> System.err.println("leaked " + r.position()));
                }
              });
      assertTrue(refused.getMessage().contains(stream.topicId()), refused.getMessage());
      assertEquals(1, reader.position());
    }
    assertThrows(TopicRecreatedException.class, stream::ends);
    CompletionException failed =
        assertThrows(
            CompletionException.class, () -> stream.append(List.of(Streams.event(2, 0))).join());
    assertInstanceOf(TopicRecreatedException.class, failed.getCause());
  }

  @Test
  void aDeletedTopicIsMissedForAWhileAndThenGone() throws Exception {
    StreamLog stream = log.open(Streams.stream("deleted", 1));
    delete("deleted");
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (admin.listTopics().names().get().contains("deleted")) {
      assertTrue(System.nanoTime() < deadline, "the topic is still there");
    }
    assertThrows(LogUnavailableException.class, stream::refresh);
    clock.advance(60_000);
    assertThrows(TopicDeletedException.class, stream::refresh);
  }
}
