// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.anabranch.batch.BatchRun;
import org.anabranch.log.Durability;
import org.anabranch.log.EmbeddedBroker;
import org.anabranch.log.Event;
import org.anabranch.log.KafkaLog;
import org.anabranch.log.StreamLog;
import org.anabranch.sql.Script;
import org.anabranch.view.Clock;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.StreamDefinition;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cluster that loses what is not in the lake yet. */
final class AcceptedGapTest {
  private static final String SQL =
      """
      CREATE STREAM orders (amount INTEGER CHECK (amount > 0)) WITH ('partitions' = '1');
      CREATE VIEW totals AS SELECT COUNT(*) AS orders, SUM(amount) AS amount FROM orders;
      """;
  private static final StreamDefinition STREAM = stream();

  @TempDir Path directory;
  private EmbeddedBroker elsewhere;
  private KafkaLog others;

  private static StreamDefinition stream() {
    try {
      return Script.parse("s.sql", SQL).streams().get(0);
    } catch (org.anabranch.sql.ScriptException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void start() {
    elsewhere = EmbeddedBroker.start(directory.resolve("cluster"), Durability.PROCESS);
    others = new KafkaLog(elsewhere, Clock.SYSTEM);
  }

  private Map<String, Object> connection() {
    Map<String, Object> connection = new HashMap<>(elsewhere.clientProperties());
    connection.put("bootstrap.servers", elsewhere.bootstrapServers());
    return connection;
  }

  @AfterEach
  void stop() {
    others.close();
    elsewhere.close();
  }

  private PipelineSettings settings() {
    Cluster cluster = new Cluster(elsewhere.bootstrapServers(), elsewhere.clientProperties());
    return PipelineSettings.in(directory.resolve("data")).hasty(100).on(cluster);
  }

  private static void append(StreamLog log, int count) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] bytes =
          "{\"amount\":%d}".formatted(i % 10 == 9 ? -1 : 1).getBytes(StandardCharsets.UTF_8);
      events.add(new Event(bytes, null, 0, Map.of()));
    }
    log.append(events).join();
  }

  private RefusedException refused() {
    return assertThrows(
        RefusedException.class, () -> Running.start("lambda", SQL, settings()).close());
  }

  private static void assertGoesOn(Running running, String rows, Coverage lost) throws Exception {
    Running.await("the rest", () -> running.rows("totals").equals(List.of(rows)));
    assertVerified(running);
    running.pipeline().runBatch(true);
    assertEquals(BatchRun.Outcome.PUBLISHED, running.lastRun().outcome());
    assertEquals(List.of(rows), running.rows("totals"));
    assertVerified(running);
    try (PinnedTilings pinned = running.pipeline().stream("orders").tilings().pin()) {
      assertEquals(lost, pinned.standing().lost());
      assertFalse(pinned.standing().frontier().overlaps(lost));
    }
    assertEquals(lost.isEmpty(), running.pipeline().status().streams().get(0).lost().isEmpty());
    assertEquals(List.of(), running.pipeline().status().failures());
  }

  private static void assertVerified(Running running) throws Exception {
    for (VerifyReport report : running.pipeline().verify(List.of())) {
      assertTrue(report.identical(), report.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lambda", "kappa"})
  void positionsThatRetentionTookAreNamedAndGivenUpOnlyWhenAccepted(String architecture)
      throws Exception {
    StreamLog log = others.open(STREAM);
    append(log, 20);
    try (Running running = Running.start(architecture, SQL, settings())) {
      assertEquals(List.of("[18, 18]"), running.rows("totals"));
    }
    append(log, 20);
    log.trim(0, 33);
    String message = refused().getMessage();
    Lane lane = new Lane(log.topicId(), 0, 0);
    assertTrue(message.contains("lane " + lane + ": positions [20, 33) (13)"), message);
    assertTrue(message.contains("--accept-gap orders"), message);
    PipelineSettings accepting = settings().acceptingGaps(Set.of("orders"));
    Coverage lost = Coverage.of(lane, 20, 33);
    try (Running running = Running.start(architecture, SQL, accepting)) {
      Running.await("the rest", () -> running.rows("totals").equals(List.of("[24, 24]")));
    }
    // Accepted once, it is not asked again.
    try (Running running = Running.start("lambda", SQL, settings())) {
      append(log, 10);
      assertGoesOn(running, "[33, 33]", lost);
    }
    try (Running running = Running.start("lambda", SQL, settings())) {
      assertGoesOn(running, "[33, 33]", lost);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTopicThatWasMadeAgainIsTakenOnlyWhenAccepted(boolean anyGap) throws Exception {
    StreamLog log = others.open(STREAM);
    append(log, 20);
    try (Running running = Running.start("lambda", SQL, settings())) {
      assertEquals(List.of("[18, 18]"), running.rows("totals"));
    }
    makeAgain();
    StreamLog again = others.open(STREAM);
    append(again, 10);
    String message = refused().getMessage();
    assertTrue(message.contains("the topic with id " + log.topicId() + " is not there"), message);
    PipelineSettings accepting = anyGap ? settings().acceptingGaps(Set.of("ORDERS")) : newTopic();
    try (Running running = Running.start("lambda", SQL, accepting)) {
      Running.await("the rest", () -> running.rows("totals").equals(List.of("[27, 27]")));
      assertEquals(27, running.pipeline().status().streams().get(0).accepted());
    }
    try (Running running = Running.start("lambda", SQL, settings())) {
      append(again, 10);
      assertGoesOn(running, "[36, 36]", Coverage.EMPTY);
    }
  }

  private PipelineSettings newTopic() {
    PipelineSettings plain = settings();
    return new PipelineSettings(
        plain.data(),
        plain.cluster(),
        plain.powerSafe(),
        plain.schedule(),
        plain.checkpointMillis(),
        plain.archiveMillis(),
        plain.stateBudget(),
        plain.lakeTimeoutMillis(),
        true,
        Set.of(),
        plain.sqlProcesses());
  }

  private void makeAgain() throws Exception {
    try (Admin admin = Admin.create(connection())) {
      admin.deleteTopics(List.of("orders")).all().get(30, TimeUnit.SECONDS);
      Running.await(
          "the topic's end",
          () -> !admin.listTopics().names().get(30, TimeUnit.SECONDS).contains("orders"));
    }
  }

  @Test
  void aStreamThatIsNotDeclaredCannotHaveItsGapsAccepted() {
    PipelineSettings wrong = settings().acceptingGaps(Set.of("order"));
    RefusedException refused =
        assertThrows(RefusedException.class, () -> Running.start("lambda", SQL, wrong).close());
    assertEquals(
        "Cannot find stream 'order': there are orders; see --accept-gap", refused.getMessage());
  }
}
