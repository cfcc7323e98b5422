// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anabranch.log.MemoryLog;
import org.anabranch.log.StreamLog;
import org.anabranch.view.Clock;
import org.anabranch.view.Column;
import org.anabranch.view.Schema;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Type;

/**
 * How many events a second one thread takes: flights as NDJSON in pieces of 1 MiB, framed, judged
 * and put in a log in memory. Every run must accept all of them.
 *
 * <p>Run: {@code java -Xmx2g -cp ... org.anabranch.ingest.IngestBenchmark flights-3m.parquet
 * [pieces]}.
 */
public final class IngestBenchmark {
  private IngestBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int most = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 40;
    List<FilePiece> pieces = new ArrayList<>();
    try (FileSource source = FileSource.open(Path.of(arguments[0]), FileOptions.DEFAULT)) {
      for (FilePiece piece = source.next();
          piece != null && pieces.size() < most;
          piece = source.next()) {
        pieces.add(piece);
      }
    }
    for (int run = 1; run <= 6; run++) {
      for (boolean keyed : new boolean[] {false, true}) {
        run(run, keyed, pieces);
      }
    }
  }

  private static void run(int run, boolean keyed, List<FilePiece> pieces) throws Exception {
    StreamLog log = new MemoryLog(Clock.SYSTEM).open(flights());
    Path directory = Files.createTempDirectory("keys");
    IngestStream ingest = Flows.ingest(log, directory, Clock.SYSTEM, IngestLimits.DEFAULT);
    long begin = System.nanoTime();
    long accepted = 0;
    long bytes = 0;
    for (FilePiece piece : pieces) {
      IngestRequest request =
          keyed ? piece.request() : IngestRequest.of(piece.body(), piece.contentType());
      accepted += ingest.accept(request).accepted();
      bytes += piece.body().length;
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    long expected = pieces.stream().mapToLong(FilePiece::rows).sum();
    if (accepted != expected) {
      throw new IllegalStateException("accepted " + accepted + " of " + expected);
    }
    System.out.printf(
        Locale.ROOT,
        "run %d %s key: %d events, %.0f events/s, %.1f MB/s%n",
        run,
        keyed ? "with" : "without",
        accepted,
        accepted / seconds,
        bytes / 1e6 / seconds);
    Files.delete(directory);
  }

  private static StreamDefinition flights() {
    Schema schema =
        Schema.of(
            Column.required("date", Type.TIMESTAMP),
            Column.required("origin", Type.VARCHAR),
            Column.required("destination", Type.VARCHAR),
            Column.nullable("delay", Type.INTEGER),
            Column.nullable("distance", Type.INTEGER));
    return new StreamDefinition(
        "flights", schema, List.of(), Map.of("format", "json", "partitions", "4"), "");
  }
}
