// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.anabranch.view.Coverage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A child process that runs the real thing is killed at random moments of ingest, archive,
 * checkpoint, compaction, batch publish, replay, query, a view's change and start-up, and stopped
 * for a while now and then.
 *
 * <p>Oracle: what was acknowledged is visible, what is visible was tried, each event once; every
 * answer agrees with its receipt; coverage never goes back; after the last kill lambda, kappa and
 * two recomputations, the product's and one here, agree. {@code -Danabranch.kills=N} sets the least
 * number of kills, {@code -Danabranch.kill.seconds=N} the least time.
 */
final class KillTest {
  private static final int KILLS_OF_THE_SUITE = 21;
  private static final int KILLS = Integer.getInteger("anabranch.kills", KILLS_OF_THE_SUITE);

  /** One start of so many changes a view, and one of so many others is stopped for a while. */
  private static final int CHANGES_EVERY = 4;

  private static final int PAUSES_EVERY = 10;
  private static final int PAUSE_MILLIS = 5_000;
  private static final int LONGER_MILLIS = KILLS > KILLS_OF_THE_SUITE ? 15_000 : 2_000;
  private static final Duration AT_LEAST =
      Duration.ofSeconds(Integer.getInteger("anabranch.kill.seconds", 210));
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String SQL =
      """
      CREATE STREAM events (
        id BIGINT NOT NULL,
        kind VARCHAR NOT NULL,
        amount INTEGER CHECK (amount >= 0),
        at TIMESTAMP(3)
      ) WITH ('event_time' = 'at', 'partitions' = '2');
      CREATE VIEW totals AS
      SELECT COUNT(*) AS events, COUNT(DISTINCT id) AS ids, SUM(amount) AS amount FROM events;
      CREATE VIEW kinds AS
      SELECT kind, window_start AS day, COUNT(*) AS events, SUM(amount) AS amount, MAX(id) AS last
      FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(at), INTERVAL '1' DAY))
      GROUP BY kind, window_start;
      CREATE VIEW each_id AS SELECT id, COUNT(*) AS times FROM events GROUP BY id;
      CREATE VIEW slots AS
      SELECT MOD(id, %d) AS slot, COUNT(*) AS events, SUM(amount) AS amount FROM events
      GROUP BY MOD(id, %d);
      """;

  /** One statement, one receipt: what two views say of the same events. */
  private static final String QUESTION =
      "SELECT t.events AS events, e.times AS times, e.ids AS ids FROM totals t,"
          + " (SELECT SUM(times) AS times, COUNT(*) AS ids FROM each_id) e";

  @TempDir Path directory;

  private final Random random = new Random(seed());
  private final Map<String, String> unacknowledged = new HashMap<>();
  private final Map<Long, Integer> acknowledgedIds = new TreeMap<>();
  private final Map<Long, Integer> triedIds = new TreeMap<>();
  private final Map<String, List<Long>> idsOf = new HashMap<>();
  private Coverage highest = Coverage.EMPTY;
  private long nextId = 1;
  private int slots = 7;
  private int answersChecked;
  private int queriesChecked;
  private int changes;
  private int pauses;
  private int repeats;

  private static long seed() {
    long seed = Long.getLong("anabranch.seed", System.nanoTime());
    System.out.println("KillTest seed " + seed + " (-Danabranch.seed=" + seed + ")");
    return seed;
  }

  @Test
  void noKillLosesOrDoublesAnEvent() throws Exception {
    Path sql = directory.resolve("events.sql");
    Path data = directory.resolve("data");
    Path log = directory.resolve("server.log");
    Instant end = Instant.now().plus(AT_LEAST);
    int kills = 0;
    for (; kills < KILLS || Instant.now().isBefore(end); kills++) {
      String architecture = random.nextInt(3) == 0 ? "kappa" : "lambda";
      define(sql, kills);
      Child child = Child.start(architecture, sql, data, log);
      try {
        if (random.nextInt(5) == 0) {
          TimeUnit.MILLISECONDS.sleep(random.nextInt(4_000));
        } else {
          child.awaitReady(PATIENCE);
          work(child.client(), architecture, 200 + random.nextInt(2_500));
          if (kills % PAUSES_EVERY == PAUSES_EVERY / 2) {
            pause(child);
          }
        }
      } finally {
        child.kill();
      }
    }
    check(sql, data, log);
    assertTrue(answersChecked > KILLS, "too few answers were checked: " + answersChecked);
    assertTrue(queriesChecked > 0, "no query in SQL was answered");
    System.out.println(
        "KillTest: "
            + kills
            + " kills, "
            + changes
            + " changes of a view, "
            + pauses
            + " pauses, "
            + triedIds.size()
            + " events tried, "
            + acknowledgedIds.size()
            + " acknowledged, "
            + repeats
            + " requests repeated, "
            + answersChecked
            + " answers checked, "
            + queriesChecked
            + " of them queries in SQL");
  }

