// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.anabranch.batch.BatchRun;
import org.anabranch.ingest.IngestException;
import org.anabranch.ingest.IngestRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks that are full for a while: nothing acknowledged is lost, and all goes on afterwards. */
final class FullDiskTest {
  private static final String SQL =
      """
      CREATE STREAM orders (customer VARCHAR NOT NULL, amount INTEGER CHECK (amount > 0));
      CREATE VIEW by_customer AS
        SELECT customer, COUNT(*) AS orders, SUM(amount) AS amount FROM orders GROUP BY customer;
      CREATE VIEW totals AS SELECT COUNT(*) AS orders, SUM(amount) AS amount FROM orders;
      """;

  @TempDir Path directory;

  private static List<String> events(int from, int count) {
    List<String> events = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      events.add("{\"customer\":\"customer %d\",\"amount\":1}".formatted(i));
    }
    return events;
  }

  private static void assertHolds(Running running, int orders) throws Exception {
    assertEquals(List.of("[%d, %d]".formatted(orders, orders)), running.rows("totals"));
    for (VerifyReport report : running.pipeline().verify(List.of())) {
      assertTrue(report.identical(), report.toString());
    }
  }

  private static List<String> failures(Running running) {
    return running.pipeline().status().failures();
  }

  @Test
  void aFullDiskRefusesEventsWithTheReasonAndTakesThemWhenThereIsRoom() throws Exception {
    Path data = directory.resolve("data");
    try (SmallDisk disk = SmallDisk.mount(data, 256)) {
      try (Running running = Running.start("lambda", SQL, data)) {
        running.append("orders", events(0, 1_000));
        disk.fill(32 << 20);
        byte[] body = String.join("\n", events(1_000, 10)).getBytes(StandardCharsets.UTF_8);
        IngestException refused =
            assertThrows(
                IngestException.class,
                () ->
                    running
                        .pipeline()
                        .ingest("orders")
                        .accept(IngestRequest.of(body, "application/x-ndjson")));
        assertEquals(IngestException.Kind.LOG_UNAVAILABLE, refused.kind());
        assertTrue(refused.retryAfterMillis() > 0);
        assertTrue(
            refused.getMessage().contains("MiB are free on the disk of"), refused::getMessage);
        assertHolds(running, 1_000);
        disk.makeRoom();
        running.append("orders", events(1_000, 10));
        assertHolds(running, 1_010);
      }
      try (Running running = Running.start("kappa", SQL, data)) {
        assertHolds(running, 1_010);
      }
    }
  }

  @Test
  void stoppingWhileTheLakeIsFullLosesNothing() throws Exception {
    Path data = directory.resolve("data");
    try (SmallDisk disk = SmallDisk.mount(data.resolve("lake"), 32)) {
      try (Running running = Running.start("kappa", SQL, data)) {
        disk.fill(0);
        running.append("orders", events(0, 1_000));
        Running.await("a failure", () -> !failures(running).isEmpty());
      }
      disk.makeRoom();
      try (Running running = Running.start("kappa", SQL, data)) {
        assertHolds(running, 1_000);
        assertEquals(List.of(), failures(running));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 400_000})
  void aFullLakeIsSaidAndCatchesUpWhenThereIsRoomWhileEventsAreTakenAndAnswered(int left)
      throws Exception {
    Path data = directory.resolve("data");
    try (SmallDisk disk = SmallDisk.mount(data.resolve("lake"), 32)) {
      int orders = 1_000;
      try (Running running = Running.start("lambda", SQL, data)) {
        running.append("orders", events(0, orders));
        disk.fill(left);
        while (failures(running).isEmpty()) {
          running.append("orders", events(orders, 1_000));
          orders += 1_000;
        }
        // Which of those that write to the lake meets it first is a matter of timing.
        String failing = failures(running).toString();
        assertTrue(
            Pattern.compile("(archive|checkpoint|compact|lake) orders: ").matcher(failing).find(),
            failing);
        running.append("orders", events(orders, 1_000));
        orders += 1_000;
        assertHolds(running, orders);
        disk.makeRoom();
        Running.await("that nothing fails", () -> failures(running).isEmpty());
        StreamRuntime stream = running.pipeline().stream("orders");
        long all = orders;
        Running.await("the lake", () -> stream.lake().coverage().positions() == all);
        running.append("orders", events(orders, 1_000));
        orders += 1_000;
        running.pipeline().runBatch(true);
        assertEquals(BatchRun.Outcome.PUBLISHED, running.lastRun().outcome());
        assertHolds(running, orders);
      }
      try (Running running = Running.start("kappa", SQL, data)) {
        assertHolds(running, orders);
        assertEquals(List.of(), failures(running));
      }
    }
  }
}
