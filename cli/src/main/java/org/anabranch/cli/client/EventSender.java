// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.anabranch.ingest.FilePiece;
import org.anabranch.ingest.FileSource;

/**
 * Sends files to a stream, piece after piece, each under its own key: a piece whose fate is not
 * known is sent again and counts once.
 */
public final class EventSender implements AutoCloseable {
  private static final int GZIP_FROM_BYTES = 64 << 10;
  private static final int LISTED_REJECTS = 100;

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

  /** Sends all of a file. */
  public SentFile send(
      String name, FileSource source, BiConsumer<FileSource.Progress, Optional<String>> watcher)
      throws IOException {
    long began = System.nanoTime();
    long accepted = 0;
    long rejected = 0;
    long repeated = 0;
    List<String> rejects = new ArrayList<>();
    for (FilePiece piece = source.next(); piece != null; piece = source.next()) {
      watcher.accept(source.progress(), Optional.empty());
      JsonNode answer = send(piece, note -> watcher.accept(source.progress(), Optional.of(note)));
      accepted += answer.path("accepted").asLong();
      rejected += answer.path("rejected").asLong();
      if (answer.path("repeated").asBoolean()) {
        repeated += answer.path("accepted").asLong() + answer.path("rejected").asLong();
      }
      for (JsonNode reject : answer.path("rejects")) {
        if (rejects.size() < LISTED_REJECTS) {
          rejects.add(line(reject));
        }
      }
    }
    long millis = (System.nanoTime() - began) / 1_000_000;
    return new SentFile(name, accepted, rejected, repeated, rejects, millis);
  }

  /** The server counts from the piece's first line, so that this is the file's. */
  private static String line(JsonNode reject) {
    String column = reject.path("column").asText("");
    return reject.path("line").asText()
        + (column.isEmpty() || reject.path("column").isNull() ? "" : ": " + column)
        + ": "
        + reject.path("reason").asText();
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
