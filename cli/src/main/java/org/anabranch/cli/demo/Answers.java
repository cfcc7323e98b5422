// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.anabranch.cli.client.Server;

/** What a server answers, read as any client reads it. */
final class Answers {
  private static final int PAGE_ROWS = 20_000;

  private final Server server;

  Answers(Server server) {
    this.server = server;
  }

  JsonNode totals() throws IOException {
    return server.get("/v1/views/totals").path("rows").path(0);
  }

  /** All rows of {@code delays} in order of their keys, at one receipt. */
  ArrayNode delays() throws IOException {
    return rows("");
  }

  /** The rows of one airport. */
  ArrayNode delays(String origin, String fromDay, String toDay) throws IOException {
    return rows("&origin=" + origin + "&day.gte=" + fromDay + "&day.lte=" + toDay);
  }

  private ArrayNode rows(String filter) throws IOException {
    ArrayNode rows = Server.JSON.createArrayNode();
    String path = "/v1/views/delays?limit=" + PAGE_ROWS + filter;
    JsonNode page = server.get(path);
    page.path("rows").forEach(rows::add);
    while (page.hasNonNull("next")) {
      page = server.get(path + "&page=" + Server.encoded(page.path("next").asText()));
      page.path("rows").forEach(rows::add);
    }
    return rows;
  }

  private JsonNode views() throws IOException {
    return server.get("/v1/status").path("streams").path(0).path("views");
  }

  /** How many segments answer, by who made them, such as {@code 1 batch, 2 speed}. */
  String segments() throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    for (JsonNode segment : views().path(0).path("segments")) {
      String origin = segment.path("durable").asBoolean() ? origin(segment) : "live";
      counts.merge(origin, 1, Integer::sum);
    }
    StringBuilder text = new StringBuilder();
    counts.forEach(
        (origin, count) ->
            text.append(text.length() == 0 ? "" : ", ").append(count).append(' ').append(origin));
    return text.toString();
  }

  private static String origin(JsonNode segment) {
    return segment.path("origin").asText().toLowerCase(java.util.Locale.ROOT);
  }

  /** The ids of all durable segments. */
  Set<String> durableSegments() throws IOException {
    TreeSet<String> ids = new TreeSet<>();
    for (JsonNode view : views()) {
      for (JsonNode segment : view.path("segments")) {
        if (segment.path("durable").asBoolean()) {
          ids.add(segment.path("id").asText());
        }
      }
    }
    return ids;
  }

  /** How many runs of batch or replay there were since the start. */
  int runs() throws IOException {
    return server.get("/v1/batch").path("runs").size();
  }
}
