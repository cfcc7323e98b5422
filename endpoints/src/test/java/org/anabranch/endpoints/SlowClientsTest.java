// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.Receipt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that say little or read little take connections, and nothing from others. */
final class SlowClientsTest {
  private static final int SLOW = 300;

  @TempDir Path directory;

  private static String head(String path, long length) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  /** A receipt that is reached when two more events are in the lane of the first one. */
  private static String twoAhead(JsonNode first) {
    String coverage = first.get("coverage").asText();
    Lane lane = Lane.parse(coverage.substring(0, coverage.indexOf(':')));
    return Receipt.of("s", Coverage.of(lane, 0, 3)).token();
  }

  private static void close(List<RawClient> clients) throws Exception {
    for (RawClient client : clients) {
      client.close();
    }
  }

  /** How long appends take; each must be answered. */
  private static String appends(Served served, String key) throws Exception {
    long[] millis = new long[100];
    for (int i = 0; i < millis.length; i++) {
      long began = System.nanoTime();
      assertEquals(200, served.client().append("s", key + i, "{\"n\":1}").statusCode());
      millis[i] = (System.nanoTime() - began) / 1_000_000;
    }
    Arrays.sort(millis);
    return "p50 " + millis[50] + " ms, p99 " + millis[98] + " ms";
  }

  @Test
  void bodiesThatNeverComeStopNobodyElse() throws Exception {
    List<RawClient> slow = new ArrayList<>();
    try (Served served = Served.start(directory, 30_000)) {
      System.out.println("appends without slow bodies: " + appends(served, "without"));
      for (int i = 0; i < SLOW; i++) {
        String path = i % 2 == 0 ? "/v1/streams/s/events" : "/v1/sql";
        slow.add(served.raw().write(head(path, 1_000_000) + (i % 3 == 0 ? "" : "{")));
      }
      System.out.println("appends with " + SLOW + " slow bodies: " + appends(served, "with"));
      assertEquals(200, served.client().get("/livez").statusCode());
      assertEquals(200, served.client().get("/readyz").statusCode());
      assertEquals(200, served.client().get("/v1/views/v").statusCode());
      close(slow);
    }
  }

  @Test
  void aBodyOfWhichNothingComesForLongIsATimeOutInWords() throws Exception {
    try (Served served = Served.start(directory, 300);
        RawClient raw = served.raw()) {
      RawClient.Answer answer = raw.write(head("/v1/sql", 1_000) + "{").read();
      assertEquals(408, answer.status(), answer.body());
      assertTrue(answer.isProblem() && answer.whole());
      assertTrue(answer.body().contains("after 1 bytes"), answer.body());
    }
  }

  /** Far more wait than there are threads, and longer than a connection may be silent. */
  @Test
  void waitingForAReceiptHoldsNoThread() throws Exception {
    try (Served served = Served.start(directory, 2_000)) {
      Client client = served.client();
      JsonNode taken = client.json(client.append("s", "one", "{\"n\":1}"));
      String ahead = twoAhead(taken);
      List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        waiting.add(client.later("/v1/views/v?timeout=60s&wait=" + ahead));
        waiting.add(client.laterSql("SELECT SUM(c) AS c FROM v", ahead));
      }
      assertEquals(200, client.get("/v1/views/v").statusCode());
      for (long began = System.nanoTime(); System.nanoTime() - began < 3_000_000_000L; ) {
        assertEquals(200, client.get("/livez").statusCode());
      }
      assertEquals(0, waiting.stream().filter(CompletableFuture::isDone).count());
      client.json(client.append("s", "two", "{\"n\":1}\n{\"n\":1}"));
      for (CompletableFuture<HttpResponse<String>> one : waiting) {
        HttpResponse<String> answer = one.get(60, TimeUnit.SECONDS);
        // Queries that may run at once are few.
        boolean busy = answer.statusCode() == 429;
        assertTrue(busy || client.json(answer).get("rows").get(0).get("c").asInt() == 3);
      }
    }
  }

  @Test
  void aWaitEndsAtItsTimeAndIsNotEndless() throws Exception {
    try (Served served = Served.start(directory, 30_000)) {
      Client client = served.client();
      JsonNode taken = client.json(client.append("s", "one", "{\"n\":1}"));
      String ahead = twoAhead(taken);
      for (HttpResponse<String> late :
          List.of(
              client.get("/v1/views/v?timeout=200ms&wait=" + ahead),
              client.laterSql("SELECT 1 AS x FROM v", ahead, "200ms").get())) {
        assertEquals(504, late.statusCode(), late.body());
        assertTrue(late.body().contains("not-yet"), late.body());
      }
      assertEquals(400, client.get("/v1/views/v?timeout=11m").statusCode());
      assertEquals(400, client.get("/v1/views/v?timeout=999999999m&wait=" + ahead).statusCode());
    }
  }

  @Test
  void aServerThatStopsTellsThoseWhoWait() throws Exception {
    CompletableFuture<HttpResponse<String>> waiting;
    try (Served served = Served.start(directory, 30_000)) {
      Client client = served.client();
      JsonNode taken = client.json(client.append("s", "one", "{\"n\":1}"));
      String ahead = twoAhead(taken);
      waiting = client.later("/v1/views/v?timeout=60s&wait=" + ahead);
      // It has begun to wait when one that was sent after it has ended its wait.
      client.get("/v1/views/v?timeout=500ms&wait=" + ahead);
    }
    assertEquals(503, waiting.get(60, TimeUnit.SECONDS).statusCode());
  }

  /** An answer that is not read waits in a file, and its query's place is free. */
  @Test
  void clientsThatDoNotReadTakeNoThreadAndNoQuery() throws Exception {
    List<RawClient> slow = new ArrayList<>();
    try (Served served = Served.start(directory, 120_000)) {
      Client client = served.client();
      StringBuilder events = new StringBuilder();
      for (int n = 0; n < 400; n++) {
        events.append("{\"n\":").append(n).append("}\n");
      }
      String receipt =
          client.json(client.append("s", "a", events.toString())).get("receipt").asText();
      client.json(client.get("/v1/views/v?timeout=60s&wait=" + receipt));
      String question = "SELECT '" + "x".repeat(300) + "' AS x FROM v a CROSS JOIN v b LIMIT 20000";
      for (int i = 0; i < 28; i++) {
        RawClient raw = served.raw();
        slow.add(raw);
        raw.write(head("/v1/sql", question.length()).replace("application/json", "text/plain"));
        // Few may run at once, so the next one is sent when this one has its answer.
        raw.write(question).awaitFirstByte();
      }
      assertEquals(200, client.post("/v1/sql", "text/plain", "SELECT 1 AS x FROM v").statusCode());
      assertEquals(200, client.get("/v1/views/v").statusCode());
      RawClient.Answer late = slow.get(7).read();
      assertTrue(late.whole() && late.body().length() > 6_000_000, "it is still there");
      close(slow);
    }
  }
}
