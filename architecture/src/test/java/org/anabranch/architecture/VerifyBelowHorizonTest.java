// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.anabranch.log.StreamLog;
import org.anabranch.view.Coverage;
import org.anabranch.view.History;
import org.anabranch.view.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A verification where the log no longer has all positions. */
final class VerifyBelowHorizonTest {
  private static final String SQL =
      """
      CREATE STREAM orders (customer VARCHAR NOT NULL, amount DECIMAL(10, 2) CHECK (amount >= 0))
        WITH ('partitions' = '2');
      CREATE VIEW by_customer AS
      SELECT customer, COUNT(*) AS orders, SUM(amount) AS amount FROM orders GROUP BY customer;
      """;
  private static final int EVENTS = 60;

  @TempDir Path directory;

  /** Requests of ten events each, so that both partitions get some; every sixth is rejected. */
  private static void append(Running running) throws Exception {
    for (int request = 0; request < EVENTS / 10; request++) {
      List<String> events = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        int amount = (request * 10 + i) % 6 == 0 ? -1 : i;
        events.add("{\"customer\":\"c%d\",\"amount\":%d}".formatted(i % 3, amount));
      }
      running.append("orders", events);
    }
  }

  private static void awaitArchived(Running running) throws Exception {
    StreamRuntime stream = running.pipeline().stream("orders");
    Running.await(
        "the lake to have everything",
        () -> {
          Coverage log = stream.rawLog().coverage();
          return log.minus(stream.lake().coverage()).isEmpty();
        });
  }

  /** Removes a part of every partition; gives how many positions that were. */
  private static long trim(Running running, double part) throws Exception {
    StreamLog log = running.pipeline().stream("orders").log();
    long removed = 0;
    for (Map.Entry<Integer, Long> end : log.ends().entrySet()) {
      long below = Math.round(end.getValue() * part);
      log.trim(end.getKey(), below);
      removed += below;
    }
    assertTrue(removed > 0, "nothing to trim");
    return removed;
  }

  private static VerifyReport verify(Running running) throws Exception {
    return running.pipeline().verify(List.of("by_customer")).get(0);
  }

  @Test
  void whatTheLogNoLongerHasIsRecomputedFromTheLakeAndTheReportSaysHowMuch() throws Exception {
    try (Running running = Running.start("lambda", SQL, directory)) {
      append(running);
      awaitArchived(running);
      long positions = verify(running).positionsFromLog();
      assertEquals(0, verify(running).positionsFromLake());
      long removed = trim(running, 0.5);
      VerifyReport report = verify(running);
      assertTrue(report.identical(), report::toString);
      assertEquals(removed, report.positionsFromLake());
      assertEquals(positions - removed, report.positionsFromLog());
      assertEquals(EVENTS - EVENTS / 6, report.rows());
      trim(running, 1);
    }
    try (Running running = Running.start("kappa", SQL, directory)) {
      long fromLake = verify(running).positionsFromLake();
      append(running);
      VerifyReport report = verify(running);
      assertTrue(report.identical(), report::toString);
      assertEquals(fromLake, report.positionsFromLake());
      assertEquals(EVENTS, report.positionsFromLog());
      assertEquals(2 * (EVENTS - EVENTS / 6), report.rows());
    }
  }

  @Test
  void aWrongAnswerIsFoundInThePartThatOnlyTheLakeHas() throws Exception {
    try (Running running = Running.start("kappa", SQL, directory)) {
      append(running);
      awaitArchived(running);
      trim(running, 1);
      StreamRuntime stream = running.pipeline().stream("orders");
      ViewSlot slot = stream.views().slot("by_customer").orElseThrow();
      Verification fewer =
          new Verification(
              stream.parts().reference(),
              stream.rawLog(),
              new WithoutARow(stream.lake()),
              stream.parts().clock(),
              1 << 20);
      try (var pinned = stream.tilings().pin()) {
        VerifyReport report = fewer.verify(slot.answering().orElseThrow(), pinned);
        assertEquals(1, report.difference().different(), report::toString);
      }
    }
  }

  /** A lake that has lost a row without knowing. */
  private record WithoutARow(History lake) implements History {
    @Override
    public Coverage coverage() {
      return lake.coverage();
    }

    @Override
    public RowsReader read(Coverage wanted, List<String> columns) throws IOException {
      RowsReader reader = lake.read(wanted, columns);
      AtomicBoolean lost = new AtomicBoolean();
      return new RowsReader() {
        @Override
        public Rows next() throws IOException {
          Rows rows = reader.next();
          boolean loses = rows != null && rows.size() > 0 && !lost.getAndSet(true);
          return loses
              ? rows.select(IntStream.range(1, rows.size()).toArray(), rows.size() - 1)
              : rows;
        }

        @Override
        public void close() throws IOException {
          reader.close();
        }
      };
    }
  }

  @Test
  void positionsThatNeitherHasAreRefusedByName() throws Exception {
    PipelineSettings slow = PipelineSettings.in(directory).hasty(3_600_000);
    try (Running running = Running.start("kappa", SQL, slow)) {
      append(running);
      trim(running, 0.5);
      RefusedException refused = assertThrows(RefusedException.class, () -> verify(running));
      assertTrue(refused.getMessage().contains("by_customer"), refused.getMessage());
      assertTrue(
          refused.getMessage().contains("neither the log nor the lake has"), refused.getMessage());
    }
  }
}
