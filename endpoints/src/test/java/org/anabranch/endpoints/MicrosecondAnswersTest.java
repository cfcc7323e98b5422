// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Times of microseconds as a client meets them: six digits in every format, filter and page. */
final class MicrosecondAnswersTest {
  private static final String SQL =
      """
      CREATE STREAM s (at TIMESTAMP(6) NOT NULL, zoned TIMESTAMP(6) WITH TIME ZONE);
      CREATE VIEW v AS SELECT at, COUNT(*) AS c, MAX(zoned) AS zoned FROM s GROUP BY at;
      """;

  private static final List<String> TIMES =
      List.of(
          "0001-01-01T00:00:00.000000",
          "1969-12-31T23:59:59.999999",
          "2026-01-01T00:00:00.000001",
          "2026-01-01T00:00:00.000010",
          "9999-12-31T23:59:59.999999");

  @TempDir Path directory;
  private Served served;

  @BeforeEach
  void start() throws Exception {
    served = Served.start(directory.resolve("data"), 30_000, SQL);
    StringBuilder lines = new StringBuilder();
    for (String time : TIMES) {
      lines.append("{\"at\":\"%s\",\"zoned\":\"%sZ\"}\n".formatted(time, time));
    }
    JsonNode taken = client().json(client().append("s", "times", lines.toString()));
    assertEquals(0, taken.path("rejected").asInt(), taken::toString);
    get("/v1/views/v?wait=" + taken.get("receipt").asText());
  }

  @AfterEach
  void close() throws Exception {
    served.close();
  }

  private Client client() {
    return served.client();
  }

  private HttpResponse<String> get(String path) throws Exception {
    HttpResponse<String> response = client().get(path);
    assertEquals(200, response.statusCode(), response.body());
    return response;
  }

  private static List<String> times(JsonNode answer) {
    List<String> times = new ArrayList<>();
    for (JsonNode row : answer.get("rows")) {
      times.add(row.get("at").asText());
      assertEquals(row.get("at").asText() + "Z", row.get("zoned").asText());
    }
    return times;
  }

  @Test
  void everyFormatAndBothDoorsShowSixDigits() throws Exception {
    assertEquals(TIMES, times(client().json(get("/v1/views/v"))));
    for (String format : List.of("application/x-ndjson", "text/csv")) {
      HttpRequest request = client().request("/v1/views/v").header("Accept", format).build();
      String text = client().send(request).body();
      TIMES.forEach(time -> assertTrue(text.contains(time), () -> time + " is not in " + text));
    }
    String sql = "SELECT \"at\", zoned FROM v ORDER BY 1";
    assertEquals(TIMES, times(client().json(client().post("/v1/sql", "text/plain", sql))));
  }

  @Test
  void filtersTellMicrosecondsApart() throws Exception {
    assertEquals(TIMES.subList(2, 3), times(filtered("at", TIMES.get(2))));
    assertEquals(TIMES.subList(3, 5), times(filtered("at.gt", TIMES.get(2))));
    assertEquals(TIMES.subList(0, 2), times(filtered("at.lte", TIMES.get(1))));
  }

  private JsonNode filtered(String parameter, String time) throws Exception {
    String value = URLEncoder.encode(time, StandardCharsets.UTF_8);
    return client().json(get("/v1/views/v?" + parameter + "=" + value));
  }

  @Test
  void pagesOfOneRowHaveEveryTimeOnceInBothOrders() throws Exception {
    assertEquals(TIMES, paged("/v1/views/v?limit=1"));
    List<String> backwards = new ArrayList<>(TIMES);
    Collections.reverse(backwards);
    assertEquals(backwards, paged("/v1/views/v?limit=1&order=-at"));
  }

  private List<String> paged(String path) throws Exception {
    List<String> times = new ArrayList<>();
    for (String next = path; !next.isEmpty(); ) {
      HttpResponse<String> page = get(next);
      times.addAll(times(client().json(page)));
      String token = page.headers().firstValue("Next-Page").orElse("");
      next = token.isEmpty() ? "" : path + "&page=" + token;
    }
    return times;
  }
}
