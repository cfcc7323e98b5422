// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of a data directory that cannot be written for a while. */
final class ReadOnlyDiskTest {
  private static final String SQL =
      """
      CREATE STREAM orders (id BIGINT NOT NULL);
      CREATE VIEW totals AS SELECT COUNT(*) AS orders, SUM(id) AS ids FROM orders;
      """;

  @TempDir Path directory;

  private Path data() {
    return directory.resolve("data");
  }

  private static List<String> events(int from, int to) {
    return IntStream.range(from, to).mapToObj(id -> "{\"id\":" + id + "}").toList();
  }

  private static void assertHolds(Running running, int events) throws Exception {
    long sum = (long) events * (events - 1) / 2;
    assertEquals(List.of("[%d, %d]".formatted(events, sum)), running.rows("totals"));
    for (VerifyReport report : running.pipeline().verify(List.of())) {
      assertTrue(report.identical(), report.toString());
    }
  }

  @Test
  void aLakeThatBecomesReadOnlyIsSaidWhileEventsAreTakenAndAnsweredAndCatchesUp() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(data().resolve("lake/tables"), 32)) {
      try (Running running = Running.start("lambda", SQL, data())) {
        running.append("orders", events(0, 500));
        Running.await("that nobody writes", disk::isProtected);
        running.append("orders", events(500, 1_000));
        PipelineStatusFailures failures = () -> running.pipeline().status().failures();
        Running.await("a failure", () -> !failures.now().isEmpty());
        assertTrue(
            failures.now().toString().toLowerCase(Locale.ROOT).contains("read-only"),
            failures.now().toString());
        running.append("orders", events(1_000, 1_500));
        assertHolds(running, 1_500);
        disk.permit();
        Running.await("that nothing fails", () -> failures.now().isEmpty());
        StreamRuntime stream = running.pipeline().stream("orders");
        Running.await("the lake", () -> stream.lake().coverage().positions() == 1_500);
        assertHolds(running, 1_500);
      }
      try (Running running = Running.start("kappa", SQL, data())) {
        assertHolds(running, 1_500);
        assertEquals(List.of(), running.pipeline().status().failures());
      }
    }
  }

  private interface PipelineStatusFailures {
    List<String> now();
  }

  @ParameterizedTest
  @ValueSource(strings = {"log", "lake"})
  void aStartOnAPartThatIsReadOnlySaysSoAndTheNextHasEverything(String part) throws Exception {
    try (SmallDisk disk = SmallDisk.mount(data().resolve(part), 256)) {
      try (Running running = Running.start("lambda", SQL, data())) {
        running.append("orders", events(0, 500));
      }
      Running.await("that nobody writes", disk::isProtected);
      Exception refused =
          assertThrows(Exception.class, () -> Running.start("lambda", SQL, data()).close());
      String message = refused.getMessage();
      assertTrue(message.toLowerCase(Locale.ROOT).contains("read-only"), message);
      assertFalse(message.contains("Exception"), message);
      disk.permit();
      try (Running running = Running.start("lambda", SQL, data())) {
        assertHolds(running, 500);
      }
    }
  }
}
