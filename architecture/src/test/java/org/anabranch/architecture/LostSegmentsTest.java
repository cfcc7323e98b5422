// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.anabranch.serving.QueryLimits;
import org.anabranch.view.DamagedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the lake that are lost or damaged under a pipeline. */
final class LostSegmentsTest {
  private static final String SQL =
      """
      CREATE STREAM s (k VARCHAR NOT NULL, n BIGINT NOT NULL);
      CREATE VIEW v AS SELECT k, COUNT(*) AS c, SUM(n) AS t FROM s GROUP BY k;
      """;

  @TempDir Path data;

  private static List<String> events(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "{\"k\":\"k" + i % 7 + "\",\"n\":" + i + "}")
        .toList();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static List<Path> complete(Path folder) throws IOException {
    return files(folder).stream().filter(file -> file.toString().endsWith(".parquet")).toList();
  }

  @Test
  void segmentsOfWhichNoCopyIsLeftAreFoldedAgainFromTheHistory() throws Exception {
    List<String> before;
    try (Running running = Running.start("lambda", SQL, data)) {
      running.append("s", events(0, 500));
      running.pipeline().runBatch(true);
      running.lastRun();
      running.append("s", events(500, 800));
      before = running.rows("v");
    }
    for (Path local : files(data.resolve("lake/segments"))) {
      Files.delete(local);
    }
    List<Path> segments = files(data.resolve("lake/tables/anabranch/s__segments/data"));
    assertFalse(segments.isEmpty());
    for (Path segment : segments) {
      Files.delete(segment);
    }
    try (Running running = Running.start("lambda", SQL, data)) {
      assertEquals(before, running.rows("v"));
      assertNoted(running, "was lost and is folded again from the history");
      running.append("s", events(800, 801));
      assertTrue(running.pipeline().verify(List.of()).get(0).identical());
    }
  }

  private static void assertNoted(Running running, String text) {
    List<String> notes = running.pipeline().status().notes();
    assertTrue(notes.stream().anyMatch(note -> note.contains(text)), notes.toString());
  }

  @Test
  void whatWasMadeAgainIsInTheStatus() throws Exception {
    List<String> before;
    try (Running running = Running.start("lambda", SQL, data)) {
      running.append("s", events(0, 500));
      before = running.rows("v");
      assertEquals(List.of(), running.pipeline().status().notes());
    }
    for (Path local : files(data.resolve("lake/segments"))) {
      Files.delete(local);
    }
    Path catalog = data.resolve("lake/catalog.db");
    byte[] bytes = Files.readAllBytes(catalog);
    bytes[3] ^= 1;
    Files.write(catalog, bytes);
    try (Running running = Running.start("lambda", SQL, data)) {
      assertEquals(before, running.rows("v"));
      assertNoted(running, "was made again from the lake");
      assertNoted(running, "lake/catalog.db: ");
      assertNoted(running, "it was made again from the tables' last commits");
      assertEquals(List.of(), running.pipeline().status().failures());
    }
  }

  @Test
  void aDamagedDataFileIsRefusedByQueriesAndNamedInTheStatus() throws Exception {
    try (Running running = Running.start("lambda", SQL, data)) {
      running.append("s", events(0, 500));
      Pipeline pipeline = running.pipeline();
      Path rows = data.resolve("lake/tables/anabranch/s/data");
      Running.await("archived", () -> !pipeline.stream("s").lake().coverage().isEmpty());
      Path file = complete(rows).get(0);
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 8;
      Files.write(file, bytes);
      DamagedException refused =
          assertThrows(
              DamagedException.class,
              () ->
                  pipeline
                      .serving()
                      .sql()
                      .query("SELECT COUNT(*) FROM s", QueryLimits.DEFAULT, Optional.empty())
                      .close());
      assertTrue(
          refused.getMessage().startsWith("Cannot read lake/tables/anabranch/s/data/"),
          refused.getMessage());
      assertTrue(
          pipeline.status().failures().stream()
              .anyMatch(failure -> failure.contains(file.getFileName().toString())),
          pipeline.status().failures().toString());
    }
  }
}
