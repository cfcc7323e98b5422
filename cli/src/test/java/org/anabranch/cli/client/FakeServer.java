// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Speaks HTTP on a real socket and answers as it is told. */
public final class FakeServer implements AutoCloseable {
  /** What a client sent. */
  public record Seen(String method, String path, Map<String, String> headers, byte[] body) {
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  private record Answer(int status, String type, String body, Map<String, String> headers) {
    boolean isCut() {
      return CUT.equals(headers);
    }
  }

  /** Of an answer that ends before its announced length. */
  private static final Map<String, String> CUT = Map.of("X-Cut", "yes");

  private final HttpServer server;
  private final Map<String, Deque<Answer>> answers = Collections.synchronizedMap(new HashMap<>());
  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  private FakeServer(HttpServer server) {
    this.server = server;
  }

  public static FakeServer start() {
    try {
      HttpServer http =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      FakeServer fake = new FakeServer(http);
      http.createContext("/", fake::handle);
      http.start();
      return fake;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The answer to a request; of several for one request each is given once, the last for ever. */
  public FakeServer on(String request, int status, String body) {
    String type = status / 100 == 2 ? "application/json" : "application/problem+json";
    return on(request, status, type, body, Map.of());
  }

  public FakeServer on(
      String request, int status, String type, String body, Map<String, String> headers) {
    answers
        .computeIfAbsent(request, ignored -> new ArrayDeque<>())
        .add(new Answer(status, type, body, headers));
    return this;
  }

  /** Begins an answer and drops the connection before its end. */
  public FakeServer cutOn(String request, String type, String beginning) {
    return on(request, 200, type, beginning, CUT);
  }

  /** Drops the connection instead of answering. */
  public FakeServer dropOn(String request) {
    return on(request, -1, "", "", Map.of());
  }

  public List<Seen> seen() {
    return seen;
  }

  /** Those requests that were sent to a path. */
  public List<Seen> seen(String path) {
    return seen.stream().filter(request -> request.path().startsWith(path)).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    Map<String, String> headers = new HashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
    byte[] body = exchange.getRequestBody().readAllBytes();
    seen.add(new Seen(exchange.getRequestMethod(), path, headers, body));
    Answer answer = next(exchange.getRequestMethod() + " " + path).orElse(null);
    if (answer == null) {
      answer =
          new Answer(404, "application/problem+json", "{\"detail\":\"no " + path + "\"}", Map.of());
    }
    if (answer.status() < 0) {
      exchange.close();
      return;
    }
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    int announced = bytes.length + (answer.isCut() ? 1_000 : 0);
    exchange.sendResponseHeaders(answer.status(), announced == 0 ? -1 : announced);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private Optional<Answer> next(String request) {
    Deque<Answer> prepared = answers.get(request);
    if (prepared == null) {
      return Optional.empty();
    }
    return Optional.of(prepared.size() > 1 ? prepared.poll() : prepared.peek());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
