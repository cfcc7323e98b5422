// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a small heap outlives bodies of very many very small events. */
final class TinyEventsTest {
  private static final String NDJSON = "application/x-ndjson";

  @TempDir Path directory;

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return new ObjectMapper().readTree(answer.body());
  }

  @Test
  void aSmallHeapTakesABodyOfTwoByteLinesAndManyAtOnce() throws Exception {
    Path sql =
        Files.writeString(
            directory.resolve("s.sql"),
            "CREATE STREAM s (id VARCHAR);" + " CREATE VIEW v AS SELECT COUNT(*) AS c FROM s;");
    Path log = directory.resolve("log");
    try (Child child = Child.start("-Xmx256m", "lambda", sql, directory.resolve("d"), log)) {
      child.awaitReady(Duration.ofMinutes(2));
      long appended = whole(child.client());
      appended += atOnce(child.client());
      assertTrue(child.isAlive(), () -> "the server ended; its log is " + log);
      assertEquals(200, child.client().get("/readyz").statusCode());
      String body = "{\"id\":\"x\"}";
      JsonNode last =
          child.client().json(child.client().post("/v1/streams/s/events", NDJSON, body));
      String end = last.get("coverage").asText();
      assertTrue(end.endsWith("-" + (appended + 1)), end + " after " + appended);
    }
  }

  /** 20 MB: more events than one request may have. */
  private static long whole(Client client) throws Exception {
    HttpResponse<String> answer =
        client.send(
            client
                .request("/v1/streams/s/events")
                .timeout(Duration.ofMinutes(5))
                .header("Content-Type", NDJSON)
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("1\n".repeat(10_000_000)))
                .build());
    assertEquals(413, answer.statusCode(), answer.body());
    long events = json(answer).get("appended").get("events").asLong();
    assertTrue(events > 900_000 && events <= 1_000_000, answer.body());
    return events;
  }

  private static long atOnce(Client client) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(64);
    List<Future<HttpResponse<String>>> running = new ArrayList<>();
    String body = "1\n".repeat(6_000);
    for (int i = 0; i < 64; i++) {
      running.add(threads.submit(() -> client.post("/v1/streams/s/events", NDJSON, body)));
    }
    long appended = 0;
    for (Future<HttpResponse<String>> one : running) {
      HttpResponse<String> answer = one.get(5, TimeUnit.MINUTES);
      if (answer.statusCode() == 200) {
        appended += json(answer).get("rejected").asLong();
      } else {
        assertEquals(429, answer.statusCode(), answer.body());
        assertTrue(answer.headers().firstValue("Retry-After").isPresent());
        JsonNode part = json(answer).path("appended").path("events");
        appended += part.asLong(0);
      }
    }
    threads.shutdown();
    assertTrue(appended > 0, "nothing was taken");
    return appended;
  }
}
