// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fields that no column takes: in the answer, the status and the metrics. */
class UnknownCountsTest {
  private static final String SQL =
      """
      CREATE STREAM j (id INTEGER, name VARCHAR);
      CREATE STREAM c (id INTEGER, name VARCHAR) WITH ('format' = 'csv', 'delimiter' = ';');
      CREATE VIEW vj AS SELECT COUNT(*) AS n FROM j;
      CREATE VIEW vc AS SELECT COUNT(*) AS n FROM c;
      """;

  private static final String[][] BODIES = {
    {"application/json", "[{\"id\":1,\"nmae\":\"x\"}]"},
    {"application/x-ndjson", "{\"id\":1,\"nmae\":\"x\"}"},
    {"text/csv; delimiter=comma", "id, nmae\n1,x\n"}
  };

  @TempDir Path directory;

  @Test
  void theyAreCountedWhereverTheyCameIn() throws Exception {
    try (Served served = Served.start(directory, 30_000, SQL)) {
      Client client = served.client();
      for (String stream : List.of("j", "c")) {
        String last = "";
        for (String[] body : BODIES) {
          JsonNode answer =
              client.json(client.post("/v1/streams/" + stream + "/events", body[0], body[1]));
          JsonNode unknown = answer.get("unknownFields");
          assertEquals(1, unknown.get("names").get("nmae").asInt(), body[0]);
          assertEquals("name", unknown.get("nearest").get("nmae").asText(), body[0]);
          last = answer.get("receipt").asText();
        }
        client.json(client.get("/v1/views/v" + stream + "?timeout=60s&wait=" + last));
      }
      for (JsonNode stream : client.json(client.get("/v1/status")).get("streams")) {
        assertEquals(BODIES.length, stream.get("unknownFields").asInt(), stream.toString());
      }
      String metrics = client.get("/metrics").body();
      for (String stream : List.of("j", "c")) {
        String line = "anabranch_unknown_fields_total{stream=\"" + stream + "\"} " + BODIES.length;
        assertTrue(metrics.contains(line), metrics);
      }
    }
  }

  @Test
  void aStreamSaysHowItsCsvIsWrittenAndAnotherDelimiterIsNamed() throws Exception {
    try (Served served = Served.start(directory, 30_000, SQL)) {
      Client client = served.client();
      JsonNode streams = client.json(client.get("/v1/streams")).get("streams");
      for (JsonNode stream : streams) {
        String delimiter = stream.get("name").asText().equals("c") ? ";" : ",";
        assertEquals(delimiter, stream.get("delimiter").asText());
        assertEquals("double", stream.get("quote").asText());
      }
      HttpResponse<String> other =
          client.post("/v1/streams/c/events", "text/csv", "id,name\n1,x\n");
      assertEquals(400, other.statusCode());
      assertTrue(other.body().contains("delimiter=comma"), other.body());
      HttpResponse<String> misspelled =
          client.post("/v1/streams/c/events", "text/csv; delimeter=comma", "id,name\n1,x\n");
      assertEquals(415, misspelled.statusCode());
      assertTrue(misspelled.body().contains("did you mean 'delimiter'?"), misspelled.body());
    }
  }

  @Test
  void aHeaderThatIsThereTwiceIsRefused() throws Exception {
    try (Served served = Served.start(directory, 30_000, SQL)) {
      for (String header : List.of("Idempotency-Key", "Content-Encoding", "First-Line")) {
        HttpResponse<String> answer =
            served
                .client()
                .send(
                    served
                        .client()
                        .request("/v1/streams/j/events")
                        .header("Content-Type", "application/json")
                        .header(header, "1")
                        .header(header, "2")
                        .POST(BodyPublishers.ofString("{}"))
                        .build());
        assertEquals(400, answer.statusCode(), header);
        assertTrue(answer.body().contains("Cannot take the header " + header + " 2 times"));
      }
    }
  }
}
