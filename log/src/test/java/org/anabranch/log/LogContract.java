// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.anabranch.view.Clock;
import org.anabranch.view.Lane;
import org.anabranch.view.Range;
import org.anabranch.view.StreamDefinition;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every log does. */
abstract class LogContract {
  private static final AtomicInteger STREAMS = new AtomicInteger();
  private static final ReadLimits LIMITS = ReadLimits.DEFAULT;

  private Log log;

  /** A log that may have topics of earlier tests. */
  abstract Log open();

  @BeforeEach
  void openLog() {
    log = open();
  }

  @AfterEach
  void closeLog() {
    log.close();
  }

  private static StreamDefinition fresh(int partitions) {
    return Streams.stream("contract" + STREAMS.incrementAndGet(), partitions);
  }

  private static List<Event> events(int partition, long... ids) {
    List<Event> events = new ArrayList<>();
    for (long id : ids) {
      events.add(Streams.event(id, partition));
    }
    return events;
  }

  @Test
  void aTimeLeadsToTheFirstPositionThatCameThenOrLater() throws Exception {
    StreamLog stream = log.open(fresh(2));
    Appended first = stream.append(events(0, 1, 2)).get();
    assertEquals(Map.of(0, 0L, 1, 0L), stream.positionsSince(first.appendedAt(0)));
    long later = first.appendedAt(1) + 1;
    Appended second = stream.append(events(0, 3)).get();
    while (second.appendedAt(0) < later) {
      second = stream.append(events(0, 4)).get();
    }
    long found = stream.positionsSince(later).get(0);
    assertTrue(found >= 2 && found <= second.position(0), "position " + found);
    assertEquals(stream.ends(), stream.positionsSince(second.appendedAt(0) + 1));
  }

  private static List<String> read(StreamLog stream, int partition, long from, long to) {
    List<String> texts = new ArrayList<>();
    stream.scan(Streams.lane(stream, partition), from, to, r -> texts.add(Streams.text(r)));
    return texts;
  }

