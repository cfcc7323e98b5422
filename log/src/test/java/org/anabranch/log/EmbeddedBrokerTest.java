// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.anabranch.view.Clock;
import org.anabranch.view.Lane;
import org.anabranch.view.StreamDefinition;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the embedded broker keeps over crashes, and what it refuses. */
final class EmbeddedBrokerTest {
  private static final StreamDefinition STREAM = Streams.stream("s", 1);

  @TempDir private Path temporary;
  private Path directory;

  @BeforeEach
  void nameDirectory() {
    directory = temporary.resolve("log");
  }

  private EmbeddedBroker start() {
    return EmbeddedBroker.start(directory, Durability.PROCESS);
  }

  private static void append(StreamLog stream, int from, int to) {
    List<Event> events = new ArrayList<>();
    for (int id = from; id < to; id++) {
      events.add(Streams.event(id, 0));
    }
    stream.append(events).join();
  }

  private static List<String> read(StreamLog stream) {
    List<String> texts = new ArrayList<>();
    stream.scan(Streams.lane(stream, 0), 0, stream.end(0), r -> texts.add(Streams.text(r)));
    return texts;
  }

  @Test
  void whatWasAppendedIsThereAfterARestart() {
    String topicId;
    try (EmbeddedBroker broker = start();
        Log log = new KafkaLog(broker, Clock.SYSTEM)) {
      StreamLog stream = log.open(STREAM);
      topicId = stream.topicId();
      append(stream, 0, 100);
    }
    try (EmbeddedBroker broker = start();
        Log log = new KafkaLog(broker, Clock.SYSTEM)) {
      StreamLog stream = log.open(STREAM);
      assertEquals(topicId, stream.topicId());
      assertEquals(100, read(stream).size());
      append(stream, 100, 101);
      assertEquals(101, stream.end(0));
    }
  }

  @Test
  void aSecondBrokerOnTheSameDirectoryIsRefused() {
    try (EmbeddedBroker broker = start()) {
      LogUnavailableException refused = assertThrows(LogUnavailableException.class, this::start);
      assertTrue(refused.getMessage().contains(directory.toString()), refused.getMessage());
      assertTrue(refused.getMessage().contains("using this directory"), refused.getMessage());
      assertTrue(broker.fault().isEmpty(), "the first broker goes on");
    }
    start().close();
  }

  @Test
  void aFatalFaultEndsTheBrokerAndNotTheProcess() {
    EmbeddedBroker broker = start();
    try (broker;
        Log log = new KafkaLog(broker, Clock.SYSTEM)) {
      StreamLog stream = log.open(STREAM);
      append(stream, 0, 1);
      LaneReader reader = stream.reader(Streams.lane(stream, 0), 1, -1, ReadLimits.DEFAULT);
      assertThrows(IllegalStateException.class, () -> Exit.halt(1, "disk on fire"));
      assertTrue(broker.fault().orElseThrow().contains("disk on fire"));
      LogUnavailableException noticed =
          assertThrows(LogUnavailableException.class, () -> reader.read(9, r -> {}));
      assertTrue(noticed.getMessage().contains("disk on fire"), noticed.getMessage());
      reader.close();
    }
  }

  @Test
  void appendsAreRefusedWhileTheDiskIsNearlyFullAndTakenWhenThereIsRoomAgain() {
    AtomicLong free = new AtomicLong(Long.MAX_VALUE);
    try (EmbeddedBroker broker =
            EmbeddedBroker.start(directory, Durability.PROCESS, free::get, settings -> settings);
        Log log = new KafkaLog(broker, Clock.SYSTEM)) {
      StreamLog stream = log.open(STREAM);
      append(stream, 0, 1);
      free.set(12L << 20);
      CompletionException refused =
          assertThrows(CompletionException.class, () -> append(stream, 1, 2));
      assertInstanceOf(LogUnavailableException.class, refused.getCause());
      String message = refused.getCause().getMessage();
      assertTrue(message.contains("12 MiB are free on the disk of " + directory), message);
      assertEquals(List.of(new String(Streams.json(0), StandardCharsets.UTF_8)), read(stream));
      free.set(1L << 30);
      append(stream, 1, 2);
      assertEquals(2, stream.end(0));
    }
  }

