// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.anabranch.architecture.PipelineStatus.StreamStatus;
import org.anabranch.batch.BatchRun;
import org.anabranch.view.Coverage;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The embedded log is lost in part or whole while the lake has every event. */
final class LostLogTest {
  private static final String STREAM =
      """
      CREATE STREAM orders (customer VARCHAR NOT NULL, amount INTEGER CHECK (amount > 0))
        WITH ('partitions' = '2', 'key' = 'customer');
      """;
  private static final String TOTALS =
      "CREATE VIEW totals AS SELECT COUNT(*) AS orders, SUM(amount) AS amount FROM orders;";
  private static final String CUSTOMERS =
      "CREATE VIEW customers AS SELECT customer, COUNT(*) AS n FROM orders GROUP BY customer;";

  @TempDir Path directory;

  private Running run(String architecture, String sql) throws Exception {
    return Running.start(architecture, sql, directory);
  }

  /** 90 that are accepted, 10 that are rejected, in both lanes. */
  private static List<String> events() {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      events.add("{\"customer\":\"c%d\",\"amount\":%d}".formatted(i % 7, i % 10 == 9 ? -1 : 1));
    }
    return events;
  }

  private void lose(String what) throws IOException {
    Path log = directory.resolve("log");
    switch (what) {
      case "tail" -> {
        cut(log.resolve("orders-0").resolve("00000000000000000000.log"));
        Files.deleteIfExists(log.resolve(".kafka_cleanshutdown"));
      }
      case "lane" -> delete(log.resolve("orders-0"));
      case "log" -> delete(log);
      default -> throw new IllegalArgumentException(what);
    }
  }

  private static void cut(Path file) throws IOException {
    try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw")) {
      data.setLength(Math.max(0, data.length() - 1_000));
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static void assertVerified(Running running) throws Exception {
    for (VerifyReport report : running.pipeline().verify(List.of())) {
      assertTrue(report.identical(), report.toString());
    }
  }

  private static void assertRun(Running running) throws Exception {
    if (running.pipeline().status().architecture().equals("lambda")) {
      running.pipeline().runBatch(true);
    } else {
      running.pipeline().replay("totals");
    }
    BatchRun run = running.lastRun();
    assertEquals(BatchRun.Outcome.PUBLISHED, run.outcome(), run.toString());
  }

  @ParameterizedTest(name = "{0}, {1} lost")
  @CsvSource({"lambda, tail", "kappa, lane", "lambda, log", "kappa, log"})
  void whatTheLakeHasStaysHistoryAndNewEventsFollow(String architecture, String what)
      throws Exception {
    try (Running running = run(architecture, STREAM + TOTALS)) {
      for (int i = 0; i < 5; i++) {
        running.append("orders", events());
      }
      assertEquals(List.of("[450, 450]"), running.rows("totals"));
    }
    lose(what);
    Coverage before;
    try (Running running = run(architecture, STREAM + TOTALS)) {
      assertEquals(List.of("[450, 450]"), running.rows("totals"));
      assertVerified(running);
      running.append("orders", events());
      assertEquals(List.of("[540, 540]"), running.rows("totals"));
      StreamStatus status = running.pipeline().status().streams().get(0);
      assertEquals(540, status.accepted());
      assertEquals(60, status.quarantined());
      assertEquals(what.equals("log") ? 2 : 1, status.closed().size(), status.toString());
      assertEquals(List.of(), status.lost());
      assertRun(running);
      assertEquals(List.of("[540, 540]"), running.rows("totals"));
      assertVerified(running);
      assertEquals(List.of(), running.pipeline().status().failures());
      try (PinnedTilings pinned = running.pipeline().stream("orders").tilings().pin()) {
        before = pinned.standing().frontier();
        assertEquals(600, before.positions());
      }
    }
    // A plain restart, the other architecture, and a view that is new.
    String other = architecture.equals("lambda") ? "kappa" : "lambda";
    try (Running running = run(other, STREAM + TOTALS + CUSTOMERS)) {
      Running.await("the view", () -> running.pipeline().waitingFor().isEmpty());
      assertEquals(List.of("[540, 540]"), running.rows("totals"));
      Running.await(
          "the new view",
          () ->
              running.pipeline().status().streams().get(0).views().stream()
                  .allMatch(view -> view.state().equals("answering")));
      assertEquals(7, running.rows("customers").size());
      assertVerified(running);
      try (PinnedTilings pinned = running.pipeline().stream("orders").tilings().pin()) {
        assertEquals(before, pinned.standing().frontier());
      }
      running.append("orders", events());
      assertRun(running);
      assertEquals(List.of("[630, 630]"), running.rows("totals"));
      assertVerified(running);
      assertEquals(List.of(), running.pipeline().status().failures());
    }
  }
}
