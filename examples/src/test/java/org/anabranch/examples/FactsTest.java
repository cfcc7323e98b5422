// SPDX-License-Identifier: Apache-2.0
package org.anabranch.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Known facts of real data, as answers of whole pipelines. */
final class FactsTest {
  @TempDir Path directory;

  @Test
  void wikipediaEdits() throws Exception {
    Path file = SharedData.need("wikipedia_edits/wikiticker-2015-09-12-sampled.jsonl.gz");
    try (Example edits = Example.start("lambda", "wikipedia", directory)) {
      edits.ingest("edits", file);
      assertEquals(
          List.of("[39244, 9385573, 394298, 8991275, 15420, 3799, 2278, 10531, 35143]"),
          edits.sql("SELECT * FROM totals"));
      assertEquals(
          List.of("[33]", "[28]", "[27]", "[21]", "[20]"),
          edits.sql("SELECT edits FROM by_page ORDER BY edits DESC LIMIT 5"));
      assertEquals(
          List.of("[0, 268, 1761]", "[1, 1144, 16208]", "[2, 1102, 14543]"),
          edits.sql("SELECT hour, edits, deleted FROM by_hour ORDER BY hour LIMIT 3"));
      edits.verified();
    }
  }

  @Test
  void oneBadLineOfAnAccessLogIsInQuarantine() throws Exception {
    Path file = SharedData.need("web_logs/apache_combined.log.gz");
    try (Example requests = Example.start("kappa", "web-logs", directory)) {
      requests.ingest("requests", file);
      assertEquals(9_999, requests.accepted());
      assertEquals(1, requests.rejected());
      assertEquals(
          List.of("[9999, 2747282505]"), requests.sql("SELECT requests, bytes FROM totals"));
      assertEquals(
          List.of("[200, 9125]", "[206, 45]", "[301, 164]", "[304, 445]"),
          requests.sql("SELECT status, requests FROM by_status ORDER BY status LIMIT 4"));
      assertEquals(
          List.of("[120, 27]"),
          requests.sql(
              "SELECT requests, clients FROM by_hour WHERE hour = TIMESTAMPTZ '2015-05-18 12:00:00+00'"));
      assertEquals(List.of("[syntax]"), requests.sql("SELECT code FROM requests__quarantine"));
      requests.verified();
    }
  }

  @Test
  void busPositionsToTheLastDigit() throws Exception {
    Path folder = SharedData.need("capmetro_positions");
    try (Example positions = Example.start("lambda", "buses", directory)) {
      List<Path> days;
      try (Stream<Path> files = Files.list(folder)) {
        days = files.filter(file -> file.toString().endsWith(".csv.gz")).sorted().toList();
      }
      for (Path day : days) {
        positions.ingest("positions", day);
      }
      assertEquals(599_818, positions.accepted());
      assertEquals(
          List.of("[599818, 490, 83, 4588429.91451705754026000000]"),
          positions.sql("SELECT * FROM totals"));
      assertEquals(
          List.of("[2362, 4250]", "[5054, 3687]", "[2402, 3622]"),
          positions.sql("SELECT * FROM by_vehicle ORDER BY positions DESC LIMIT 3"));
    }
  }
}
