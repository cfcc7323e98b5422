// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.anabranch.ingest.Acknowledgement;
import org.anabranch.ingest.IngestRequest;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request is repeated with its key after the log lost its events, or some of them. */
final class KeysOfLostLogTest {
  private static final String SQL =
      """
      CREATE STREAM orders (id BIGINT NOT NULL, note VARCHAR) WITH ('partitions' = '1');
      CREATE VIEW total AS SELECT COUNT(*) AS orders, SUM(id) AS ids FROM orders;
      """;

  @TempDir Path directory;

  private Path data() {
    return directory.resolve("data");
  }

  private Path segment() {
    return data().resolve("log").resolve("orders-0").resolve("00000000000000000000.log");
  }

  private Running run(int millis, String... accepted) throws Exception {
    return Running.start(
        "lambda", SQL, PipelineSettings.in(data()).hasty(millis).acceptingGaps(Set.of(accepted)));
  }

  /** Request {@code number} has the ids from ten times it on. */
  private static Acknowledgement send(Running running, int number) throws Exception {
    String body =
        IntStream.range(0, 10)
            .mapToObj(i -> "{\"id\":" + (10 * number + i) + "}")
            .collect(Collectors.joining("\n"));
    Acknowledgement sent =
        running
            .pipeline()
            .ingest("orders")
            .accept(
                IngestRequest.of(body.getBytes(StandardCharsets.UTF_8), "application/x-ndjson")
                    .withKey("key-" + number));
    Running.await("visible", () -> running.pipeline().await(sent.receipt(), 60_000));
    return sent;
  }

  private static List<Acknowledgement> sendAll(Running running, int from, int to) throws Exception {
    List<Acknowledgement> sent = new ArrayList<>();
    for (int number = from; number < to; number++) {
      sent.add(send(running, number));
    }
    return sent;
  }

  private static void assertHas(Running running, int requests) throws Exception {
    long events = 10L * requests;
    assertEquals(
        List.of("[%d, %d]".formatted(events, events * (events - 1) / 2)), running.rows("total"));
  }

  private static void awaitArchived(Running running, long positions) throws Exception {
    StreamRuntime stream = running.pipeline().stream("orders");
    Running.await("the lake", () -> stream.lake().coverage().positions() == positions);
  }

  /** Leaves what a process that was killed would leave of keys and log; the lake has it all. */
  private void killed(int from, int to) throws Exception {
    Path keys = data().resolve("idempotency");
    Path killed = directory.resolve("killed");
    try (Running running = run(100)) {
      sendAll(running, from, to);
      awaitArchived(running, 10L * to);
      Trees.copyStill(keys, killed);
    }
    Trees.delete(keys);
    Files.move(killed, keys);
    Files.delete(data().resolve("log").resolve(".kafka_cleanshutdown"));
  }

  /** Cuts a part of the segment off, at the end of a batch. */
  private void cutToBytes(double part) throws Exception {
    byte[] segment = Files.readAllBytes(segment());
    int at = 0;
    while (at < part * segment.length) {
      at += 12 + ByteBuffer.wrap(segment).getInt(at + 8);
    }
    assertTrue(at < segment.length, "nothing is cut off");
    Files.write(segment(), Arrays.copyOf(segment, at));
  }

  private void lose(String what) throws Exception {
    switch (what) {
      case "tail" -> cutToBytes(0.3);
      case "file" -> Files.delete(segment());
      case "lane" -> Trees.delete(segment().getParent());
      case "log" -> Trees.delete(data().resolve("log"));
      default -> throw new IllegalArgumentException(what);
    }
  }

  @ParameterizedTest(name = "{0} lost, killed: {1}")
  @CsvSource({
    "tail, false",
    "tail, true",
    "file, true",
    "lane, false",
    "lane, true",
    "log, false",
    "log, true"
  })
  void aKeyWhoseEventsTheLakeHasIsKnownWhateverBecameOfTheLog(String what, boolean kill)
      throws Exception {
    if (kill) {
      killed(0, 6);
    } else {
      try (Running running = run(100)) {
        sendAll(running, 0, 6);
        awaitArchived(running, 60);
      }
    }
    lose(what);
    for (int start = 0; start < 2; start++) {
      try (Running running = run(100)) {
        for (Acknowledgement repeat : sendAll(running, 0, 6)) {
          assertTrue(repeat.repeated(), what);
          assertEquals(10, repeat.accepted());
        }
        assertHas(running, 6 + start);
        assertFalse(send(running, 6 + start).repeated());
        assertHas(running, 7 + start);
        awaitArchived(running, 70 + 10L * start);
      }
    }
  }

  /** One large event a batch; the lake has the first request, and the log some of the second. */
  @ParameterizedTest
  @ValueSource(doubles = {0.4, 0.6, 0.9})
  void aKeyWhoseEventsAreGoneGetsBackWhatIsMissingAndNoMore(double left) throws Exception {
    try (Running running = run(100)) {
      sendAll(running, 0, 1);
      awaitArchived(running, 10);
    }
    Path killed = directory.resolve("killed");
    try (Running running = run(600_000)) {
      sendLarge(running, "large");
      Trees.copyStill(data(), killed);
    }
    Trees.delete(data());
    Files.move(killed, data());
    cutToBytes(left);
    long before;
    try (Running running = run(600_000, "orders")) {
      before = count(running);
      assertTrue(before > 10 && before < 50, "there are " + before);
      assertTrue(send(running, 0).repeated());
      assertEquals(before, count(running));
      sendLarge(running, "large");
      assertEquals(List.of("[50, 85]"), running.rows("total"));
      sendLarge(running, "large");
      assertEquals(List.of("[50, 85]"), running.rows("total"));
    }
    try (Running running = run(100)) {
      sendLarge(running, "large");
      assertEquals(List.of("[50, 85]"), running.rows("total"));
    }
  }

  private static long count(Running running) throws Exception {
    return Long.parseLong(running.rows("total").get(0).split("[\\[,]", -1)[1]);
  }

  private static void sendLarge(Running running, String key) throws Exception {
    String event = "{\"id\":1,\"note\":\"" + "x".repeat(40_000) + "\"}\n";
    Acknowledgement sent =
        running
            .pipeline()
            .ingest("orders")
            .accept(
                IngestRequest.of(
                        event.repeat(40).getBytes(StandardCharsets.UTF_8), "application/x-ndjson")
                    .withKey(key));
    Running.await("visible", () -> running.pipeline().await(sent.receipt(), 60_000));
  }
}
