// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.anabranch.architecture.Architecture;
import org.anabranch.architecture.Pipeline;
import org.anabranch.architecture.PipelineSettings;
import org.anabranch.architecture.RefusedException;
import org.anabranch.sql.Script;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HTTP contract over real sockets, with a real pipeline behind. */
final class HttpTest {
  private static final String SQL =
      """
      CREATE STREAM readings (sensor VARCHAR NOT NULL, value INTEGER CHECK (value < 1000));
      CREATE VIEW by_sensor AS
      SELECT sensor, COUNT(*) AS n, SUM(value) AS total FROM readings GROUP BY sensor;
      CREATE VIEW words AS
      SELECT sensor AS page, value AS "limit", value + 1 AS "order", value + 2 AS "wait.eq",
        COUNT(*) AS timeout
      FROM readings GROUP BY sensor, value;
      """;
  private static final String GOOD = "{\"sensor\":\"a\",\"value\":1}";

  @TempDir static Path directory;

  private static Pipeline pipeline;
  private static HttpServer server;
  private static Client client;

  @BeforeAll
  static void start() throws Exception {
    pipeline =
        Pipeline.start(
            Architecture.of("lambda"),
            Script.parse("test.sql", SQL),
            PipelineSettings.in(directory).hasty(100));
    server = HttpServer.start(HttpSettings.on("127.0.0.1", 0), () -> Optional.of(pipeline));
    client = new Client(server.url());
    Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
    while (!client.isReady()) {
      assertTrue(Instant.now().isBefore(deadline), "not ready");
    }
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    pipeline.close();
  }

  private static JsonNode problem(HttpResponse<String> response, int status) throws IOException {
    assertEquals(status, response.statusCode(), response.body());
    assertEquals(
        "application/problem+json", response.headers().firstValue("Content-Type").orElse(""));
    JsonNode problem = new ObjectMapper().readTree(response.body());
    assertEquals(status, problem.get("status").asInt());
    assertTrue(problem.hasNonNull("detail") && problem.hasNonNull("code"), response.body());
    return problem;
  }

  @ParameterizedTest
  @CsvSource({
    "page.eq=w7, 1",
    "page.eq=other, 0",
    "limit.eq=700&page.eq=w7, 1",
    "limit.eq=701&page.eq=w7, 0",
    "order.gt=700&page.eq=w7, 1",
    "order.gt=701&page.eq=w7, 0",
    "wait.eq.eq=702&page.eq=w7, 1",
    "timeout.lt=1&page.eq=w7, 0",
    "'page.eq=w7&limit=10&order=limit,-order', 1",
  })
  void aColumnWithTheNameOfAParameterIsFilteredByItsNameAndATest(String query, int rows)
      throws Exception {
    String body = "{\"sensor\":\"w7\",\"value\":700}\n";
    JsonNode answer = client.json(client.append("readings", "words", body));
    String wait = "&wait=" + answer.get("receipt").asText();
    JsonNode read = client.json(client.get("/v1/views/words?" + query + wait));
    assertEquals(rows, read.get("rows").size(), read.toString());
  }

  @Test
  void aParameterThatCannotBeReadSaysHowItsColumnIsFiltered() throws Exception {
    JsonNode problem = problem(client.get("/v1/views/words?limit=many"), 400);
    assertTrue(problem.get("detail").asText().contains("limit.eq=many"), problem.toString());
  }

