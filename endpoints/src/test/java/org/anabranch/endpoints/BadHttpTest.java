// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a request, the answer is a problem document, and the log stays quiet. */
final class BadHttpTest {
  private static final String EVENTS =
      "POST /v1/streams/s/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

  @TempDir static Path directory;

  private static Served served;

  private final List<String> severe = Collections.synchronizedList(new ArrayList<>());
  private final Handler ear =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          if (record.getLevel().intValue() >= Level.SEVERE.intValue()) {
            severe.add(record.getMessage());
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeAll
  static void start() throws Exception {
    served = Served.start(directory, 30_000);
  }

  @AfterAll
  static void stop() throws Exception {
    served.close();
  }

  @BeforeEach
  void listen() {
    Logger.getLogger("").addHandler(ear);
  }

  @AfterEach
  void nothingIsSevere() {
    Logger.getLogger("").removeHandler(ear);
    assertEquals(List.of(), severe);
  }

  private static JsonNode problem(RawClient.Answer answer, int status) throws Exception {
    assertEquals(status, answer.status(), answer.body());
    assertTrue(answer.isProblem() && answer.whole(), answer.toString());
    JsonNode problem = new ObjectMapper().readTree(answer.body());
    assertEquals(status, problem.get("status").asInt());
    assertFalse(problem.get("detail").asText().isBlank(), answer.body());
    return problem;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\n",
        "-1\r\n",
        "fffffffffffffffff\r\n",
        "5;" + "x=yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n{}",
        "2\r\n{}\r\n",
        "2\r\n{}zz\r\n",
        "2\n{}\n0\n\n!",
        "",
      })
  void aBodyInChunksThatAreNoneOrThatEndsTooSoonIsABadRequest(String chunks) throws Exception {
    try (RawClient raw = served.raw()) {
      raw.write(EVENTS + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + chunks);
      problem(raw.finish().read(), 400);
    }
  }

  @Test
  void aBodyShorterThanItsLengthIsABadRequestAndNothingIsAppended() throws Exception {
    try (RawClient raw = served.raw()) {
      raw.write(EVENTS + "Content-Length: 1000\r\n\r\n{\"n\":777}");
      JsonNode problem = problem(raw.finish().read(), 400);
      assertTrue(problem.get("detail").asText().contains("behind byte 9"), problem.toString());
    }
    Client client = served.client();
    String receipt =
        client.json(client.append("s", "after", "{\"n\":778}")).get("receipt").asText();
    String path = "/v1/views/v?n=777&timeout=60s&wait=" + receipt;
    assertEquals(0, client.json(client.get(path)).get("rows").size());
  }

  @Test
  void whatIsRefusedBeforeItIsARequestIsAProblemToo() throws Exception {
    String[][] cases = {
      {"GET /livez HTTP/1.1\r\n\r\n", "400"},
      {"GET /livez HTTP/1.1\r\nHost: localhost\r\nBad Header\u0001: x\r\n\r\n", "400"},
      {"NONSENSE\r\n\r\n", "400"},
      {"GET /li\u0000vez HTTP/1.1\r\nHost: localhost\r\n\r\n", "400"},
      {"GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n", "400"},
      {"GET /livez HTTP/3.7\r\nHost: localhost\r\n\r\n", "505"},
      {"GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n", "414"},
      {"GET /livez HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(20_000) + "\r\n\r\n", "431"},
      {EVENTS + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", "400"},
      {EVENTS + "Content-Length: many\r\n\r\n{}", "400"},
      {EVENTS + "Transfer-Encoding: rot13\r\n\r\n{}", "400"},
      {EVENTS + "Expect: miracles\r\nContent-Length: 2\r\n\r\n{}", "417"},
      {"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", "404"},
    };
    for (String[] one : cases) {
      try (RawClient raw = served.raw()) {
        problem(raw.write(one[0]).read(), Integer.parseInt(one[1]));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/batch, '{\"full\":\"yes\"}', 'Cannot take \"yes\" as ''full'': it is true or false'",
    "/v1/batch, '{\"ful\":true}', 'Cannot take member ''ful''; did you mean ''full''?'",
    "/v1/batch, '[true]', 'Cannot read the body: it is not a JSON object'",
    "/v1/batch?full=true, '', 'Cannot take parameter ''full'''",
    "/v1/verify, '{\"view\":\"v\"}', 'Cannot take member ''view''; did you mean ''views''?'",
    "/v1/verify, '{\"views\":\"v\"}', 'Cannot take \"v\" as ''views'': it is a list of texts'",
    "/v1/verify, '{\"views\":[1]}', 'Cannot take [1] as ''views'': it is a list of texts'",
    "/v1/views/v/replay, '{\"full\":true}', 'Cannot take member ''full'''",
    "/v1/sql, '{\"sql\":\"SELECT 1\",\"timout\":\"1s\"}', 'Cannot take member ''timout''; did you mean ''timeout''?'",
    "/v1/sql, '{\"sql\":\"SELECT 1\",\"timeout\":1}', 'Cannot take 1 as ''timeout'': it is a text'",
    "/v1/sql?limit=1, '{\"sql\":\"SELECT 1\"}', 'Cannot take parameter ''limit'''",
    "/v1/streams/s/events?key=a, '{}', 'Cannot take parameter ''key'''",
  })
  void whatHasNoMeaningIsRefusedAndTheNearestIsNamed(String path, String body, String detail)
      throws Exception {
    HttpResponse<String> response = served.client().post(path, "application/json", body);
    assertEquals(400, response.statusCode(), response.body());
    assertEquals(detail, new ObjectMapper().readTree(response.body()).get("detail").asText());
  }

  @Test
  void parametersOfReadsAreLookedAtToo() throws Exception {
    for (String path : List.of("/v1/status?x=1", "/v1/views?limit=1", "/v1/views/v/explain?a=b")) {
      assertEquals(400, served.client().get(path).statusCode(), path);
    }
  }

  @Test
  void aRefusalOfALargeBodyInChunksArrives() throws Exception {
    byte[] large = new byte[(20 << 20) + 1];
    HttpResponse<String> response =
        served
            .client()
            .send(
                served
                    .client()
                    .request("/v1/streams/s/events")
                    .header("Content-Type", "application/json")
                    .POST(
                        BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large)))
                    .build());
    assertEquals(413, response.statusCode(), response.body());
  }
}
