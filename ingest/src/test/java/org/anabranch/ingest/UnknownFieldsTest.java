// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.anabranch.format.UnknownFields;
import org.anabranch.log.MemoryLog;
import org.anabranch.log.StreamLog;
import org.anabranch.view.Chunk;
import org.anabranch.view.Column;
import org.anabranch.view.ManualClock;
import org.anabranch.view.Schema;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no column takes leaves a trace, whatever it came in and whatever the log has of it. */
final class UnknownFieldsTest {
  private static final String[][] BODIES = {
    {"application/json", "[{\"id\":1,\"ntoe\":\"x\"},{\"id\":2,\"ntoe\":null}]"},
    {"application/x-ndjson", "{\"id\":1,\"ntoe\":\"x\"}\n{\"ntoe\":1,\"id\":2}"},
    {"text/csv", "id, ntoe ,delay\n1,x,3\n2,,4\n"},
    {"text/csv; delimiter=tab; quote=none", "ntoe\tid\nx\t1\n\t2\n"}
  };

  @TempDir Path directory;
  private final ManualClock clock = new ManualClock(1_700_000_000_000L);
  private final MemoryLog memory = new MemoryLog(clock);

  private IngestStream open(StreamLog log) throws Exception {
    return Flows.ingest(log, directory.resolve(log.topicId()), clock, IngestLimits.DEFAULT);
  }

  /** What is counted while events are read from the log, and what was when they were taken. */
  private static long counted(StreamLog log, IngestStream ingest) throws Exception {
    long count = ingest.progress().dropped();
    for (Chunk chunk : Flows.read(log, 0)) {
      count += chunk.unknownFields();
    }
    return count;
  }

  @Test
  void everyContentTypeNamesAndCountsThemInEveryStream() throws Exception {
    for (String format : List.of("json", "csv", "regex")) {
      for (String unknown : format.equals("regex") ? List.of("count") : List.of("count", "keep")) {
        for (String[] body : BODIES) {
          String name = format + unknown + body[1].hashCode();
          StreamLog log = memory.open(Flows.stream(name, format, 1, "unknown", unknown));
          IngestStream ingest = open(log);
          Acknowledgement taken = ingest.accept(IngestRequest.of(Flows.bytes(body[1]), body[0]));
          String what = format + ", " + unknown + ", " + body[0];
          assertEquals(2, taken.accepted(), what);
          assertEquals(new UnknownFields(2, Map.of("ntoe", 2L), 0), taken.unknown(), what);
          assertEquals(Map.of("ntoe", "note"), taken.nearest(), what);
          assertEquals(2, counted(log, ingest), what);
        }
      }
    }
  }

  @Test
  void everyContentTypeIsRejectedWhereTheStreamWantsIt() throws Exception {
    for (String format : List.of("json", "csv")) {
      for (String[] body : BODIES) {
        String name = format + "reject" + body[1].hashCode();
        StreamLog log = memory.open(Flows.stream(name, format, 1, "unknown", "reject"));
        Acknowledgement taken = open(log).accept(IngestRequest.of(Flows.bytes(body[1]), body[0]));
        assertEquals(2, taken.rejected(), body[0]);
        for (RejectedRow row : taken.rejects()) {
          assertEquals("unknown", row.rejection().code(), body[0]);
          assertTrue(
              row.rejection().reason().endsWith("did you mean \"note\"?"),
              row.rejection().reason());
        }
      }
    }
  }

  @Test
  void columnsOfParquetAreCountedAndRejectedAsFieldsAre() throws Exception {
    for (String unknown : List.of("count", "reject")) {
      StreamDefinition stream =
          new StreamDefinition(
              "flights" + unknown,
              Schema.of(
                  Column.nullable("origin", Type.VARCHAR),
                  Column.nullable("destinaton", Type.VARCHAR)),
              List.of(),
              Map.of("format", "json", "unknown", unknown),
              "CREATE STREAM flights");
      StreamLog log = memory.open(stream);
      IngestStream ingest = open(log);
      Path file = SharedData.file("flights_3m/flights-3m.parquet");
      try (FileSource source = FileSource.open(file, FileOptions.DEFAULT.pieceBytes(1_000))) {
        FilePiece piece = source.next();
        Acknowledgement taken = ingest.accept(piece.request());
        if (unknown.equals("reject")) {
          assertEquals(piece.rows(), taken.rejected());
          continue;
        }
        assertEquals(piece.rows(), taken.accepted());
        assertEquals(piece.rows(), taken.unknown().names().get("destination"));
        assertEquals("destinaton", taken.nearest().get("destination"));
        assertEquals(taken.unknown().count(), counted(log, ingest));
        assertEquals(0, taken.unknown().count() % piece.rows());
      }
    }
  }
}
