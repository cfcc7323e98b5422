// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many connections that send requests of events as fast as they are answered. Every event has an id
 * of its own and the number of its request.
 */
final class Load {
  static final int EVENTS = 1_000;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(20))
          .build();
  private final String url;
  private final AtomicLong next = new AtomicLong();
  private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
  private final Map<Integer, AtomicLong> statuses = new ConcurrentSkipListMap<>();

  Load(String url) {
    this.url = url;
  }

  /** Sends the next request, and notes what became of it. */
  void send() throws IOException, InterruptedException {
    long request = next.getAndIncrement();
    HttpResponse<String> response =
        post("/v1/streams/s/events", "application/x-ndjson", body(request));
    statuses.computeIfAbsent(response.statusCode(), status -> new AtomicLong()).incrementAndGet();
    if (response.statusCode() == 200) {
      acknowledged.add(request);
    }
  }

  private static String body(long request) {
    StringBuilder body = new StringBuilder(EVENTS * 40);
    for (int i = 0; i < EVENTS; i++) {
      body.append("{\"id\":").append(request * EVENTS + i);
      body.append(",\"request\":").append(request).append("}\n");
    }
    return body.toString();
  }

  Map<Integer, AtomicLong> statuses() {
    return statuses;
  }

  Set<Long> acknowledged() {
    return acknowledged;
  }

  HttpResponse<String> post(String path, String type, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofMinutes(5))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofMinutes(5)).build();
    return json(http.send(request, BodyHandlers.ofString()));
  }

  static JsonNode json(HttpResponse<String> response) throws IOException {
    if (response.statusCode() / 100 != 2) {
      throw new IOException(response.statusCode() + " " + response.body());
    }
    return MAPPER.readTree(response.body());
  }

  /** How many events of each request are in the answers. */
  Map<Long, Long> shown() throws IOException, InterruptedException {
    Map<Long, Long> shown = new TreeMap<>();
    String page = "";
    do {
      JsonNode answer = get("/v1/views/requests?limit=50000" + page);
      for (JsonNode row : answer.get("rows")) {
        shown.put(row.get("request").asLong(), row.get("events").asLong());
      }
      page =
          answer.hasNonNull("next")
              ? "&page=" + URLEncoder.encode(answer.get("next").asText(), StandardCharsets.UTF_8)
              : "";
    } while (!page.isEmpty());
    return shown;
  }
}
