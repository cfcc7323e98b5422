// SPDX-License-Identifier: Apache-2.0
package org.anabranch.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.anabranch.view.View;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Views over real rows equal what another engine computes that reads the same raw files itself:
 * every aggregate, windows, filters and expressions.
 */
final class RealRowsOracleTest {
  private static final Path FLIGHTS = Path.of("flights/flights-2001-01.csv.gz");

  /** The day the clocks change, one with few positions, one in summer, one in winter. */
  private static final List<String> DAYS =
      List.of("2015-03-08", "2015-12-30", "2016-05-30", "2016-11-24");

  @TempDir Path directory;

  @Test
  void flights() throws Exception {
    assertEquals(10 + 2, agrees("lambda", "flights", "flights", List.of(FLIGHTS)));
  }

  @Test
  void wikipediaEdits() throws Exception {
    Path file = SharedData.need("wikipedia_edits/wikiticker-2015-09-12-sampled.jsonl.gz");
    assertEquals(6 + 3, agrees("lambda", "wikipedia", "edits", List.of(file)));
  }

  @Test
  void requestsOfAnAccessLog() throws Exception {
    Path file = SharedData.need("web_logs/apache_combined.log.gz");
    assertEquals(5 + 3, agrees("kappa", "web-logs", "requests", List.of(file)));
  }

  @Test
  void busPositions() throws Exception {
    Path folder = SharedData.need("capmetro_positions");
    List<Path> days = DAYS.stream().map(day -> folder.resolve(day + ".csv.gz")).toList();
    assertEquals(6 + 2, agrees("kappa", "buses", "positions", days));
  }

  /** How many views agree; lambda is asked before and after a batch. */
  private int agrees(String architecture, String name, String stream, List<Path> files)
      throws Exception {
    try (Example example = Example.oneLane(architecture, name, views(name), directory);
        DuckOracle duck = DuckOracle.over(name, files)) {
      for (Path file : files) {
        example.ingest(stream, file);
      }
      assertEquals(duck.rowsOf(stream), example.accepted(), "rows");
      agrees(example, duck);
      if (architecture.equals("lambda")) {
        example.runBatch();
        agrees(example, duck);
      }
      return example.views().size();
    }
  }

  private static String views(String name) throws Exception {
    return DuckOracle.resource(name + ".sql");
  }

  private static void agrees(Example example, DuckOracle duck) throws Exception {
    for (View view : example.views()) {
      List<String> differences = duck.differences(view, example.rows(view.name()));
      assertTrue(differences.isEmpty(), () -> view.name() + ": " + differences);
    }
  }
}
