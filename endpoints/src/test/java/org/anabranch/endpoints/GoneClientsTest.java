// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.anabranch.architecture.PipelineSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is done for long for clients that are gone, or only wait. */
final class GoneClientsTest {
  /** Far above what it takes, far below the statement's own time. */
  private static final long SOON_SECONDS = 60;

  private static final String LONG_TIMEOUT = "10m";

  /** Computed for hours over a few hundred rows. */
  private static final String ENDLESS =
      "WITH n AS (SELECT a.n + b.n AS x FROM v a, v b)"
          + " SELECT count(*) FROM n a, n b, n c WHERE a.x * b.x < c.x + 1";

  @TempDir Path directory;

  private static String query(String sql, String timeout) {
    return "POST /v1/sql?timeout="
        + timeout
        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nContent-Length: "
        + sql.length()
        + "\r\n\r\n"
        + sql;
  }

  private static void await(BooleanSupplier condition, String what) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SOON_SECONDS);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "waited in vain: " + what);
      Thread.onSpinWait();
    }
  }

  private static String rows(int count) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < count; i++) {
      rows.append("{\"n\":").append(i).append("}\n");
    }
    return rows.toString();
  }

  @Test
  void aStatementEndsWhenItsClientIsGone() throws Exception {
    try (Served served = Served.start(directory, 30_000)) {
      Client client = served.client();
      String receipt = client.json(client.append("s", "rows", rows(500))).get("receipt").asText();
      assertEquals(200, client.laterSql("SELECT count(*) FROM v", receipt).get().statusCode());
      int all = served.freeQueries();
      List<RawClient> gone = new ArrayList<>();
      // Those that run, and those that wait for a process.
      for (int i = 0; i < 4; i++) {
        gone.add(served.raw().write(query(ENDLESS, LONG_TIMEOUT)));
      }
      await(() -> served.freeQueries() == all - 4, "the statements are there");
      for (RawClient one : gone) {
        one.close();
      }
      await(() -> served.freeQueries() == all, "they end");
      assertEquals(200, client.post("/v1/sql", "text/plain", "SELECT 1 AS x").statusCode());
    }
  }

  @Test
  void requestsThatAreSentAheadOfTheAnswerAreAnsweredInTurn() throws Exception {
    try (Served served = Served.start(directory, 30_000);
        RawClient raw = served.raw()) {
      for (int i = 1; i <= 20; i++) {
        raw.write(query("SELECT " + i + " AS x", "60s"));
      }
      for (int i = 1; i <= 20; i++) {
        RawClient.Answer answer = raw.read();
        assertEquals(200, answer.status(), answer.body());
        assertTrue(answer.body().contains("{\"x\":" + i + "}"), answer.body());
      }
    }
  }

  /** The lake takes what was appended some seconds later: until then nothing else is held up. */
  @Test
  void waitingForFilesTakesNoPlaceAndNoProcess() throws Exception {
    PipelineSettings late = PipelineSettings.in(directory).hasty(20_000);
    try (Served served = Served.start(late, 30_000)) {
      Client client = served.client();
      JsonNode first = client.json(client.append("s", "first", "{\"n\":1}"));
      String sql = "SELECT count(*) AS c FROM s";
      client.json(client.laterSql(sql, first.get("receipt").asText(), "5m").get());
      int all = served.freeQueries();
      JsonNode taken = client.json(client.append("s", "second", "{\"n\":1}"));
      List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
      for (int i = 0; i < all - 2; i++) {
        waiting.add(client.laterSql(sql, taken.get("receipt").asText(), "5m"));
      }
      int answered = 0;
      while (waiting.stream().noneMatch(CompletableFuture::isDone)) {
        assertEquals(200, client.post("/v1/sql", "text/plain", "SELECT 1 AS x").statusCode());
        answered++;
      }
      assertTrue(answered > 5, answered + " other statements meanwhile");
      for (CompletableFuture<HttpResponse<String>> one : waiting) {
        HttpResponse<String> answer = one.get(5, TimeUnit.MINUTES);
        assertEquals(2, client.json(answer).get("rows").get(0).get("c").asInt());
      }
    }
  }
}
