// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anabranch.log.recovery.LogInspection;
import org.anabranch.view.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segment files of the embedded log that are gone, or come from another time. */
final class SegmentFilesTest {
  private static final int EVENTS = 9;

  @TempDir private Path data;
  private Path log;

  @BeforeEach
  void make() throws IOException {
    log = data.resolve("log");
    try (EmbeddedBroker broker = start();
        Log client = new KafkaLog(broker, Clock.SYSTEM)) {
      append(client.open(Streams.stream("s", 1)), EVENTS);
    }
    assertTrue(segments().size() >= 3, segments().toString());
    assertEquals(List.of(), LogInspection.of(log));
  }

  /** Segments hold two or three events. */
  private EmbeddedBroker start() {
    return EmbeddedBroker.start(
        log,
        Durability.PROCESS,
        () -> Long.MAX_VALUE,
        settings -> {
          settings.setProperty("log.segment.bytes", Integer.toString(1 << 20));
          return settings;
        });
  }

  private static void append(StreamLog stream, int events) {
    for (int i = 0; i < events; i++) {
      stream.append(List.of(new Event(new byte[400_000], null, 0, Map.of()))).join();
    }
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(log.resolve("s-0"))) {
      return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    }
  }

  private static long base(Path segment) {
    return Long.parseLong(segment.getFileName().toString().substring(0, 20));
  }

  @Test
  void aMissingMiddleSegmentIsFoundBeforeTheStartAndItsPositionsAreNamed() throws IOException {
    List<Path> segments = segments();
    Files.delete(segments.get(1));
    List<String> notes = LogInspection.of(log);
    long from = base(segments.get(1));
    long to = base(segments.get(2));
    assertEquals(1, notes.size(), notes.toString());
    assertTrue(
        notes
            .get(0)
            .startsWith(
                "positions [%d, %d) (%d) are missing in 'log/s-0'".formatted(from, to, to - from)),
        notes.get(0));
    try (EmbeddedBroker broker = start();
        Log client = new KafkaLog(broker, Clock.SYSTEM)) {
      StreamLog stream = client.open(Streams.stream("s", 1));
      assertEquals(EVENTS, stream.end(0));
      assertEquals(notes, broker.notes());
      CorruptLogException stopped =
          assertThrows(
              CorruptLogException.class,
              () -> stream.scan(Streams.lane(stream, 0), 0, EVENTS, record -> {}));
      assertEquals(from, stopped.position());
    }
  }

  @Test
  void aSegmentOfAnotherTimeIsNotTakenForTheEventsThatFollow() throws IOException {
    List<Path> segments = segments();
    Path third = segments.get(2);
    Path old = data.resolve("old");
    Files.move(third, old);
    for (Path later : segments.subList(1, segments.size())) {
      Files.deleteIfExists(later);
    }
    long end = base(segments.get(1));
    try (EmbeddedBroker broker = start();
        Log client = new KafkaLog(broker, Clock.SYSTEM)) {
      StreamLog stream = client.open(Streams.stream("s", 1));
      assertEquals(end, stream.end(0));
      append(stream, (int) (base(third) - end));
    }
    // It begins where the log ends, and has events of before.
    Files.copy(old, third);
    DamagedLogException refused =
        assertThrows(DamagedLogException.class, () -> LogInspection.of(log));
    assertTrue(
        refused.getMessage().contains("does not follow the segment before it"),
        refused.getMessage());
  }

  @Test
  void anIndexThatIsNotOfItsSegmentIsMadeAgainSoThatTheEndIsWhereTheEventsEnd() throws IOException {
    List<Path> segments = segments();
    Path first = segments.get(0);
    for (Path later : segments.subList(1, segments.size())) {
      Files.delete(later);
    }
    byte[] whole = Files.readAllBytes(first);
    int batch = 12 + java.nio.ByteBuffer.wrap(whole).getInt(8);
    Files.write(first, java.util.Arrays.copyOf(whole, batch));
    List<String> notes = LogInspection.of(log);
    assertTrue(
        notes.stream().anyMatch(note -> note.contains("its index is made again")), "" + notes);
    try (EmbeddedBroker broker = start();
        Log client = new KafkaLog(broker, Clock.SYSTEM)) {
      assertEquals(1, client.open(Streams.stream("s", 1)).end(0));
    }
    Files.write(first, whole);
    try (EmbeddedBroker broker = start();
        Log client = new KafkaLog(broker, Clock.SYSTEM)) {
      assertEquals(base(segments.get(1)), client.open(Streams.stream("s", 1)).end(0));
    }
  }
}
