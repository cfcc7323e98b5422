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
      running.append("s", events(800, 801));
      assertTrue(running.pipeline().verify(List.of()).get(0).identical());
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
