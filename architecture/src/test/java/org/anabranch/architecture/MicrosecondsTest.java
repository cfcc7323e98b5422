// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.anabranch.batch.BatchRun;
import org.anabranch.view.Column;
import org.anabranch.view.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Times of microseconds from the event to the answer, through runs, restarts and new versions. */
final class MicrosecondsTest {
  private static final String VIEWS =
      "CREATE VIEW seen AS SELECT id, MIN(at) AS first, MAX(at) AS last,"
          + " COUNT(DISTINCT at) AS times, ARG_MAX(id, zoned) AS latest, MAX(zoned) AS zoned"
          + " FROM s GROUP BY id;"
          + "CREATE VIEW by_time AS SELECT at, COUNT(*) AS n FROM s GROUP BY at"
          + " HAVING at > TIMESTAMP '2026-01-01 00:00:00.000001';"
          + "CREATE VIEW by_window AS SELECT window_start, window_end, COUNT(*) AS n"
          + " FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(at), INTERVAL '0.001' SECOND))"
          + " GROUP BY window_start, window_end;";

  private static String sql(String type) {
    return "CREATE STREAM s (id VARCHAR NOT NULL, at "
        + type
        + " CHECK (at < TIMESTAMP '2026-01-02 00:00:00.000001'), zoned "
        + type
        + " WITH TIME ZONE WITH ('excess_precision' = 'truncate')) WITH ('event_time' = 'at');"
        + VIEWS;
  }

  private static final List<String> EVENTS =
      List.of(
          event("2026-01-01T00:00:00.000001", "2026-01-01T00:00:00.000001999Z"),
          event("2026-01-01T00:00:00.000999", "2026-01-01T00:00:00.000002+00:00"),
          event("2026-01-01T00:00:00.001", "1969-12-31T23:59:59.999999999Z"),
          event("2026-01-02T00:00:00", "2026-01-01T00:00:00Z"));

  private static String event(String at, String zoned) {
    return "{\"id\":\"a\",\"at\":\"" + at + "\",\"zoned\":\"" + zoned + "\"}";
  }

  @TempDir Path directory;

  private static void check(Running running) throws Exception {
    assertEquals(
        List.of("[a, 1767225600000001, 1767312000000000, 4, a, 1767225600000002]"),
        running.rows("seen"));
    assertEquals(
        List.of("[1767225600000999, 1]", "[1767225600001000, 1]", "[1767312000000000, 1]"),
        running.rows("by_time"));
    assertEquals(
        List.of(
            "[1767225600000, 1767225600001, 2]",
            "[1767225600001, 1767225600002, 1]",
            "[1767312000000, 1767312000001, 1]"),
        running.rows("by_window"));
  }

  private static void assertVerified(Running running) throws Exception {
    for (VerifyReport report : running.pipeline().verify(List.of())) {
      assertTrue(report.identical(), report::toString);
    }
  }

  @Test
  void everyMicrosecondIsThereInBothArchitecturesAndAfterRunsAndRestarts() throws Exception {
    for (String architecture : List.of("lambda", "kappa")) {
      Path data = directory.resolve(architecture);
      try (Running running = Running.start(architecture, sql("TIMESTAMP(6)"), data)) {
        running.append("s", EVENTS);
        running.append(
            "s",
            List.of(
                event("2026-01-01T00:00:00.0000001", "2026-01-01T00:00:00Z"),
                event("2026-01-02T00:00:00.000001", "2026-01-01T00:00:00Z")));
        check(running);
        assertEquals(2, running.pipeline().status().streams().get(0).quarantined());
        if (architecture.equals("lambda")) {
          running.pipeline().runBatch(true);
          assertEquals(BatchRun.Outcome.PUBLISHED, running.lastRun().outcome());
          check(running);
        }
        assertVerified(running);
      }
      try (Running running = Running.start(architecture, sql("TIMESTAMP(6)"), data)) {
        check(running);
        assertVerified(running);
      }
    }
  }

  @Test
  void aColumnOfMillisecondsBecomesOneOfMicroseconds() throws Exception {
    Path data = directory.resolve("widened");
    try (Running running = Running.start("kappa", sql("TIMESTAMP(3)"), data)) {
      running.append("s", List.of(event("2026-01-01T00:00:00.001", "2026-01-01T00:00:00.001Z")));
      assertEquals(
          List.of("[a, 1767225600001, 1767225600001, 1, a, 1767225600001]"), running.rows("seen"));
    }
    try (Running running = Running.start("kappa", sql("TIMESTAMP(6)"), data)) {
      running.append("s", List.of(event("2026-01-01T00:00:00.001001", "2026-01-01T00:00:00Z")));
      Running.await(
          "both in the answer",
          () ->
              running
                  .rows("seen")
                  .equals(
                      List.of("[a, 1767225600001000, 1767225600001001, 2, a, 1767225600001000]")));
      Column zoned = running.pipeline().view("seen").orElseThrow().schema().column(5);
      assertEquals(Type.MICRO_INSTANT, zoned.type());
      assertVerified(running);
    }
  }
}
