// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that sends a file is killed, and started again with the same words. */
final class KilledIngestTest {
  private static final int ROWS = 200_000;
  private static final String LONG_TEXT = "a text that makes the file long. ".repeat(4);
  private static final List<String> INGEST = List.of("ingest", "s", "rows.csv");

  @TempDir Path directory;

  private void files() throws IOException {
    Files.writeString(
        directory.resolve("pipeline.sql"),
        """
        CREATE STREAM s (a INTEGER, text VARCHAR);
        CREATE VIEW totals AS
        SELECT COUNT(*) AS n, COUNT(DISTINCT a) AS different, SUM(a) AS sum FROM s;
        """);
    StringBuilder rows = new StringBuilder("a,text\n");
    for (int i = 0; i < ROWS; i++) {
      rows.append(i).append(',').append(LONG_TEXT).append('\n');
    }
    Files.writeString(directory.resolve("rows.csv"), rows);
  }

  @Test
  void everyRowIsThereOnceHoweverOftenItWasKilled() throws Exception {
    files();
    List<String> run = List.of("run", "pipeline.sql", "--data", "data", "--listen", "127.0.0.1:0");
    try (CommandProcess server = CommandProcess.start(directory, Map.of(), run)) {
      Map<String, String> environment = Map.of("ANABRANCH_URL", server.ready("lambda"));
      long before = 0;
      for (int kill = 1; kill <= 2; kill++) {
        before = killInTheMiddle(environment, before);
        assertTrue(before < ROWS, "kill " + kill + " came when all rows were there");
      }
      CommandProcess last = CommandProcess.start(directory, environment, wait(INGEST));
      assertEquals(ExitCode.OK, last.ended(), last.said());
      JsonNode sent = new ObjectMapper().readTree(Files.readString(last.out())).get(0);
      assertEquals(ROWS, sent.get("accepted").asLong());
      assertTrue(sent.get("repeated").asLong() >= before, sent.toString());
      assertTrue(sent.get("repeated").asLong() < ROWS, sent.toString());
      long sum = (ROWS - 1L) * ROWS / 2;
      assertEquals(ROWS + "," + ROWS + "," + sum, totals(environment));
    }
  }

  private static List<String> wait(List<String> words) {
    return Stream.concat(words.stream(), Stream.of("--wait", "-o", "json")).toList();
  }

  /** Kills the command when more rows are there than before; gives how many are there then. */
  private long killInTheMiddle(Map<String, String> environment, long before) throws Exception {
    try (CommandProcess ingest = CommandProcess.start(directory, environment, INGEST)) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (rows(environment) <= before) {
        assertTrue(ingest.process().isAlive(), ingest.said());
        assertTrue(System.nanoTime() < deadline, "no more than " + before + " rows");
      }
      ingest.kill();
      assertTrue(ingest.process().exitValue() != 0, "it had ended before the kill");
    }
    return settledRows(environment);
  }

  /** The server may be at the last piece for a moment. */
  private static long settledRows(Map<String, String> environment) {
    long rows = rows(environment);
    for (long now = rows(environment); now != rows; now = rows(environment)) {
      rows = now;
    }
    return rows;
  }

  private static long rows(Map<String, String> environment) {
    return Long.parseLong(totals(environment).split(",", 2)[0]);
  }

  private static String totals(Map<String, String> environment) {
    CommandRun.Setup setup = new CommandRun.Setup();
    environment.forEach(setup::environment);
    CommandRun run = setup.run("sql", "-o", "csv", "SELECT n, different, sum FROM totals");
    assertEquals(ExitCode.OK, run.exitCode(), run.err());
    return run.out().lines().skip(1).findFirst().orElseThrow();
  }
}
