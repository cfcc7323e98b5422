// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.client;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
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
import java.util.Optional;

/** A running Anabranch, as its clients see it. */
public final class Server {
  /** Reads numbers without changing them. */
  public static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** More no server allows. */
  private static final long LONGEST_QUERY_MILLIS = 600_000;

  /** How much later than the query's own end its answer may come: the server's words are better. */
  private static final long ANSWER_MILLIS = 5_000;

  private final URI url;
  private final Duration timeout;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /**
   * @param timeout the longest silence after a request
   */
  public Server(URI url, Duration timeout) {
    this.url = url;
    this.timeout = timeout;
  }

  public URI url() {
    return url;
  }

  /** A text as one segment or value of a URL. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * Asks for JSON.
   *
   * @throws ServerException if the server answers otherwise
   */
  public JsonNode get(String path) throws IOException {
    return json(request(path).GET().build());
  }

  /** Sends JSON and gets JSON. */
  public JsonNode post(String path, JsonNode body) throws IOException {
    HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
    return json(request.POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))).build());
  }

  /** Sends bytes under a content type and some headers and gets JSON. */
  public JsonNode post(String path, String contentType, Map<String, String> headers, byte[] body)
      throws IOException {
    HttpRequest.Builder request = request(path).header("Content-Type", contentType);
    headers.forEach(request::header);
    return json(request.POST(BodyPublishers.ofByteArray(body)).build());
  }

  /**
   * Sends SQL, which may take as long as is waited. The answer is in the wanted form and is the
   * caller's to close.
   */
  public InputStream sql(String query, String accept) throws IOException {
    long millis = Math.min(timeout.toMillis(), LONGEST_QUERY_MILLIS);
    HttpRequest request =
        request("/v1/sql?timeout=" + millis + "ms")
            .setHeader("Accept", accept)
            .header("Content-Type", "text/plain; charset=utf-8")
            .timeout(Duration.ofMillis(millis + ANSWER_MILLIS))
            .POST(BodyPublishers.ofString(query, StandardCharsets.UTF_8))
            .build();
    return send(request);
  }

  /** Whether the server says that it is ready. */
  public boolean isReady() throws IOException {
    try {
      get("/readyz");
      return true;
    } catch (ServerException e) {
      if (e.problem().status() == 503) {
        return false;
      }
      throw e;
    }
  }

  private HttpRequest.Builder request(String path) {
    String base = url.toString();
    String joined = (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
    return HttpRequest.newBuilder(URI.create(joined))
        .timeout(timeout)
        .header("Accept", "application/json");
  }

  private JsonNode json(HttpRequest request) throws IOException {
    try (InputStream body = send(request)) {
      byte[] bytes = body.readAllBytes();
      return bytes.length == 0 ? JSON.createObjectNode() : JSON.readTree(bytes);
    }
  }

  private InputStream send(HttpRequest request) throws IOException {
    try {
      HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
      if (response.statusCode() / 100 == 2) {
        return new AnswerStream(response.body());
      }
      try (InputStream body = response.body()) {
        throw new ServerException(problem(response, body.readNBytes(64 << 10)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Cannot wait for " + request.uri() + ": interrupted");
    }
  }

  private static ServerProblem problem(HttpResponse<InputStream> response, byte[] body) {
    Optional<JsonNode> document = Optional.empty();
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (type.contains("json")) {
      try {
        document = Optional.of(JSON.readTree(body)).filter(JsonNode::isObject);
      } catch (IOException notJson) {
        document = Optional.empty();
      }
    }
    return ServerProblem.of(
        response.statusCode(),
        document,
        new String(body, StandardCharsets.UTF_8),
        response.headers().firstValue("Retry-After"));
  }
}
