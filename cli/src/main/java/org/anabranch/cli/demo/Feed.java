// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.anabranch.cli.client.EventSender;
import org.anabranch.cli.client.Server;
import org.anabranch.ingest.FilePiece;

/** Sends flights in order of arrival, each piece under a key of its own. */
final class Feed {
  private static final int PIECE_ROWS = 4_000;
  private static final long PATIENCE_MILLIS = 60_000;
  private static final long VISIBLE_MILLIS = 60_000;

  private final Flights flights;
  private final EventSender sender;
  private final List<FilePiece> acknowledged = new ArrayList<>();
  private final AtomicInteger rows = new AtomicInteger();

  Feed(Flights flights, Server server) {
    this.flights = flights;
    this.sender = new EventSender(server, "flights", PATIENCE_MILLIS);
  }

  /** Sends the flights at some places of the order; each is acknowledged when this returns. */
  void send(int from, int to) throws IOException {
    for (int start = from; start < to; start += PIECE_ROWS) {
      int end = Math.min(to, start + PIECE_ROWS);
      FilePiece piece = piece(start, end);
      JsonNode answer = sender.send(piece, note -> {});
      if (answer.path("accepted").asInt() != end - start) {
        throw new IOException("Not all of " + (end - start) + " flights were accepted: " + answer);
      }
      acknowledged.add(piece);
      rows.addAndGet(end - start);
    }
  }

  private FilePiece piece(int from, int to) {
    return new FilePiece(
        "demo-" + from + "-" + to, flights.body(from, to), "application/x-ndjson", 1, to - from);
  }

  /** How many flights are acknowledged so far. */
  int rows() {
    return rows.get();
  }

  /**
   * Sends the last pieces once more, as a sender does that lost an answer.
   *
   * @return how many of them the server says it had
   */
  int repeat(int pieces) throws IOException {
    int repeated = 0;
    for (FilePiece piece :
        acknowledged.subList(Math.max(0, acknowledged.size() - pieces), acknowledged.size())) {
      JsonNode answer = sender.send(piece, note -> {});
      repeated += answer.path("repeated").asBoolean() ? 1 : 0;
    }
    return repeated;
  }

  /** Waits until all that was sent is in the answers. */
  void awaitVisible() throws IOException {
    sender.awaitVisible(VISIBLE_MILLIS);
  }
}
