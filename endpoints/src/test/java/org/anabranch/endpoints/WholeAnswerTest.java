// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.anabranch.architecture.Architecture;
import org.anabranch.architecture.Pipeline;
import org.anabranch.architecture.PipelineSettings;
import org.anabranch.sql.Script;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What fails behind the first rows of a large answer fails the request: no client takes a part for
 * the whole. The views have 3,000 groups, so that their squares are large answers.
 */
final class WholeAnswerTest {
  private static final String SQL =
      """
      CREATE STREAM s (n BIGINT);
      CREATE VIEW v AS SELECT n, COUNT(*) AS c FROM s GROUP BY n;
      """;
  private static final int GROUPS = 3_000;
  private static final String JSON = "application/json";
  private static final String NDJSON = "application/x-ndjson";
  private static final String CSV = "text/csv";

  /** Larger than what stays in memory, smaller than the whole square. */
  private static final long ANSWER_BYTES = 32 << 20;

  @TempDir static Path directory;

  private static Pipeline pipeline;
  private static HttpServer server;
  private static Client client;

  @BeforeAll
  static void start() throws Exception {
    pipeline =
        Pipeline.start(
            Architecture.of("kappa"),
            Script.parse("test.sql", SQL),
            PipelineSettings.in(directory));
    HttpSettings settings =
        new HttpSettings(
            "127.0.0.1",
            0,
            false,
            20 << 20,
            16 << 10,
            100,
            16,
            30_000,
            ANSWER_BYTES,
            directory.resolve("scratch"));
    server = HttpServer.start(settings, () -> Optional.of(pipeline));
    client = new Client(server.url());
    Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
    while (!client.isReady()) {
      assertTrue(Instant.now().isBefore(deadline), "not ready");
    }
    StringBuilder events = new StringBuilder();
    for (int n = 0; n < GROUPS; n++) {
      events.append("{\"n\":").append(n).append("}\n");
    }
    String receipt =
        client.json(client.append("s", "all", events.toString())).get("receipt").asText();
    client.json(client.get("/v1/views/v?timeout=60s&wait=" + receipt));
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    pipeline.close();
  }

  private static HttpResponse<String> ask(String sql, String accept) throws Exception {
    return client.send(
        client
            .request("/v1/sql?timeout=60s")
            .header("Accept", accept)
            .header("Content-Type", "text/plain")
            .POST(java.net.http.HttpRequest.BodyPublishers.ofString(sql))
            .build());
  }

