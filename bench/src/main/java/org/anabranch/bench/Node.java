// SPDX-License-Identifier: Apache-2.0
package org.anabranch.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.anabranch.architecture.Lambda;
import org.anabranch.architecture.Pipeline;
import org.anabranch.architecture.PipelineSettings;
import org.anabranch.endpoints.HttpServer;
import org.anabranch.endpoints.HttpSettings;
import org.anabranch.ingest.Acknowledgement;
import org.anabranch.ingest.IngestRequest;
import org.anabranch.sql.Script;

/** The real server with its pipeline, in this process, on a directory of its own. */
final class Node implements AutoCloseable {
  static final String NDJSON = "application/x-ndjson";
  static final long TIMEOUT_MILLIS = 60_000;

  private final Scratch scratch;
  private final Pipeline pipeline;
  private final HttpServer server;

  private Node(Scratch scratch, Pipeline pipeline, HttpServer server) {
    this.scratch = scratch;
    this.pipeline = pipeline;
    this.server = server;
  }

  static Node start(Script script) throws Exception {
    Scratch scratch = Scratch.create();
    Pipeline pipeline =
        Pipeline.start(new Lambda(), script, PipelineSettings.in(scratch.path().resolve("data")));
    HttpServer server =
        HttpServer.start(HttpSettings.on("127.0.0.1", 0), () -> Optional.of(pipeline));
    Node node = new Node(scratch, pipeline, server);
    node.awaitReady();
    return node;
  }

  private void awaitReady() {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
    while (!pipeline.waitingFor().isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("Cannot start: waiting for " + pipeline.waitingFor());
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  Pipeline pipeline() {
    return pipeline;
  }

  /** Appends events without HTTP and waits until they are visible. */
  void load(List<byte[]> events) throws Exception {
    for (List<byte[]> batch : Flights.batches(events, 5_000)) {
      IngestRequest request = IngestRequest.of(Flights.lines(batch), NDJSON);
      awaitVisible(pipeline.ingest("flights").accept(request));
    }
  }

  void awaitVisible(Acknowledgement acknowledgement) throws Exception {
    if (!pipeline.await(acknowledgement.receipt(), TIMEOUT_MILLIS)) {
      throw new IllegalStateException("Not visible in time: " + acknowledgement.coverage());
    }
  }

  String get(HttpClient http, String path) throws IOException, InterruptedException {
    return send(http, HttpRequest.newBuilder(URI.create(server.url() + path)).build());
  }

  String post(HttpClient http, String path, byte[] lines) throws IOException, InterruptedException {
    return send(http, posting(path, lines).build());
  }

  /** Posts lines that count once, however often they are sent with the key. */
  String post(HttpClient http, String path, String key, byte[] lines)
      throws IOException, InterruptedException {
    return send(http, posting(path, lines).header("Idempotency-Key", key).build());
  }

  private HttpRequest.Builder posting(String path, byte[] lines) {
    return HttpRequest.newBuilder(URI.create(server.url() + path))
        .header("Content-Type", NDJSON)
        .POST(BodyPublishers.ofByteArray(lines));
  }

  /** Every acknowledged event is a row, and no other is. */
  void requireAccepted(long events) {
    long accepted = 0;
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
    while (accepted < events && System.nanoTime() < deadline) {
      accepted = pipeline.status().streams().stream().mapToLong(each -> each.accepted()).sum();
      LockSupport.parkNanos(10_000_000);
    }
    if (accepted != events) {
      throw new IllegalStateException(accepted + " rows are accounted for, expected " + events);
    }
  }

  private static String send(HttpClient http, HttpRequest request)
      throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(request.uri() + ": " + response.statusCode() + " " + response.body());
    }
    return response.body();
  }

  @Override
  public void close() throws IOException {
    server.close();
    pipeline.close();
    scratch.close();
  }
}
