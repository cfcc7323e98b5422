// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.anabranch.log.recovery.LogInspection;
import org.anabranch.view.Clock;
import org.anabranch.view.StreamDefinition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found in the directory of a broker that was killed or stopped, before it is started. */
final class DamagedDirectoryTest {
  private static final StreamDefinition STREAM = Streams.stream("s", 1);
  private static final int EVENTS = 6;
  private static final String SEGMENT = "s-0/00000000000000000000.log";

  @TempDir private static Path made;
  private static Path killed;
  private static Path stopped;

  /** Where each event's batch begins: every event is acknowledged before the next is sent. */
  private static final List<Integer> STARTS = new ArrayList<>();

  @TempDir private Path data;
  private Path log;

  @BeforeAll
  static void make() throws IOException {
    Path directory = made.resolve("log");
    killed = made.resolve("killed");
    stopped = made.resolve("stopped");
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, Durability.PROCESS);
        Log client = new KafkaLog(broker, Clock.SYSTEM)) {
      StreamLog stream = client.open(STREAM);
      for (int id = 0; id < EVENTS; id++) {
        STARTS.add((int) Files.size(directory.resolve(SEGMENT)));
        stream.append(List.of(Streams.event(id, 0))).join();
      }
      copy(directory, killed);
    }
    copy(directory, stopped);
  }

  /** Only what is kept counts: the files of a running broker come and go. */
  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else if (Files.exists(file)) {
          Files.copy(file, target);
        }
      }
    }
  }

  @BeforeEach
  void nameLog() {
    log = data.resolve("log");
  }

  private void use(Path state) throws IOException {
    copy(state, log);
  }

  private Path segment() {
    return log.resolve(SEGMENT);
  }

  private String refusal() {
    DamagedLogException refused =
        assertThrows(DamagedLogException.class, () -> LogInspection.of(log));
    assertFalse(refused.getMessage().contains(data.toString()), refused.getMessage());
    return refused.getMessage();
  }

  private static void assertContains(String text, String part) {
    assertTrue(text.contains(part), () -> "'" + part + "' is not in: " + text);
  }

  private void assertEventsAfterAStart(int count) {
    try (EmbeddedBroker broker = EmbeddedBroker.start(log, Durability.PROCESS);
        Log client = new KafkaLog(broker, Clock.SYSTEM)) {
      StreamLog stream = client.open(STREAM);
      assertEquals(count, stream.end(0));
      stream.append(List.of(Streams.event(99, 0))).join();
      List<String> texts = new ArrayList<>();
      stream.scan(Streams.lane(stream, 0), 0, count + 1, r -> texts.add(Streams.text(r)));
      List<String> expected = new ArrayList<>();
      for (int id = 0; id < count; id++) {
        expected.add(new String(Streams.json(id), StandardCharsets.UTF_8));
      }
      expected.add(new String(Streams.json(99), StandardCharsets.UTF_8));
      assertEquals(expected, texts);
    }
  }

  @Test
  void ofAnIntactDirectoryNothingIsSaidAndNothingChanges() throws IOException {
    for (Path state : List.of(killed, stopped)) {
      log = data.resolve(state.getFileName());
      use(state);
      assertEquals(List.of(), LogInspection.of(log));
      assertArrayEquals(Files.readAllBytes(state.resolve(SEGMENT)), Files.readAllBytes(segment()));
    }
    assertEquals(2, entries(data));
  }

  private static long entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.count();
    }
  }

  @Test
  void aTailThatIsBrokenOffIsKeptAsideBeforeTheBrokerCutsIt() throws IOException {
    byte[] whole = Files.readAllBytes(killed.resolve(SEGMENT));
    int last = STARTS.get(EVENTS - 1);
    for (Path state : List.of(killed, stopped)) {
      for (int length : new int[] {last + 1, last + 40, whole.length - 1}) {
        log = data.resolve(state.getFileName() + "-" + length).resolve("log");
        use(state);
        Files.write(segment(), Arrays.copyOf(whole, length));
        List<String> notes = LogInspection.of(log);
        assertEquals(1, notes.size(), notes.toString());
        assertContains(notes.get(0), "file 'log/" + SEGMENT + "' is damaged at byte " + last);
        assertContains(notes.get(0), "Positions below " + (EVENTS - 1) + " are intact");
        String copy = "log-kept/1/" + SEGMENT + ".from-" + last;
        assertContains(notes.get(0), copy);
        assertArrayEquals(
            Arrays.copyOfRange(whole, last, length), Files.readAllBytes(log.resolveSibling(copy)));
        assertFalse(Files.exists(log.resolve(".kafka_cleanshutdown")));
      }
    }
    assertEventsAfterAStart(EVENTS - 1);
  }

  /** Header and payload alike; what the checksum covers and what it does not. */
  @Test
  void whereverABitIsFlippedIntactEventsBehindItAreNotCut() throws IOException {
    use(killed);
    byte[] whole = Files.readAllBytes(segment());
    for (int at = STARTS.get(2); at < STARTS.get(3); at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << at % 8);
      Files.write(segment(), flipped);
      String refusal = refusal();
      assertContains(refusal, "file 'log/" + SEGMENT + "' is damaged at byte ");
      assertContains(refusal, " to " + (EVENTS - 1) + " behind the damage");
      assertArrayEquals(flipped, Files.readAllBytes(segment()));
    }
    assertEquals(1, entries(data));
  }

  @Test
  void whatTheRefusalOfDamageInTheMiddleNamesHelps() throws IOException {
    use(killed);
    byte[] whole = Files.readAllBytes(segment());
    byte[] flipped = whole.clone();
    flipped[STARTS.get(2) + 70] ^= 1;
    Files.write(segment(), flipped);
    LogException refused =
        assertThrows(
            DamagedLogException.class, () -> EmbeddedBroker.start(log, Durability.PROCESS));
    assertContains(refused.getMessage(), "Positions below 2 are intact, and so are 3 to 5");
    assertContains(refused.getMessage(), "from byte " + STARTS.get(3));
    String remedy = "truncate -s " + STARTS.get(2) + " 'log/" + SEGMENT + "'";
    assertContains(refused.getMessage(), remedy);

    Files.write(segment(), Arrays.copyOf(flipped, STARTS.get(2)));
    assertEventsAfterAStart(2);
  }

  @Test
  void theFileBackFromACopyIsAllThereIsToDo() throws IOException {
    use(killed);
    byte[] whole = Files.readAllBytes(segment());
    byte[] flipped = whole.clone();
    flipped[STARTS.get(2) + 70] ^= 1;
    Files.write(segment(), flipped);
    assertContains(refusal(), "Restore the file from a copy");
    Files.write(segment(), whole);
    assertEventsAfterAStart(EVENTS);
  }

  @Test
  void damageThatAnOrderlyStoppedBrokerDoesNotTouchIsNotedAndNamedByReaders() throws IOException {
    use(stopped);
    byte[] whole = Files.readAllBytes(segment());
    for (int at : new int[] {STARTS.get(2) + 7, STARTS.get(2) + 70}) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 8;
      Files.write(segment(), flipped);
      try (EmbeddedBroker broker = EmbeddedBroker.start(log, Durability.PROCESS);
          Log client = new KafkaLog(broker, Clock.SYSTEM)) {
        assertContains(broker.notes().toString(), "is damaged at byte " + STARTS.get(2));
        StreamLog stream = client.open(STREAM);
        assertEquals(EVENTS, stream.end(0));
        CorruptLogException corrupt =
            assertThrows(
                CorruptLogException.class,
                () -> stream.scan(Streams.lane(stream, 0), 0, EVENTS, r -> {}));
        assertEquals(2, corrupt.position());
        assertContains(corrupt.getMessage(), "file 'log/" + SEGMENT + "' is damaged");
      }
    }
  }

  @Test
  void aDirectoryThatDoesNotSayItsTopicIsNotSetAside() throws IOException {
    use(killed);
    Files.delete(log.resolve("s-0/partition.metadata"));
    assertContains(
        LogInspection.of(log).toString(), "file 'log/s-0/partition.metadata' was missing");
    assertEventsAfterAStart(EVENTS);
    assertEquals(List.of(), LogInspection.strays(log));
  }

  @Test
  void aDirectoryOfATopicThatTheBrokerDoesNotKnowIsNotSetAside() throws IOException {
    use(killed);
    Files.move(log.resolve("s-0"), log.resolve("other-0"));
    assertContains(refusal(), "directory 'log/other-0' holds events that would not be read");
    Files.move(log.resolve("other-0"), log.resolve("s-0"));
    assertEventsAfterAStart(EVENTS);
  }

  @Test
  void aDirectoryThatWasSetAsideIsMentioned() throws IOException {
    use(killed);
    copy(log.resolve("s-0"), log.resolve("s-0.0b1e-stray"));
    assertContains(
        LogInspection.of(log).toString(), "directory 'log/s-0.0b1e-stray' was set aside");
  }

  @Test
  void smallFilesThatCannotBeReadAreMadeAnew() throws IOException {
    for (Path state : List.of(killed, stopped)) {
      log = data.resolve(state.getFileName()).resolve("log");
      use(state);
      Files.writeString(log.resolve("s-0/leader-epoch-checkpoint"), "0\n1\np 0\n");
      Files.writeString(log.resolve("recovery-point-offset-checkpoint"), "garbage");
      Files.writeString(log.resolve("replication-offset-checkpoint"), "0\n7\n");
      List<String> notes = LogInspection.of(log);
      assertEquals(3, notes.size(), notes.toString());
      assertContains(notes.toString(), "file 'log/s-0/leader-epoch-checkpoint' could not be read");
      assertEquals(
          "garbage",
          Files.readString(log.resolveSibling("log-kept/1/recovery-point-offset-checkpoint")));
      assertEventsAfterAStart(EVENTS);
    }
  }

  @Test
  void theLogsIdentityComesBackFromItsCopyOrIsMissedAtOnce() throws IOException {
    use(killed);
    Files.delete(log.resolve("meta.properties"));
    assertContains(LogInspection.of(log).toString(), "its copy took its place");
    assertEventsAfterAStart(EVENTS);

    Files.writeString(log.resolve("meta.properties"), "\\u00");
    Files.delete(log.resolve("meta.properties.copy"));
    LogUnavailableException refused =
        assertThrows(
            LogUnavailableException.class, () -> EmbeddedBroker.start(log, Durability.PROCESS));
    assertContains(refused.getMessage(), "file 'log/meta.properties'");
  }
}
