// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.anabranch.architecture.PipelineStatus.LaneStatus;
import org.anabranch.batch.BatchRun;
import org.anabranch.ingest.Acknowledgement;
import org.anabranch.log.Durability;
import org.anabranch.log.EmbeddedBroker;
import org.anabranch.log.Event;
import org.anabranch.log.KafkaLog;
import org.anabranch.log.StreamLog;
import org.anabranch.view.Clock;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.Receipt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Partitions that others add to a topic of a cluster while the pipeline runs. */
final class NewPartitionsTest {
  private static final String SQL =
      """
      CREATE STREAM orders (customer VARCHAR NOT NULL, amount INTEGER CHECK (amount > 0))
        WITH ('partitions' = '2', 'key' = 'customer');
      CREATE VIEW totals AS SELECT COUNT(*) AS orders, SUM(amount) AS amount FROM orders;
      """;

  @TempDir Path directory;
  private EmbeddedBroker elsewhere;
  private KafkaLog others;

  @BeforeEach
  void start() {
    elsewhere = EmbeddedBroker.start(directory.resolve("cluster"), Durability.PROCESS);
    others = new KafkaLog(elsewhere, Clock.SYSTEM);
  }

  @AfterEach
  void stop() {
    others.close();
    elsewhere.close();
  }

  private Running run(String architecture) throws Exception {
    return run(architecture, SQL);
  }

  private Running run(String architecture, String sql) throws Exception {
    Cluster cluster = new Cluster(elsewhere.bootstrapServers(), elsewhere.clientProperties());
    return Running.start(
        architecture, sql, PipelineSettings.in(directory.resolve("data")).hasty(100).on(cluster));
  }

  private static Event event(int partition, int amount) {
    String text = "{\"customer\":\"c%d\",\"amount\":%d}".formatted(amount % 7, amount);
    return new Event(text.getBytes(StandardCharsets.UTF_8), null, partition, Map.of());
  }

  private static void append(StreamLog log, int partition, int count) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      // Every tenth is rejected.
      events.add(event(partition, i % 10 == 9 ? -1 : 1));
    }
    log.append(events).join();
  }

  private static Set<Integer> partitions(Running running) {
    return running.pipeline().status().streams().get(0).lanes().stream()
        .map(LaneStatus::lane)
        .map(Lane::partition)
        .collect(Collectors.toSet());
  }

  private static void assertVerified(Running running) throws Exception {
    for (VerifyReport report : running.pipeline().verify(List.of())) {
      assertTrue(report.identical(), report.toString());
    }
  }

  @Test
  void theirEventsAreInTheAnswersWithoutARestartAndStayThereAfterOne() throws Exception {
    try (Running running = run("lambda")) {
      StreamLog log = others.open(running.pipeline().streams().get(0));
      append(log, 0, 10);
      append(log, 1, 10);
      Running.await("two lanes", () -> running.rows("totals").equals(List.of("[18, 18]")));
      log.grow(4);
      append(log, 2, 100);
      append(log, 3, 10);
      Running.await("four lanes", () -> running.rows("totals").equals(List.of("[117, 117]")));
      Running.await("readiness", () -> running.pipeline().waitingFor().isEmpty());
      assertEquals(Set.of(0, 1, 2, 3), partitions(running));
      awaitAll(running, log);
      assertVerified(running);
      running.pipeline().runBatch(false);
      assertEquals(BatchRun.Outcome.PUBLISHED, running.lastRun().outcome());
      append(log, 3, 10);
      awaitAll(running, log);
      assertEquals(List.of("[126, 126]"), running.rows("totals"));
      assertVerified(running);
      assertEquals(List.of(), running.pipeline().status().failures());
    }
    try (Running running = run("kappa")) {
      assertEquals(Set.of(0, 1, 2, 3), partitions(running));
      assertEquals(List.of("[126, 126]"), running.rows("totals"));
      assertVerified(running);
    }
  }

  @Test
  void aChangedCheckJudgesTheirEventsFromWhereItWasDeclared() throws Exception {
    StreamLog log;
    try (Running running = run("lambda")) {
      log = others.open(running.pipeline().streams().get(0));
      log.grow(3);
      append(log, 2, 10);
      Running.await("the third lane", () -> running.rows("totals").equals(List.of("[9, 9]")));
    }
    try (Running running = run("lambda", SQL.replace("amount > 0", "amount > 1"))) {
      append(log, 2, 10);
      log.append(List.of(event(2, 5))).join();
      awaitAll(running, log);
      assertEquals(List.of("[10, 14]"), running.rows("totals"));
      running.pipeline().runBatch(true);
      assertEquals(BatchRun.Outcome.PUBLISHED, running.lastRun().outcome());
      assertEquals(List.of("[10, 14]"), running.rows("totals"));
      assertVerified(running);
    }
  }

  /** A receipt over all of the log: waiting for it is waiting for every lane. */
  private static void awaitAll(Running running, StreamLog log) throws Exception {
    Coverage.Builder all = new Coverage.Builder();
    log.ends()
        .forEach(
            (partition, end) ->
                all.add(
                    new Lane(log.topicId(), 0, partition), new org.anabranch.view.Range(0, end)));
    Receipt receipt = Receipt.of("orders", all.build());
    assertTrue(running.pipeline().await(receipt, 60_000), "the receipt is not in the answers");
    StreamRuntime stream = running.pipeline().stream("orders");
    try (PinnedTilings pinned = stream.tilings().pin()) {
      assertTrue(pinned.standing().frontier().containsAll(all.build()));
    }
  }

  @Test
  void anAcknowledgementNamesTheLaneOfAPartitionNobodyHadLookedForYet() throws Exception {
    try (Running running = run("kappa")) {
      StreamRuntime stream = running.pipeline().stream("orders");
      others.open(stream.definition()).grow(3);
      Lane lane = stream.lane(2);
      assertEquals(new Lane(stream.log().topicId(), 0, 2), lane);
      List<String> events = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        events.add("{\"customer\":\"customer %d\",\"amount\":1}".formatted(i));
      }
      Running.await(
          "an acknowledgement with the new lane",
          () -> {
            Acknowledgement taken = running.append("orders", events);
            return taken.receipt().coverages().get("orders").end(lane) > 0;
          });
      assertVerified(running);
    }
  }

  @Test
  void aTopicWithFewerPartitionsThanDeclaredIsUsedAsItIs() throws Exception {
    org.anabranch.view.StreamDefinition narrow =
        org.anabranch.sql.Script.parse("one.sql", SQL.replace("'2'", "'1'")).streams().get(0);
    others.open(narrow);
    try (Running running = run("kappa")) {
      assertEquals(Set.of(0), partitions(running));
      running.append("orders", List.of("{\"customer\":\"a\",\"amount\":4}"));
      assertEquals(List.of("[1, 4]"), running.rows("totals"));
    }
  }
}
