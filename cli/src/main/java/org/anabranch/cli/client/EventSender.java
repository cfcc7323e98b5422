// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.anabranch.ingest.FileOptions;
import org.anabranch.ingest.FilePiece;
import org.anabranch.ingest.FileSource;

/**
 * Sends files to a stream, piece after piece, each under its own key: a piece whose fate is not
 * known is sent again and counts once.
 */
public final class EventSender implements AutoCloseable {
  private static final int GZIP_FROM_BYTES = 64 << 10;

  private final Server server;
  private final String stream;
  private final Patience patience;
  private final Set<String> receipts = new LinkedHashSet<>();

  /**
   * @param patienceMillis how long to try again while the server is busy or away
   */
  public EventSender(Server server, String stream, long patienceMillis) {
    this.server = server;
    this.stream = stream;
    this.patience = new Patience(patienceMillis);
  }

  /** The options of files for this stream: they know how its own CSV is written. */
  public FileOptions ofStream(FileOptions options) throws IOException {
    JsonNode streams = patience.send(() -> server.get("/v1/streams"), note -> {}).path("streams");
    for (JsonNode one : streams) {
      if (one.path("name").asText().equalsIgnoreCase(stream)) {
        return options.ofStream(
            one.path("delimiter").asText(","), one.path("quote").asText("double"));
      }
    }
    // What it sends is answered with what there is.
    return options;
  }

  /**
   * Sends all of a file.
   *
   * @param tally takes what the server says, also where the file does not come to its end
   */
  public void send(
      FileSource source, FileTally tally, BiConsumer<FileSource.Progress, Optional<String>> watcher)
      throws IOException {
    for (FilePiece piece = source.next(); piece != null; piece = source.next()) {
      watcher.accept(source.progress(), Optional.empty());
      tally.add(send(piece, note -> watcher.accept(source.progress(), Optional.of(note))));
    }
  }

  /** Sends one piece until its outcome is known. */
  public JsonNode send(FilePiece piece, Consumer<String> note) throws IOException {
    Map<String, String> headers = new HashMap<>();
    headers.put("Idempotency-Key", piece.key());
    headers.put("First-Line", Long.toString(piece.firstLine()));
    byte[] body = piece.body();
    if (body.length >= GZIP_FROM_BYTES && !isLocal()) {
      body = gzipped(body);
      headers.put("Content-Encoding", "gzip");
    }
    byte[] sent = body;
    String path = "/v1/streams/" + Server.encoded(stream) + "/events";
    JsonNode answer =
        patience.send(() -> server.post(path, piece.contentType(), headers, sent), note);
    String receipt = answer.path("receipt").asText("");
    if (!receipt.isEmpty()) {
      receipts.add(receipt);
    }
    return answer;
  }

  /** On one machine packing takes longer than sending. */
  private boolean isLocal() {
    return Set.of("127.0.0.1", "localhost", "[::1]").contains(server.url().getHost());
  }

  private static byte[] gzipped(byte[] body) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(body.length / 4);
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(body);
    }
    return packed.toByteArray();
  }

  /** Waits until everything that was sent is in the answers. */
  public void awaitVisible(long timeoutMillis) throws IOException {
    long deadline = System.nanoTime() + timeoutMillis * 1_000_000;
    long pause = 1;
    for (String receipt : receipts) {
      while (!server.get("/v1/receipts/" + Server.encoded(receipt)).path("reached").asBoolean()) {
        if (System.nanoTime() > deadline) {
          throw new IOException("not all rows are in the answers in time (--timeout)");
        }
        Patience.pause(pause);
        pause = Math.min(100, pause * 2);
      }
    }
    receipts.clear();
  }

  @Override
  public void close() {
    receipts.clear();
  }
}