  @Test
  void goodRowsAreKeptAndBadOnesAreNamedByLine() throws Exception {
    String body =
        """
        {"sensor":"x","value":1}
        {"sensor":"x","value":"two"}
        {"sensor":"x","value":5000}
        """;
    JsonNode answer = client.json(client.append("readings", "rows", body));
    assertEquals(1, answer.get("accepted").asInt());
    assertEquals(2, answer.get("rejected").asInt());
    assertEquals(2, answer.get("rejects").get(0).get("line").asInt());
    assertEquals("value", answer.get("rejects").get(0).get("column").asText());
    assertEquals("check", answer.get("rejects").get(1).get("code").asText());
    JsonNode again = client.json(client.append("readings", "rows", body));
    assertTrue(again.get("repeated").asBoolean());
    assertEquals(answer.get("coverage"), again.get("coverage"));
    String receipt = answer.get("receipt").asText();
    JsonNode read = client.json(client.get("/v1/views/by_sensor?sensor=x&wait=" + receipt));
    assertEquals(1, read.get("rows").get(0).get("n").asInt());
    assertTrue(client.json(client.get("/v1/receipts/" + receipt)).get("reached").asBoolean());
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/streams/readings/events, text/plain, 415, unsupported-type",
    "POST, /v1/streams/readings/events, application/xml, 415, unsupported-type",
    "POST, /v1/streams/reedings/events, application/json, 404, not-found",
    "GET, /v1/streams/readings/events, '', 405, method",
    "GET, /v1/views/nothing, '', 404, not-found",
    "GET, /v1/views/by_sensor?sensor=%FF, '', 400, query",
    "GET, /v1/views/by_sensor?sensor.between=1, '', 400, query",
    "GET, /v1/views/by_sensor?order=-, '', 400, query",
    "GET, /v1/views/by_sensor?format=csv, '', 400, refused",
    "GET, /v1/views/by_sensor?wait=r1.abc, '', 400, receipt",
    "GET, /v1/views/by_sensor?limit=100001, '', 400, refused",
    "POST, /v1/sql?timeout=11m, text/plain, 400, query",
    "GET, /v1/sql, '', 405, method",
    "GET, /v1/views/by_sensor?sensr=a, '', 400, refused",
    "GET, /v1/views/by_sensor?limit=many, '', 400, query",
    "GET, /v1/views/by_sensor?wait=nonsense, '', 400, receipt",
    "GET, /v1/receipts/nonsense, '', 400, receipt",
    "POST, /v1/views/nothing/replay, application/json, 404, not-found",
    "GET, /v2/anything, '', 404, not-found",
    "DELETE, /v1/views/by_sensor, '', 405, method",
  })
  void whatIsWrongIsAProblemWithACode(
      String method, String path, String type, int status, String code) throws Exception {
    var request = client.request(path).method(method, BodyPublishers.ofString("not json"));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    HttpResponse<String> response = client.send(request.build());
    assertEquals(code, problem(response, status).get("code").asText());
    if (status == 405) {
      assertTrue(response.headers().firstValue("Allow").isPresent());
    }
  }

  @Test
  void csvWithAHeaderAndGzippedJsonAreTakenToo() throws Exception {
    JsonNode csv =
        client.json(
            client.post("/v1/streams/readings/events", "text/csv", "value,sensor\n7,csv\nx,csv\n"));
    assertEquals(1, csv.get("accepted").asInt());
    assertEquals(3, csv.get("rejects").get(0).get("line").asInt());
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(("[" + GOOD + "," + GOOD + "]").getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    HttpResponse<String> response =
        client.send(
            client
                .request("/v1/streams/readings/events")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(zipped.toByteArray()))
                .build());
    assertEquals(2, client.json(response).get("accepted").asInt());
  }

  @Test
  void aBodyThatCannotBeFramedIsRefusedWhole() throws Exception {
    JsonNode problem =
        problem(client.post("/v1/streams/readings/events", "application/json", "[" + GOOD), 400);
    assertEquals("unreadable-body", problem.get("code").asText());
  }

  @Test
  void aKeyOfAnotherBodyIsRefused() throws Exception {
    client.append("readings", "one key", GOOD);
    problem(client.append("readings", "one key", GOOD.replace('1', '2')), 422);
  }

  @Test
  void bodiesHaveALimitAndSoDoInflatedOnes() throws Exception {
    problem(
        client.post(
            "/v1/streams/readings/events", "application/x-ndjson", " ".repeat((20 << 20) + 1)),
        413);
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 64; i++) {
        gzip.write(zeros);
      }
    }
    HttpResponse<String> response =
        client.send(
            client
                .request("/v1/streams/readings/events")
                .header("Content-Type", "application/x-ndjson")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(bomb.toByteArray()))
                .build());
    problem(response, 413);
  }

  @Test
  void sqlIsOneSelectOverNamedRelations() throws Exception {
    JsonNode answer =
        client.json(client.post("/v1/sql", "text/plain", "SELECT COUNT(*) AS n FROM by_sensor"));
    assertTrue(answer.get("rows").get(0).get("n").isNumber());
    for (String refused :
        new String[] {
          "COPY (SELECT 1) TO '/tmp/x.csv'",
          "SELECT * FROM read_csv('/etc/passwd')",
          "SELECT 1; SELECT 2",
          "SET threads = 1",
        }) {
      problem(client.post("/v1/sql", "text/plain", refused), 400);
    }
    problem(client.post("/v1/sql", "text/plain", "SELECT * FROM by_sensr"), 404);
    problem(client.post("/v1/sql", "text/plain", "SELECT * FROM '/etc/passwd'"), 404);
  }

  @Test
  void answersComeInTheFormatThatIsAskedFor() throws Exception {
    client.append("readings", "formats", GOOD);
    var csv =
        client.send(
            client.request("/v1/views/by_sensor").header("Accept", "text/csv").GET().build());
    assertTrue(csv.body().startsWith("sensor,n,total"), csv.body());
    assertTrue(csv.headers().firstValue("Receipt").isPresent());
    problem(
        client.send(
            client.request("/v1/views/by_sensor").header("Accept", "image/png").GET().build()),
        406);
  }

  @Test
  void runsAreListedAndVerifyFindsTheSame() throws Exception {
    client.append("readings", "run", GOOD);
    HttpResponse<String> first = client.post("/v1/batch", "application/json", "{\"full\":true}");
    assertEquals(202, first.statusCode(), first.body());
    Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
    JsonNode runs = client.json(client.get("/v1/batch")).get("runs");
    while (runs.get(runs.size() - 1).get("outcome").asText().equals("RUNNING")) {
      assertTrue(Instant.now().isBefore(deadline), runs.toString());
      runs = client.json(client.get("/v1/batch")).get("runs");
    }
    JsonNode found = client.verify(Duration.ofSeconds(60));
    assertTrue(found.get("identical").asBoolean(), found.toString());
    assertEquals("by_sensor", found.get("reports").get(0).get("view").asText());
    problem(client.get("/v1/verify/99"), 404);
    problem(client.post("/v1/verify", "application/json", "{\"views\":[\"nothing\"]}"), 400);
  }

  @Test
  void healthStatusAndMetricsAnswer() throws Exception {
    assertEquals(200, client.get("/livez").statusCode());
    assertEquals(200, client.get("/readyz").statusCode());
    String metrics = client.get("/metrics").body();
    assertTrue(metrics.contains("anabranch_accepted_rows_total{stream=\"readings\"}"), metrics);
    JsonNode status = client.json(client.get("/v1/status"));
    assertEquals("lambda", status.get("architecture").asText());
    assertEquals(0, status.get("failures").size(), status.toString());
  }

  @Test
  void aQueryEndsAfterTheTimeItIsGivenInMilliseconds() throws Exception {
    String values = "(0)" + ",(1)".repeat(199);
    String slow =
        "WITH n(x) AS (VALUES "
            + values
            + ") SELECT count(*) FROM n a, n b, n c, n d WHERE a.x * b.x < c.x + d.x";
    JsonNode ended = problem(client.post("/v1/sql?timeout=50ms", "text/plain", slow), 504);
    assertEquals("timeout", ended.get("code").asText());
    assertTrue(ended.get("detail").asText().contains("within 50 ms"), ended.toString());
    String question =
        new ObjectMapper().createObjectNode().put("sql", slow).put("timeout", "60ms").toString();
    problem(client.post("/v1/sql", "application/json", question), 504);
  }

  @Test
  void aStatementThatIsNoTextIsRefused() throws Exception {
    HttpResponse<String> response =
        client.send(
            client
                .request("/v1/sql")
                .POST(BodyPublishers.ofByteArray(new byte[] {'S', (byte) 0xff}))
                .build());
    assertEquals("body", problem(response, 400).get("code").asText());
  }

  @Test
  void aViewIsExplainedInWordsOfSql() throws Exception {
    JsonNode explained = client.json(client.get("/v1/views/by_sensor/explain"));
    assertEquals("by_sensor", explained.get("name").asText());
    assertEquals("COUNT(*)", explained.get("aggregates").get(0).get("sql").asText());
    assertEquals("number of rows", explained.get("aggregates").get(0).get("state").asText());
    assertTrue(
        explained.get("canonical").get("aggregates").get(0).asText().startsWith("COUNT_ROWS()"));
    assertTrue(explained.get("segments").isArray(), explained.toString());
    JsonNode missing = problem(client.get("/v1/views/by_sensr/explain"), 404);
    assertEquals(
        "Cannot find a view 'by_sensr'; did you mean 'by_sensor'?", missing.get("detail").asText());
  }

  @Test
  void beforeThePipelineHasStartedOnlyHealthAnswers() throws Exception {
    try (HttpServer early = HttpServer.start(HttpSettings.on("127.0.0.1", 0), Optional::empty)) {
      Client other = new Client(early.url());
      assertEquals(200, other.get("/livez").statusCode());
      assertEquals(503, other.get("/readyz").statusCode());
      HttpResponse<String> response = other.get("/v1/views");
      problem(response, 503);
      assertTrue(response.headers().firstValue("Retry-After").isPresent());
    }
  }

  @Test
  void aPublicInterfaceAndATakenPortAreRefusedInWords() {
    RefusedException open =
        assertThrows(
            RefusedException.class,
            () -> HttpServer.start(HttpSettings.on("0.0.0.0", 0), Optional::empty));
    assertTrue(open.getMessage().contains("--accept-public-bind"), open.getMessage());
    RefusedException taken =
        assertThrows(
            RefusedException.class,
            () -> HttpServer.start(HttpSettings.on("127.0.0.1", server.port()), Optional::empty));
    assertTrue(taken.getMessage().contains("the port is taken"), taken.getMessage());
  }
}