  @Test
  void appendedEventsComeBackInOrderWithTheirPositionsAndTimes() {
    StreamLog stream = log.open(fresh(1));
    long before = Clock.SYSTEM.millis();
    Appended appended = stream.append(events(0, 7, 8, 9)).join();
    List<String> seen = new ArrayList<>();
    stream.scan(
        Streams.lane(stream, 0),
        0,
        3,
        r -> seen.add(r.position() + " " + r.appendedAt() + " " + Streams.text(r)));

    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      assertEquals(i, appended.position(i));
      assertTrue(appended.appendedAt(i) >= before && appended.appendedAt(i) < before + 60_000);
      expected.add(i + " " + appended.appendedAt(i) + " " + new String(Streams.json(7 + i), UTF_8));
    }
    assertEquals(expected, seen);
    assertEquals(Map.of(0, 3L), appended.ends());
    assertEquals(3, stream.end(0));
    assertEquals(0, stream.start(0));
  }

  @Test
  void anEmptyRequestIsAcknowledged() {
    assertEquals(0, log.open(fresh(1)).append(List.of()).join().size());
  }

  @Test
  void requestsWithoutKeysTakeTurnsAndStayTogether() {
    StreamLog stream = log.open(fresh(3));
    Set<Integer> used = new HashSet<>();
    for (int request = 0; request < 3; request++) {
      Appended appended = stream.append(events(Event.ANY_PARTITION, 1, 2, 3, 4)).join();
      assertEquals(1, appended.ends().size());
      used.addAll(appended.ends().keySet());
    }
    assertEquals(Set.of(0, 1, 2), used);
  }

  @Test
  void keysGoWhereKafkasDefaultPartitionerPutsThem() {
    StreamLog stream = log.open(fresh(5));
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      events.add(
          new Event(Streams.json(i), ("key" + i).getBytes(UTF_8), Event.ANY_PARTITION, Map.of()));
    }
    Appended appended = stream.append(events).join();
    for (int i = 0; i < 50; i++) {
      assertEquals(
          BuiltInPartitioner.partitionForKey(events.get(i).key(), 5), appended.partition(i));
    }
    assertEquals(5, appended.ends().size());
  }

  @Test
  void headersComeBack() {
    StreamLog stream = log.open(fresh(1));
    Map<String, String> headers =
        Map.of(EventHeaders.IDEMPOTENCY_KEY, "schlüssel", EventHeaders.IDEMPOTENCY_INDEX, "12");
    stream
        .append(List.of(new Event(Streams.json(1), null, 0, headers), Event.of(Streams.json(2))))
        .join();
    List<Map<String, String>> seen = new ArrayList<>();
    stream.scan(
        Streams.lane(stream, 0),
        0,
        2,
        r -> {
          seen.add(r.headers());
          assertEquals(
              seen.get(seen.size() - 1).get("idempotency-key"), r.header("idempotency-key"));
        });
    assertEquals(List.of(headers, Map.of()), seen);
  }

  @Test
  void aReaderStopsAtItsLimitAndGoesOnFromThere() {
    StreamLog stream = log.open(fresh(1));
    stream.append(events(0, 1, 2, 3, 4, 5)).join();
    List<Long> seen = new ArrayList<>();
    try (LaneReader reader = stream.reader(Streams.lane(stream, 0), 1, -1, LIMITS)) {
      readTo(reader, 3, seen);
      assertEquals(List.of(1L, 2L), seen);
      assertEquals(3, reader.position());
      assertEquals(new Range(3, 3), reader.read(3, r -> seen.add(r.position())));
      readTo(reader, 5, seen);
      assertEquals(List.of(1L, 2L, 3L, 4L), seen);
      assertTrue(reader.read(Long.MAX_VALUE, r -> seen.add(r.position())).isEmpty());
      reader.seek(0, -1);
      readTo(reader, 1, seen);
      assertEquals(List.of(1L, 2L, 3L, 4L, 0L), seen);
    }
  }

  private static void readTo(LaneReader reader, long limit, List<Long> seen) {
    while (reader.position() < limit) {
      long before = reader.position();
      Range range = reader.read(limit, r -> seen.add(r.position()));
      assertEquals(before, range.from());
      assertEquals(reader.position(), range.to());
    }
  }

  @Test
  void aReadTakesNoMoreThanItsLimits() {
    StreamLog stream = log.open(fresh(1));
    stream.append(events(0, 1, 2, 3, 4, 5)).join();
    ReadLimits two = new ReadLimits(2, 1 << 20, LIMITS.patience());
    List<Long> seen = new ArrayList<>();
    try (LaneReader reader = stream.reader(Streams.lane(stream, 0), 0, -1, two)) {
      while (reader.position() < 5) {
        assertTrue(reader.read(5, r -> seen.add(r.position())).length() <= 2);
      }
    }
    assertEquals(List.of(0L, 1L, 2L, 3L, 4L), seen);
  }

  @Test
  void aSinkThatFailsSkipsNothing() {
    StreamLog stream = log.open(fresh(1));
    stream.append(events(0, 1, 2)).join();
    List<Long> seen = new ArrayList<>();
    try (LaneReader reader = stream.reader(Streams.lane(stream, 0), 0, -1, LIMITS)) {
      assertThrows(
          IllegalStateException.class,
          () -> {
            while (reader.position() < 2) {
              reader.read(
                  2,
                  r -> {
                    throw new IllegalStateException("full");
                  });
            }
          });
      assertEquals(0, reader.position());
      readTo(reader, 2, seen);
    }
    assertEquals(List.of(0L, 1L), seen);
  }

  @Test
  void readingOnAboveTheEndIsALostTail() {
    StreamLog stream = log.open(fresh(1));
    stream.append(events(0, 1, 2)).join();
    Lane lane = Streams.lane(stream, 0);
    LostTailException lost =
        assertThrows(LostTailException.class, () -> stream.reader(lane, 3, 0, LIMITS));
    assertEquals(lane, lost.lane());
    assertEquals(3, lost.position());
    assertEquals(2, lost.end());
    stream.reader(lane, 2, -1, LIMITS).close();
  }

  @Test
  void positionsBelowTheStartAreLostHistory() {
    StreamLog stream = log.open(fresh(1));
    stream.append(events(0, 1, 2, 3)).join();
    stream.trim(0, 2);
    Lane lane = Streams.lane(stream, 0);
    HistoryLostException lost =
        assertThrows(HistoryLostException.class, () -> stream.reader(lane, 1, -1, LIMITS));
    assertEquals(1, lost.position());
    assertEquals(2, lost.start());
    assertEquals(2, stream.start(0));
    assertEquals(List.of(new String(Streams.json(3), UTF_8)), read(stream, 0, 2, 3));
  }

  @Test
  void trimmingUnderAReaderIsLostHistoryToo() {
    StreamLog stream = log.open(fresh(1));
    stream.append(events(0, 1, 2, 3)).join();
    try (LaneReader reader = stream.reader(Streams.lane(stream, 0), 0, -1, LIMITS)) {
      stream.trim(0, 2);
      assertThrows(
          HistoryLostException.class,
          () -> {
            while (reader.position() == 0) {
              reader.read(3, r -> {});
            }
          });
    }
  }

  @Test
  void aLaneOfAnotherTopicIsRefused() {
    StreamLog stream = log.open(fresh(1));
    Lane other = new Lane("OtherTopicId", 0, 0);
    TopicRecreatedException refused =
        assertThrows(TopicRecreatedException.class, () -> stream.reader(other, 0, -1, LIMITS));
    assertTrue(refused.getMessage().contains("OtherTopicId"), refused.getMessage());
    assertTrue(refused.getMessage().contains(stream.topicId()), refused.getMessage());
  }

  @Test
  void anEventThatIsTooLargeLetsNothingThrough() {
    StreamLog stream = log.open(fresh(1));
    List<Event> events = new ArrayList<>(events(0, 1));
    events.add(new Event(new byte[9 << 20], null, 0, Map.of()));
    CompletionException failed =
        assertThrows(CompletionException.class, () -> stream.append(events).join());
    EventTooLargeException large =
        assertInstanceOf(EventTooLargeException.class, failed.getCause());
    assertEquals(1, large.index());
    assertEquals(0, stream.end(0));
  }

  @Test
  void aLargeEventComesBack() {
    StreamLog stream = log.open(fresh(1));
    byte[] value = new byte[5 << 20];
    value[value.length - 1] = 42;
    stream.append(List.of(new Event(value, null, 0, Map.of()))).join();
    List<Integer> seen = new ArrayList<>();
    stream.scan(
        Streams.lane(stream, 0),
        0,
        1,
        r -> seen.add(r.length() + r.bytes()[r.offset() + r.length() - 1]));
    assertEquals(List.of((5 << 20) + 42), seen);
  }

  @Test
  void openingAgainFindsTheSameTopic() {
    StreamDefinition definition = fresh(2);
    StreamLog first = log.open(definition);
    first.append(events(1, 5)).join();
    StreamLog second = log.open(definition);
    assertEquals(first.topicId(), second.topicId());
    assertEquals(List.of(0, 1), second.partitions());
    assertEquals(Map.of(0, 0L, 1, 1L), second.ends());
    assertEquals(List.of(), second.notes());
    assertNotEquals(first.topicId(), log.open(fresh(1)).topicId());
  }

  @Test
  void otherNumbersOfPartitionsAreNoted() {
    StreamDefinition one = fresh(1);
    log.open(one);
    StreamLog stream = log.open(Streams.stream(one.name(), 3));
    assertEquals(List.of(0), stream.partitions());
    assertEquals(1, stream.notes().size());
    assertTrue(stream.notes().get(0).contains("declares 3 partitions"), stream.notes().get(0));
  }

  @Test
  void addedPartitionsAreSeenAfterARefresh() {
    StreamDefinition definition = fresh(1);
    StreamLog stream = log.open(definition);
    StreamLog other = log.open(definition);
    other.grow(3);
    assertEquals(List.of(0, 1, 2), other.partitions());
    assertEquals(List.of(0), stream.partitions());
    assertEquals(List.of(0, 1, 2), stream.refresh());
    assertEquals(2, stream.append(events(2, 1)).join().partition(0));
  }
}
