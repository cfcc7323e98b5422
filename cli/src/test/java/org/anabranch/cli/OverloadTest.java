// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of limits: a server of little memory that gets far more than it can take, in a view
 * with a group for each event. {@code -Danabranch.load.heaps=256m,1g,4g} and {@code
 * -Danabranch.load.seconds=60} make the whole table, which is printed.
 */
final class OverloadTest {
  private static final String HEAPS = System.getProperty("anabranch.load.heaps", "256m");
  private static final int SECONDS = Integer.getInteger("anabranch.load.seconds", 20);
  private static final int CONNECTIONS = 64;

  /** What a server has beside its heap: code, classes, threads, buffers, the collector's own. */
  private static final long BESIDE_HEAP = 512;

  private static final int GROUPS = 1_200_000;
  private static final String SQL =
      """
      CREATE STREAM s (id BIGINT NOT NULL, request BIGINT NOT NULL) WITH ('partitions' = '2');
      CREATE VIEW each_id AS SELECT id, COUNT(*) AS events FROM s GROUP BY id;
      CREATE VIEW requests AS SELECT request, COUNT(*) AS events FROM s GROUP BY request;
      """;

  @TempDir Path directory;

  private CommandProcess start(String heap, String sql) throws Exception {
    Path file = Files.writeString(directory.resolve("p.sql"), sql);
    return CommandProcess.start(
        directory,
        List.of("-Xmx" + heap, "-XX:+ExitOnOutOfMemoryError"),
        Map.of(),
        List.of("run", file.toString(), "--data", "d", "--listen", "127.0.0.1:0"));
  }

  static Stream<String> heaps() {
    return Stream.of(HEAPS.split(","));
  }

  @ParameterizedTest
  @MethodSource("heaps")
  void tooMuchIsTurnedAwayAndWhatIsAcknowledgedIsThereOnceInBoundedMemory(String heap)
      throws Exception {
    assumeTrue(Memory.isTold(), "the system does not tell what a process has in memory");
    try (CommandProcess server = start(heap, SQL)) {
      Load load = new Load(server.ready("lambda"));
      Memory memory = new Memory(server.process().pid());
      long began = System.nanoTime();
      press(load, memory);
      double seconds = (System.nanoTime() - began) / 1e9;
      assertTrue(server.process().isAlive(), server.said());
      assertTrue(Set.of(200, 429, 503).containsAll(load.statuses().keySet()), load.statuses() + "");
      long visible = checkAnswers(load);
      System.out.printf(
          "OverloadTest -Xmx%s, %d connections, %.0f s: answers %s, %,.0f events/s acknowledged, %d"
              + " groups, memory %d / %d / %d MB in thirds%n",
          heap,
          CONNECTIONS,
          seconds,
          load.statuses(),
          load.acknowledged().size() * Load.EVENTS / seconds,
          visible,
          memory.third(0),
          memory.third(1),
          memory.third(2));
      long most = megabytes(heap) + BESIDE_HEAP;
      assertTrue(memory.most() <= most, memory.most() + " MB, at most " + most);
    }
  }

  private static long megabytes(String heap) {
    long number = Long.parseLong(heap.substring(0, heap.length() - 1));
    return heap.endsWith("g") ? number * 1024 : number;
  }

  private static void press(Load load, Memory memory) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    ExecutorService senders = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        all.add(
            senders.submit(
                () -> {
                  while (System.nanoTime() < end) {
                    load.send();
                  }
                  return null;
                }));
      }
      for (Future<?> one : all) {
        while (!one.isDone()) {
          memory.sample();
          waitABit(one);
        }
        one.get();
      }
    } finally {
      senders.shutdownNow();
    }
  }

  private static void waitABit(Future<?> one) throws Exception {
    try {
      one.get(200, TimeUnit.MILLISECONDS);
    } catch (java.util.concurrent.TimeoutException goesOn) {
      // The next sample.
    }
  }

  /** Every acknowledged request is whole in the answers, every event once; how many there are. */
  private static long checkAnswers(Load load) throws Exception {
    String last = "{\"id\":-1,\"request\":-1}";
    JsonNode taken = Load.json(load.post("/v1/streams/s/events", "application/x-ndjson", last));
    String receipt = taken.get("receipt").asText();
    load.get("/v1/views/requests?limit=1&timeout=5m&wait=" + receipt);
    Map<Long, Long> shown = load.shown();
    long events = shown.values().stream().mapToLong(Long::longValue).sum();
    for (long request : load.acknowledged()) {
      assertEquals(Load.EVENTS, shown.getOrDefault(request, 0L), "events of request " + request);
    }
    assertTrue(shown.values().stream().allMatch(count -> count <= Load.EVENTS), "twice");
    JsonNode each =
        Load.json(
            load.post(
                "/v1/sql?timeout=5m",
                "text/plain",
                "SELECT COUNT(*) AS groups, MAX(events) AS most FROM each_id"));
    JsonNode row = each.get("rows").get(0);
    assertEquals(1, row.get("most").asLong(), "an event counts twice");
    assertEquals(events, row.get("groups").asLong());
    return events;
  }

  /** A full batch over far more groups than the heap could hold at once. */
  @Test
  void aFullBatchOverManyGroupsIsPublishedInASmallHeap() throws Exception {
    String view = SQL.substring(0, SQL.indexOf("CREATE VIEW requests"));
    try (CommandProcess server = start("256m", view)) {
      Load load = new Load(server.ready("lambda"));
      while (load.acknowledged().size() * Load.EVENTS < GROUPS) {
        load.send();
      }
      JsonNode run = Load.json(load.post("/v1/batch", "application/json", "{\"full\":true}"));
      String id = run.get("run").asText();
      JsonNode found = run(load, id);
      long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
      while (found.get("outcome").asText().equals("RUNNING") && System.nanoTime() < end) {
        found = run(load, id);
      }
      assertEquals("PUBLISHED", found.get("outcome").asText(), found + server.said());
      JsonNode answer =
          Load.json(
              load.post(
                  "/v1/sql?timeout=5m",
                  "text/plain",
                  "SELECT COUNT(*) AS groups, SUM(events) AS events FROM each_id"));
      assertEquals(GROUPS, answer.get("rows").get(0).get("groups").asLong());
      assertEquals(GROUPS, answer.get("rows").get(0).get("events").asLong());
      assertTrue(server.process().isAlive(), server.said());
    }
  }

  private static JsonNode run(Load load, String id) throws Exception {
    for (JsonNode run : load.get("/v1/batch").get("runs")) {
      if (run.get("id").asText().equals(id)) {
        return run;
      }
    }
    throw new AssertionError("run " + id + " is not listed");
  }
}
