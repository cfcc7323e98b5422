// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anabranch.lake.Lake;
import org.anabranch.lake.LakeLimits;
import org.anabranch.lake.LakeStream;
import org.anabranch.log.LaneTail;
import org.anabranch.log.MemoryLog;
import org.anabranch.log.ReadLimits;
import org.anabranch.log.StreamLog;
import org.anabranch.view.Column;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.ManualClock;
import org.anabranch.view.Quarantined;
import org.anabranch.view.Schema;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files from the file to the lake: facts that other programs found too. */
final class RealFilesTest {
  private static final String APACHE =
      "(?P<client>\\S+) \\S+ (?P<who>\\S+) \\[(?P<time>[^\\]]+)\\] \"(?P<method>\\S+) (?P<path>\\S+)"
          + " [^\"]*\" (?P<status>\\d+) (?P<bytes>\\S+) \"(?P<referer>[^\"]*)\" \"(?P<agent>[^\"]*)\"";

  @TempDir Path directory;
  private final ManualClock clock = new ManualClock(1_700_000_000_000L);
  private final MemoryLog memory = new MemoryLog(clock);
  private StreamLog log;

  private static StreamDefinition stream(Map<String, String> options, Column... columns) {
    return new StreamDefinition(
        "real", Schema.of(columns), List.of(), options, "CREATE STREAM real");
  }

  /** Sends a file; its rejects. */
  private List<RejectedRow> send(StreamDefinition stream, Path file, FileOptions options)
      throws Exception {
    log = memory.open(stream);
    IngestStream ingest = Flows.ingest(log, directory.resolve("keys"), clock, IngestLimits.DEFAULT);
    List<RejectedRow> rejects = new ArrayList<>();
    List<Acknowledgement> answers = new ArrayList<>();
    try (FileSource source = FileSource.open(file, options)) {
      for (FilePiece piece = source.next(); piece != null; piece = source.next()) {
        Acknowledgement answer = ingest.accept(piece.request());
        assertEquals(piece.rows(), answer.accepted() + answer.rejected());
        answers.add(answer);
        rejects.addAll(answer.rejects());
      }
    }
    Map<Integer, Long> ends = log.ends();
    sendAgain(file, options, answers);
    assertEquals(ends, log.ends(), "a repeated file changes nothing");
    return rejects;
  }

  private void sendAgain(Path file, FileOptions options, List<Acknowledgement> answers)
      throws Exception {
    IngestStream restarted =
        Flows.ingest(log, directory.resolve("keys"), clock, IngestLimits.DEFAULT);
    try (FileSource source = FileSource.open(file, options)) {
      for (Acknowledgement first : answers) {
        Acknowledgement repeat = restarted.accept(source.next().request());
        assertTrue(repeat.repeated());
        assertEquals(first.coverage(), repeat.coverage());
        assertEquals(first.rejects(), repeat.rejects());
      }
    }
  }

  /** Archives all, and counts rows and rejected events in the lake. */
  private List<Quarantined> archive(long rows) throws Exception {
    try (Lake lake = Lake.open(directory.resolve("lake"), clock, LakeLimits.DEFAULT)) {
      LakeStream tables = lake.stream(log.stream());
      Archiver archiver = new Archiver(tables, log.stream(), 1, clock, ArchiveLimits.DEFAULT);
      for (int partition : log.partitions()) {
        Lane lane = tables.lanes().register(log.topicId(), partition, 0, false);
        try (LaneTail tail = Flows.tail(log, partition, ReadLimits.DEFAULT)) {
          tail.subscribe(archiver::offer, archiver.open(lane), -1);
          for (long left = log.end(partition); left > 0; left -= tail.step()) {
            archiver.step();
          }
        }
      }
      archiver.flush();
      assertEquals(rows, count(tables));
      return quarantined(tables);
    }
  }

  private static long count(LakeStream tables) throws IOException {
    long count = 0;
    Coverage all = tables.master().coverage();
    try (var reader = tables.master().read(all, List.of())) {
      for (var rows = reader.next(); rows != null; rows = reader.next()) {
        count += rows.size();
      }
    }
    return count;
  }

  private static List<Quarantined> quarantined(LakeStream tables) throws IOException {
    List<Quarantined> all = new ArrayList<>();
    try (var reader = tables.quarantine().read(tables.quarantine().coverage())) {
      for (var some = reader.next(); some != null; some = reader.next()) {
        all.addAll(some);
      }
    }
    return all;
  }

  @Test
  void oneApacheLineOfTenThousandGoesToQuarantine() throws Exception {
    Path file = SharedData.file("web_logs/apache_combined.log.gz");
    StreamDefinition stream =
        stream(
            Map.of(
                "format",
                "regex",
                "pattern",
                APACHE,
                "null",
                "-",
                "partitions",
                "3",
                "timestamp_format",
                "dd/MMM/yyyy:HH:mm:ss Z"),
            Column.required("client", Type.VARCHAR),
            Column.nullable("who", Type.VARCHAR),
            Column.required("time", Type.TIMESTAMP),
            Column.required("method", Type.VARCHAR),
            Column.required("path", Type.VARCHAR),
            Column.required("status", Type.INTEGER),
            Column.nullable("bytes", Type.BIGINT),
            Column.nullable("referer", Type.VARCHAR),
            Column.nullable("agent", Type.VARCHAR));
    List<RejectedRow> rejects = send(stream, file, FileOptions.DEFAULT.pieceBytes(100_000));
    assertEquals(List.of(8_899L), rejects.stream().map(RejectedRow::line).toList());
    List<Quarantined> quarantined = archive(9_999);
    assertEquals(1, quarantined.size());
    assertEquals(rejects.get(0).rejection(), quarantined.get(0).rejection());
  }

  @Test
  void allWikipediaEditsArrive() throws Exception {
    Path file = SharedData.file("wikipedia_edits/wikiticker-2015-09-12-sampled.jsonl.gz");
    StreamDefinition stream =
        stream(
            Map.of("format", "json", "partitions", "4", "key", "channel"),
            Column.required("time", Type.INSTANT),
            Column.required("channel", Type.VARCHAR),
            Column.required("page", Type.VARCHAR),
            Column.required("added", Type.INTEGER));
    assertEquals(List.of(), send(stream, file, FileOptions.DEFAULT));
    assertEquals(List.of(), archive(39_244));
  }
}
