// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.anabranch.cli.output.Table;

/** The runs of a server's batch layer, as it lists them. */
public final class BatchRuns {
  private static final long POLL_MILLIS = 50;

  private BatchRuns() {}

  public static Table table(JsonNode runs) {
    Table table =
        Table.of(
            "run>", "stream", "trigger", "kind", "started", "ms>", "rows>", "bytes>", "outcome",
            "message");
    for (JsonNode run : runs) {
      table.row(
          run.path("id").asText(),
          run.path("stream").asText(),
          run.path("trigger").asText(),
          run.path("full").asBoolean() ? "full" : "incremental",
          Instant.ofEpochMilli(run.path("startedAt").asLong()).truncatedTo(ChronoUnit.SECONDS),
          run.path("durationMillis").asLong(),
          run.path("rows").asLong(),
          run.path("bytes").asLong(),
          run.path("outcome").asText(),
          run.path("message").asText());
    }
    return table;
  }

  /**
   * Waits until a run is over.
   *
   * @param watcher is shown its state now and then
   * @return its last state: one item a stream
   */
  public static JsonNode await(Server server, long run, Consumer<JsonNode> watcher)
      throws IOException {
    while (true) {
      JsonNode items = server.get("/v1/batch").path("runs");
      var mine = Server.JSON.createArrayNode();
      boolean over = true;
      for (JsonNode item : items) {
        if (item.path("id").asLong() == run) {
          mine.add(item);
          over &= !"RUNNING".equals(item.path("outcome").asText());
        }
      }
      if (over && !mine.isEmpty()) {
        return mine;
      }
      watcher.accept(mine);
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("Cannot wait for run " + run + ": interrupted");
      }
    }
  }

  /** Whether what was asked for is done. */
  public static boolean succeeded(JsonNode runs) {
    for (JsonNode run : runs) {
      String outcome = run.path("outcome").asText();
      if (!outcome.equals("PUBLISHED") && !outcome.equals("UNCHANGED")) {
        return false;
      }
    }
    return true;
  }
}
