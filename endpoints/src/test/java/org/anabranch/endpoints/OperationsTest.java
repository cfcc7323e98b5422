// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.anabranch.view.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs and changed views as an operator sees them over HTTP, each over a pipeline of its own. */
final class OperationsTest {
  private static final String STREAM =
      "CREATE STREAM readings (sensor VARCHAR NOT NULL, value INTEGER);\n";
  private static final String BY_SENSOR =
      """
      CREATE VIEW by_sensor AS
      SELECT sensor, COUNT(*) AS n, SUM(value) AS total FROM readings GROUP BY sensor;
      """;

  @TempDir Path directory;

  private HeldHistory scheduler;

  /** What a test asks of a server. */
  private interface Questions {
    void ask(Client client) throws Exception;
  }

  private void with(String sql, Questions questions) throws Exception {
    PipelineSettings settings = PipelineSettings.in(directory).hasty(100);
    scheduler = new HeldHistory();
    try (Pipeline pipeline =
            Pipeline.start(
                Architecture.of("lambda"),
                Script.parse("test.sql", sql),
                settings,
                scheduler,
                Clock.SYSTEM);
        HttpServer server =
            HttpServer.start(HttpSettings.on("127.0.0.1", 0), () -> Optional.of(pipeline))) {
      Client client = new Client(server.url());
      await("ready", client::isReady);
      questions.ask(client);
    }
  }

  /** Something that may be so. */
  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(String what, Condition condition) throws Exception {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
    while (!condition.holds()) {
      assertTrue(Instant.now().isBefore(deadline), "waited in vain for: " + what);
    }
  }

  private static void append(Client client, String key, String... events) throws Exception {
    JsonNode taken = client.json(client.append("readings", key, String.join("\n", events)));
    String receipt = taken.get("receipt").asText();
    client.json(client.get("/v1/views/by_sensor?timeout=60s&wait=" + receipt));
  }

  private static JsonNode conflict(HttpResponse<String> response) throws IOException {
    assertEquals(409, response.statusCode(), response.body());
    return new ObjectMapper().readTree(response.body());
  }

  @Test
  void whileARunIsUnderWayASecondOneIsAConflictThatNamesTheFirst() throws Exception {
    with(
        STREAM + BY_SENSOR,
        client -> {
          append(client, "some", "{\"sensor\":\"a\",\"value\":1}");
          JsonNode first =
              client.json(client.post("/v1/batch", "application/json", "{\"full\":true}"));
          JsonNode running = client.json(client.get("/v1/batch")).get("runs").get(0);
          assertEquals("RUNNING", running.get("outcome").asText());
          for (String path : new String[] {"/v1/batch", "/v1/views/by_sensor/replay"}) {
            JsonNode problem = conflict(client.post(path, "application/json", "{}"));
            assertEquals("running", problem.get("code").asText());
            assertTrue(
                problem.get("detail").asText().contains("run " + first.get("run").asText()),
                problem.toString());
          }
          scheduler.release();
          await("the end", () -> !"RUNNING".equals(outcome(client, 0)));
          assertEquals("PUBLISHED", outcome(client, 0));
          assertEquals(
              202, client.post("/v1/batch", "application/json", "{}").statusCode(), "afterwards");
          await("the end of the second", () -> !"RUNNING".equals(outcome(client, 1)));
        });
  }

  private static String outcome(Client client, int run) throws Exception {
    return client.json(client.get("/v1/batch")).get("runs").get(run).get("outcome").asText();
  }

  @Test
  void aChangedViewSaysHowItDiffersFromTheOneBefore() throws Exception {
    with(
        STREAM + BY_SENSOR,
        client -> {
          append(
              client,
              "some",
              "{\"sensor\":\"a\",\"value\":1}",
              "{\"sensor\":\"b\",\"value\":2}",
              "{\"sensor\":\"b\",\"value\":-3}",
              "{\"sensor\":\"c\",\"value\":-4}");
          assertTrue(!explained(client).has("differenceFromBefore"), "nothing has changed yet");
        });
    with(
        STREAM + BY_SENSOR.replace("FROM readings", "FROM readings WHERE value > 0"),
        client -> {
          await("the new version", () -> explained(client).has("differenceFromBefore"));
          JsonNode difference = explained(client).get("differenceFromBefore");
          assertEquals(1, difference.get("same").asLong(), difference.toString());
          assertEquals(1, difference.get("different").asLong());
          assertEquals(1, difference.get("onlyLeft").asLong());
          assertEquals(0, difference.get("onlyRight").asLong());
          JsonNode sample = difference.get("samples").get(0);
          assertEquals("sensor = 'b'", sample.get("key").asText());
          assertEquals("sensor = 'b', n = 2, total = -1", sample.get("left").asText());
          assertEquals("sensor = 'b', n = 1, total = 2", sample.get("right").asText());
          assertEquals("sensor = 'c'", difference.get("samples").get(1).get("key").asText());
          JsonNode rows = client.json(client.get("/v1/views/by_sensor")).get("rows");
          assertEquals(2, rows.size(), rows.toString());
        });
  }

  private static JsonNode explained(Client client) throws Exception {
    return client.json(client.get("/v1/views/by_sensor/explain"));
  }
}