  @Test
  void aLostTailIsRefusedEvenAfterTheLogGrewAgain() throws IOException {
    Lane lane;
    int epoch;
    long intact;
    try (EmbeddedBroker broker = start();
        Log log = new KafkaLog(broker, Clock.SYSTEM)) {
      StreamLog stream = log.open(STREAM);
      lane = Streams.lane(stream, 0);
      append(stream, 0, 10);
      intact = Files.size(segment());
      append(stream, 10, 20);
      epoch = epochAt(stream, lane, 20);
    }
    cutTail(intact + 10);
    try (EmbeddedBroker broker = start();
        Log log = new KafkaLog(broker, Clock.SYSTEM)) {
      StreamLog stream = log.open(STREAM);
      assertEquals(10, stream.end(0));
      LostTailException below =
          assertThrows(
              LostTailException.class, () -> stream.reader(lane, 20, epoch, ReadLimits.DEFAULT));
      assertEquals(10, below.end());
      append(stream, 0, 30);
      try (LaneReader reader = stream.reader(lane, 20, epoch, ReadLimits.DEFAULT)) {
        LostTailException diverged =
            assertThrows(LostTailException.class, () -> readTo(reader, 40));
        assertEquals(20, diverged.position());
        assertEquals(10, diverged.end());
      }
      int newEpoch = epochAt(stream, lane, 40);
      try (LaneReader reader = stream.reader(lane, 20, newEpoch, ReadLimits.DEFAULT)) {
        readTo(reader, 40);
      }
    }
  }

  private static int epochAt(StreamLog stream, Lane lane, long end) {
    try (LaneReader reader = stream.reader(lane, 0, -1, ReadLimits.DEFAULT)) {
      readTo(reader, end);
      assertTrue(reader.leaderEpoch() >= 0);
      return reader.leaderEpoch();
    }
  }

  private static void readTo(LaneReader reader, long to) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (reader.position() < to) {
      assertTrue(System.nanoTime() < deadline, "stays at " + reader.position());
      reader.read(to, r -> {});
    }
  }

  private Path segment() {
    return directory.resolve("s-0").resolve("00000000000000000000.log");
  }

  /** Leaves so much of the partition's file, as a crash of the machine may. */
  private void cutTail(long bytes) throws IOException {
    Files.delete(directory.resolve(".kafka_cleanshutdown"));
    try (RandomAccessFile log = new RandomAccessFile(segment().toFile(), "rw")) {
      log.setLength(bytes);
    }
  }

  @Test
  void everyAcknowledgedEventSurvivesAHaltOfTheProcess() throws Exception {
    for (int round = 0; round < 2; round++) {
      int acknowledged = appendUntilHalted();
      assertTrue(acknowledged > 0, "nothing was acknowledged");
      long started = System.nanoTime();
      try (EmbeddedBroker broker = start();
          Log log = new KafkaLog(broker, Clock.SYSTEM)) {
        StreamLog stream = log.open(STREAM);
        System.out.println(
            "ready after a crash in " + (System.nanoTime() - started) / 1_000_000 + " ms");
        checkBatches(read(stream), acknowledged);
      }
      started = System.nanoTime();
      start().close();
      System.out.println(
          "clean restart and stop in " + (System.nanoTime() - started) / 1_000_000 + " ms");
      assertFalse(ProcessHandle.current().children().anyMatch(ProcessHandle::isAlive));
    }
  }

  private int appendUntilHalted() throws Exception {
    Process child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "-Djava.util.logging.config.file="
                    + System.getProperty("java.util.logging.config.file", ""),
                "-cp",
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"))
                    .replace(";", File.pathSeparator),
                HaltingWriter.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .start();
    int acknowledged = 0;
    StringBuilder output = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.append(line).append('\n');
        if (line.startsWith(HaltingWriter.ACKNOWLEDGED)) {
          acknowledged = Integer.parseInt(line.substring(HaltingWriter.ACKNOWLEDGED.length()));
        }
      }
    }
    assertEquals(HaltingWriter.STATUS, child.waitFor(), output.toString());
    return acknowledged;
  }

  /** Events come in batches of one run; of each run every batch up to the last known is there. */
  private static void checkBatches(List<String> events, int acknowledged) {
    int lastRun = 0;
    for (int index = 0; index < events.size(); index++) {
      if (events.get(index).equals(new String(Streams.json(0), StandardCharsets.UTF_8))) {
        lastRun = index;
      }
    }
    List<String> run = events.subList(lastRun, events.size());
    assertTrue(run.size() >= acknowledged, run.size() + " < " + acknowledged);
    for (int id = 0; id < run.size(); id++) {
      assertEquals(new String(Streams.json(id), StandardCharsets.UTF_8), run.get(id));
    }
  }
}