  private static void refused(HttpResponse<String> response, int status, String words)
      throws IOException {
    assertEquals(status, response.statusCode());
    assertEquals(
        "application/problem+json", response.headers().firstValue("Content-Type").orElse(""));
    JsonNode problem = new ObjectMapper().readTree(response.body());
    assertTrue(problem.get("detail").asText().contains(words), response.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {JSON, NDJSON, CSV})
  void oneRowTooManyIsAnErrorInEveryFormat(String accept) throws Exception {
    refused(ask("SELECT 1 AS x FROM v a CROSS JOIN v b", accept), 413, "1000000 rows");
  }

  @ParameterizedTest
  @ValueSource(strings = {JSON, NDJSON, CSV})
  void bytesTooManyAreAnErrorInEveryFormat(String accept) throws Exception {
    String wide = "SELECT '" + "x".repeat(200) + "' AS x FROM v a CROSS JOIN v b LIMIT 200000";
    refused(ask(wide, accept), 413, "more than " + ANSWER_BYTES + " bytes");
  }

  /** A large answer is in a file on its way, and all of it comes. */
  @ParameterizedTest
  @ValueSource(strings = {JSON, NDJSON, CSV})
  void aLargeAnswerThatIsAllowedComesWholeWithItsLength(String accept) throws Exception {
    String question = "SELECT a.n * 3000 + b.n AS x FROM v a CROSS JOIN v b LIMIT 300000";
    HttpResponse<String> answer = ask(question, accept);
    assertEquals(200, answer.statusCode(), answer.body());
    assertEquals(
        answer.body().length(), answer.headers().firstValueAsLong("Content-Length").orElse(-1));
    assertTrue(answer.body().length() > Spool.MEMORY_EACH, "in memory it would show little");
    long lines = answer.body().lines().count();
    assertEquals(300_001 + (accept.equals(JSON) ? 1 : 0), lines);
  }

  @Test
  void theLastLineSaysThatTheRowsAreAll() throws Exception {
    String[] lines =
        ask("SELECT n FROM v WHERE n < 5", NDJSON).body().lines().toArray(String[]::new);
    JsonNode end = new ObjectMapper().readTree(lines[lines.length - 1]);
    assertEquals(6, lines.length);
    assertTrue(end.get("complete").asBoolean());
    assertEquals(5, end.get("rows").asLong());
    assertTrue(end.get("receipt").asText().startsWith("r2."), end.toString());
    assertFalse(end.has("next"));
  }

  /** Pages of more than 64 KiB once came without their token. */
  @ParameterizedTest
  @ValueSource(strings = {JSON, NDJSON, CSV})
  void everyPageHasTheTokenOfTheNextInItsHeaderHoweverLargeItIs(String accept) throws Exception {
    long rows = 0;
    Optional<String> token = Optional.empty();
    do {
      String path = "/v1/views/v?limit=2500" + token.map(page -> "&page=" + page).orElse("");
      HttpResponse<String> page =
          client.send(client.request(path).header("Accept", accept).GET().build());
      assertEquals(200, page.statusCode(), page.body());
      rows += page.body().lines().filter(line -> line.matches("(\\{\"n\":)?[0-9]+,.*")).count();
      token = page.headers().firstValue("Next-Page");
      if (accept.equals(NDJSON)) {
        assertEquals(token.isPresent(), page.body().contains("\"next\":"));
      }
    } while (token.isPresent());
    assertEquals(GROUPS, rows);
  }

  /** Without chunks an old client could not tell an end from a cut. */
  @Test
  void clientsOfTheOldProtocolAreToldTheLengthToo() throws Exception {
    try (RawClient raw = new RawClient(server.port())) {
      RawClient.Answer answer =
          raw.write("GET /v1/views/v?limit=3000 HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n").read();
      assertEquals(200, answer.status());
      assertTrue(answer.headers().containsKey("content-length"));
      assertTrue(answer.whole());
    }
  }

  @Test
  void anAnswerToHeadHasTheLengthAndNoBody() throws Exception {
    HttpResponse<String> head =
        client.send(
            client
                .request("/v1/views/v?limit=3000")
                .method("HEAD", java.net.http.HttpRequest.BodyPublishers.noBody())
                .build());
    assertEquals(200, head.statusCode());
    assertTrue(head.headers().firstValueAsLong("Content-Length").orElse(0) > 10_000);
  }

  /** A server that stops in the middle of an answer is seen, whatever the client looks at. */
  @Test
  void aServerThatStopsInTheMiddleLeavesAnAnswerThatIsNotWhole() throws Exception {
    HttpSettings settings = HttpSettings.on("127.0.0.1", 0).scratch(directory.resolve("other"));
    HttpServer other = HttpServer.start(settings, () -> Optional.of(pipeline));
    try (RawClient raw = new RawClient(other.port())) {
      String question =
          "SELECT '" + "x".repeat(500) + "' AS x FROM v a CROSS JOIN v b LIMIT 200000";
      raw.write(
          "POST /v1/sql?timeout=60s HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/csv\r\n"
              + "Content-Type: text/plain\r\nContent-Length: "
              + question.length()
              + "\r\n\r\n"
              + question);
      raw.awaitFirstByte();
      // Nobody reads, so that most of it is still to be sent when the server's patience is over.
      other.close();
      RawClient.Answer answer = raw.read();
      assertEquals(200, answer.status());
      assertFalse(answer.whole());
    }
  }
}
