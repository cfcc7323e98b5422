// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.anabranch.ingest.IngestException;
import org.anabranch.ingest.IngestRequest;
import org.anabranch.log.Durability;
import org.anabranch.log.EmbeddedBroker;
import org.anabranch.log.KafkaLog;
import org.anabranch.view.Clock;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running pipeline says and does when the log under it is not what it was. */
final class DeadTailTest {
  private static final String SQL =
      """
      CREATE STREAM orders (amount INTEGER);
      CREATE VIEW totals AS SELECT COUNT(*) AS orders FROM orders;
      """;

  @TempDir Path directory;
  private EmbeddedBroker elsewhere;

  @BeforeEach
  void start() {
    elsewhere = EmbeddedBroker.start(directory.resolve("cluster"), Durability.PROCESS);
  }

  private Map<String, Object> connection() {
    Map<String, Object> connection = new HashMap<>(elsewhere.clientProperties());
    connection.put("bootstrap.servers", elsewhere.bootstrapServers());
    return connection;
  }

  @AfterEach
  void stop() {
    elsewhere.close();
  }

  private PipelineSettings settings() {
    Cluster cluster = new Cluster(elsewhere.bootstrapServers(), elsewhere.clientProperties());
    return PipelineSettings.in(directory.resolve("data")).hasty(100).on(cluster);
  }

  private static IngestException refused(Running running) {
    byte[] event = "{\"amount\":1}".getBytes(StandardCharsets.UTF_8);
    return assertThrows(
        IngestException.class,
        () ->
            running
                .pipeline()
                .ingest("orders")
                .accept(IngestRequest.of(event, "application/x-ndjson")));
  }

  @Test
  void aTopicThatIsMadeAgainStopsItsStreamByNameAndARestartGoesOn() throws Exception {
    try (Running running = Running.start("lambda", SQL, settings())) {
      running.append("orders", List.of("{\"amount\":1}", "{\"amount\":2}"));
      assertEquals(List.of("[2]"), running.rows("totals"));
      Running.await(
          "the lake", () -> running.pipeline().stream("orders").lake().coverage().positions() == 2);
      makeAgain(running);
      Running.await("red", () -> !running.pipeline().waitingFor().isEmpty());
      Running.await(
          "the tail's end",
          () ->
              running.pipeline().waitingFor().stream()
                  .anyMatch(why -> why.startsWith("tail orders 0 stopped: Cannot go on")));
      IngestException refused = refused(running);
      assertEquals(IngestException.Kind.LOG_UNAVAILABLE, refused.kind());
      assertTrue(refused.getMessage().contains("tail orders 0 stopped"), refused.getMessage());
      assertEquals(List.of("[2]"), running.rows("totals"));
      PipelineStatus status = running.pipeline().status();
      assertFalse(status.ready());
      assertTrue(
          status.failures().stream().anyMatch(why -> why.startsWith("tail orders 0 stopped")),
          status.failures().toString());
    }
    RefusedException refused =
        assertThrows(
            RefusedException.class, () -> Running.start("lambda", SQL, settings()).close());
    assertTrue(refused.getMessage().contains("--accept-gap orders"), refused.getMessage());
    try (Running running =
        Running.start("lambda", SQL, settings().acceptingGaps(Set.of("orders")))) {
      assertEquals(List.of("[2]"), running.rows("totals"));
      running.append("orders", List.of("{\"amount\":3}"));
      assertEquals(List.of("[3]"), running.rows("totals"));
    }
  }

  private void makeAgain(Running running) throws Exception {
    try (Admin admin = Admin.create(connection());
        KafkaLog log = new KafkaLog(elsewhere, Clock.SYSTEM)) {
      admin.deleteTopics(List.of("orders")).all().get(30, TimeUnit.SECONDS);
      Running.await(
          "the topic's end",
          () -> !admin.listTopics().names().get(30, TimeUnit.SECONDS).contains("orders"));
      log.open(running.pipeline().streams().get(0));
    }
  }

  @Test
  void aBrokerThatIsAwayMakesThePipelineUnreadyAndIngestIsRefusedBeforeAnythingIsAppended()
      throws Exception {
    try (Running running = Running.start("kappa", SQL, settings())) {
      running.append("orders", List.of("{\"amount\":1}"));
      elsewhere.close();
      Running.await("red", () -> !running.pipeline().waitingFor().isEmpty());
      String why = running.pipeline().waitingFor().get(0);
      assertTrue(why.matches("(partitions orders|tail orders 0): Cannot .*"), why);
      IngestException refused = refused(running);
      assertEquals(IngestException.Kind.LOG_UNAVAILABLE, refused.kind());
      assertEquals(List.of("[1]"), running.rows("totals"));
    }
  }
}