  /** The pipeline of the next start; now and then its view is another one than before. */
  private void define(Path sql, int start) throws IOException {
    if (start % CHANGES_EVERY == CHANGES_EVERY - 1) {
      slots = slots == 13 ? 5 : slots + 1;
      changes++;
    }
    Files.writeString(sql, SQL.formatted(slots, slots));
  }

  /** The process stands still for a while, with a request under way, and goes on. */
  private void pause(Child child) throws Exception {
    child.signal("STOP");
    Thread meanwhile = new Thread(() -> tryAppend(child.client()), "request meanwhile");
    meanwhile.start();
    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS + random.nextInt(LONGER_MILLIS));
    child.signal("CONT");
    meanwhile.join();
    child.awaitReady(PATIENCE);
    checkAnswer(child.client());
    pauses++;
  }

  /** Sends, reads and asks for runs until the time is over. */
  private void work(Client client, String architecture, long millis) throws Exception {
    Instant end = Instant.now().plusMillis(millis);
    while (Instant.now().isBefore(end)) {
      int dice = random.nextInt(10);
      if (dice < 6) {
        append(client);
      } else if (dice < 8) {
        checkAnswer(client);
        checkSlots(client);
        checkQuery(client);
      } else if (architecture.equals("lambda")) {
        client.post("/v1/batch", "application/json", "{\"full\":" + random.nextBoolean() + "}");
      } else {
        client.post("/v1/views/kinds/replay", "application/json", "");
      }
    }
    // The last request is under way when the process is killed.
    Thread last = new Thread(() -> tryAppend(client), "last request");
    last.start();
    TimeUnit.MILLISECONDS.sleep(random.nextInt(30));
  }

  private void tryAppend(Client client) {
    try {
      append(client);
    } catch (IOException | InterruptedException killed) {
      // Its outcome is unknown: it is repeated, or never.
    }
  }

  private synchronized void append(Client client) throws IOException, InterruptedException {
    String key;
    String body;
    if (!unacknowledged.isEmpty() && random.nextBoolean()) {
      key = unacknowledged.keySet().iterator().next();
      body = unacknowledged.get(key);
      repeats++;
    } else {
      key = "request-" + nextId;
      body = events(key);
      unacknowledged.put(key, body);
    }
    HttpResponse<String> response = client.append("events", key, body);
    if (response.statusCode() == 200) {
      JsonNode answer = client.json(response);
      assertEquals(idsOf.get(key).size(), answer.get("accepted").asLong(), response.body());
      idsOf.get(key).forEach(id -> acknowledgedIds.put(id, 1));
      unacknowledged.remove(key);
      if (random.nextInt(4) == 0) {
        readYourWrites(client, answer.get("receipt").asText(), idsOf.get(key));
      }
    }
  }

  private String events(String key) {
    StringBuilder body = new StringBuilder();
    List<Long> ids = new ArrayList<>();
    int count = 1 + random.nextInt(200);
    for (int i = 0; i < count; i++) {
      long id = nextId++;
      boolean bad = random.nextInt(20) == 0;
      body.append("{\"id\":").append(id).append(",\"kind\":\"k").append(id % 7);
      body.append("\",\"amount\":").append(bad ? "-1" : Long.toString(id % 100));
      body.append(",\"at\":\"2026-01-").append(10 + id % 15).append("T12:00:00\"}\n");
      if (!bad) {
        ids.add(id);
        triedIds.put(id, 1);
      }
    }
    idsOf.put(key, ids);
    return body.toString();
  }

  private void readYourWrites(Client client, String receipt, List<Long> ids)
      throws IOException, InterruptedException {
    if (ids.isEmpty()) {
      return;
    }
    long id = ids.get(random.nextInt(ids.size()));
    JsonNode answer = client.json(client.get("/v1/views/each_id?id=" + id + "&wait=" + receipt));
    assertEquals(1, answer.get("rows").size(), "event " + id + " is not visible after its receipt");
    assertEquals(1, answer.get("rows").get(0).get("times").asLong(), "event " + id);
  }

  /** The answer's counts are the ledger's at its receipt, and its frontier is not behind. */
  private void checkAnswer(Client client) throws IOException, InterruptedException {
    JsonNode answer = client.json(client.get("/v1/views/totals"));
    JsonNode row = answer.get("rows").get(0);
    JsonNode relation = answer.get("receipt").get("relations").get(0);
    assertEquals(relation.get("accepted").asLong(), row.get("events").asLong(), answer.toString());
    assertEquals(row.get("events").asLong(), row.get("ids").asLong(), "an event counts twice");
    Coverage frontier = Coverage.parse(relation.get("frontier").asText());
    assertTrue(
        frontier.containsAll(highest), "coverage went back from " + highest + " to " + frontier);
    highest = frontier;
    answersChecked++;
  }

  /** Whichever version of the changing view answers, all events of its receipt are in it. */
  private void checkSlots(Client client) throws IOException, InterruptedException {
    JsonNode answer = client.json(client.get("/v1/views/slots?limit=1000"));
    long events = 0;
    for (JsonNode row : answer.get("rows")) {
      events += row.get("events").asLong();
    }
    long accepted = answer.get("receipt").get("relations").get(0).get("accepted").asLong();
    assertEquals(accepted, events, answer.toString());
    answersChecked++;
  }

  /** A query may be turned away while much is going on; an answer is right. */
  private void checkQuery(Client client) throws IOException, InterruptedException {
    HttpResponse<String> response = client.post("/v1/sql?timeout=10s", "text/plain", QUESTION);
    if (response.statusCode() == 503 || response.statusCode() == 504) {
      return;
    }
    JsonNode answer = client.json(response);
    JsonNode row = answer.get("rows").get(0);
    for (JsonNode relation : answer.get("receipt").get("relations")) {
      assertEquals(relation.get("accepted").asLong(), row.get("events").asLong(), response.body());
    }
    assertEquals(row.get("events").asLong(), row.get("times").asLong(), response.body());
    assertEquals(row.get("events").asLong(), row.get("ids").asLong(), response.body());
    answersChecked++;
    queriesChecked++;
  }

  private void check(Path sql, Path data, Path log) throws Exception {
    JsonNode first = null;
    for (String architecture : List.of("lambda", "kappa")) {
      try (Child child = Child.start(architecture, sql, data, log)) {
        child.awaitReady(PATIENCE);
        Client client = child.client();
        while (!unacknowledged.isEmpty()) {
          append(client);
        }
        checkAnswer(client);
        checkEachId(client);
        checkLastVersion(client);
        JsonNode verified = client.verify(PATIENCE);
        assertEquals("DONE", verified.get("state").asText(), verified.toString());
        assertTrue(verified.get("identical").asBoolean(), verified.toString());
        JsonNode kinds = client.json(client.get("/v1/views/kinds?limit=1000")).get("rows");
        if (first == null) {
          first = kinds;
        }
        assertEquals(first, kinds, "lambda and kappa differ");
      }
    }
  }

  /** The last version of the changing view, against a recomputation from what was sent. */
  private void checkLastVersion(Client client) throws IOException, InterruptedException {
    Map<Long, List<Long>> expected = new TreeMap<>();
    for (long id : triedIds.keySet()) {
      expected.merge(
          id % slots,
          List.of(1L, id % 100),
          (a, b) -> List.of(a.get(0) + b.get(0), a.get(1) + b.get(1)));
    }
    Instant end = Instant.now().plus(PATIENCE);
    Map<Long, List<Long>> shown = shown(client);
    // Until it is built the version before answers.
    while (!shown.keySet().equals(expected.keySet()) && Instant.now().isBefore(end)) {
      shown = shown(client);
    }
    assertEquals(expected, shown);
  }

  private static Map<Long, List<Long>> shown(Client client)
      throws IOException, InterruptedException {
    Map<Long, List<Long>> shown = new TreeMap<>();
    for (JsonNode row : client.json(client.get("/v1/views/slots?limit=1000")).get("rows")) {
      List<Long> values = List.of(row.get("events").asLong(), row.get("amount").asLong());
      shown.put(row.get("slot").asLong(), values);
    }
    return shown;
  }

  private void checkEachId(Client client) throws IOException, InterruptedException {
    Map<Long, Integer> visible = new TreeMap<>();
    String page = "";
    do {
      JsonNode answer = client.json(client.get("/v1/views/each_id?limit=50000" + page));
      for (JsonNode row : answer.get("rows")) {
        visible.merge(row.get("id").asLong(), row.get("times").asInt(), Integer::sum);
      }
      page =
          answer.hasNonNull("next")
              ? "&page=" + URLEncoder.encode(answer.get("next").asText(), StandardCharsets.UTF_8)
              : "";
    } while (!page.isEmpty());
    Map<Long, Integer> wrong = new TreeMap<>(visible);
    triedIds.forEach((id, times) -> wrong.remove(id, times));
    assertEquals(Map.of(), wrong, "no event counts that was not tried, and none twice");
    assertEquals(triedIds.size(), visible.size(), "every event tried was acknowledged in the end");
  }
}
