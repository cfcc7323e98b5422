// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anabranch.ingest.IngestException;
import org.anabranch.ingest.IngestRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        assertTrue(refused.getMessage().contains("MiB are free on the disk of"), refused::getMessage);
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
  void aFullLakeIsSaidAndCatchesUpWhenThereIsRoomWhileEventsAreTakenAndAnswered()
      throws Exception {
    Path data = directory.resolve("data");
    try (SmallDisk disk = SmallDisk.mount(data.resolve("lake"), 32)) {
      try (Running running = Running.start("lambda", SQL, data)) {
        running.append("orders", events(0, 1_000));
        disk.fill(0);
        for (int round = 1; round <= 5; round++) {
          running.append("orders", events(1_000 * round, 1_000));
        }
        Running.await(
            "the failures",
            () ->
                failures(running).stream().anyMatch(one -> one.startsWith("archive orders"))
                    && failures(running).stream()
                        .anyMatch(one -> one.startsWith("checkpoint orders")));
        assertHolds(running, 6_000);
        disk.makeRoom();
        Running.await("that nothing fails", () -> failures(running).isEmpty());
        StreamRuntime stream = running.pipeline().stream("orders");
        Running.await("the lake", () -> stream.lake().coverage().positions() == 6_000);
        running.append("orders", events(6_000, 1_000));
        running.pipeline().runBatch(true);
        assertEquals("PUBLISHED", running.lastRun().outcome().toString(), running.lastRun()::toString);
        assertHolds(running, 7_000);
      }
      try (Running running = Running.start("kappa", SQL, data)) {
        assertHolds(running, 7_000);
        assertEquals(List.of(), failures(running));
      }
    }
  }
}
