// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Speaks HTTP to a server under test. */
final class Client {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final String url;

  Client(String url) {
    this.url = url;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60));
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, BodyHandlers.ofString());
  }

  CompletableFuture<HttpResponse<String>> later(String path) {
    return http.sendAsync(request(path).GET().build(), BodyHandlers.ofString());
  }

  /** Asks once a receipt is reached. */
  CompletableFuture<HttpResponse<String>> laterSql(String sql, String receipt) {
    return laterSql(sql, receipt, "60s");
  }

  CompletableFuture<HttpResponse<String>> laterSql(String sql, String receipt, String timeout) {
    String body =
        MAPPER
            .createObjectNode()
            .put("sql", sql)
            .put("wait", receipt)
            .put("timeout", timeout)
            .toString();
    HttpRequest request =
        request("/v1/sql")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    return http.sendAsync(request, BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).GET().build());
  }

  HttpResponse<String> post(String path, String contentType, String body)
      throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  HttpResponse<String> append(String stream, String key, String body)
      throws IOException, InterruptedException {
    return send(
        request("/v1/streams/" + stream + "/events")
            .header("Content-Type", "application/x-ndjson")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  JsonNode json(HttpResponse<String> response) throws IOException {
    if (response.statusCode() / 100 != 2) {
      throw new IOException(response.statusCode() + " " + response.body());
    }
    return MAPPER.readTree(response.body());
  }

  /** Verifies all views, and returns what was found. */
  JsonNode verify(Duration patience) throws IOException, InterruptedException {
    JsonNode started = json(post("/v1/verify", "application/json", "{}"));
    String path = "/v1/verify/" + started.get("verification").asText();
    Instant deadline = Instant.now().plus(patience);
    JsonNode found = json(get(path));
    while (found.get("state").asText().equals("RUNNING")) {
      if (Instant.now().isAfter(deadline)) {
        throw new IOException("not done in " + patience + ": " + found);
      }
      found = json(get(path));
    }
    return found;
  }

  boolean isReady() throws InterruptedException {
    try {
      return get("/readyz").statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }
}
