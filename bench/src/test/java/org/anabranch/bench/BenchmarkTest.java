// SPDX-License-Identifier: Apache-2.0
package org.anabranch.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every benchmark runs on a little and gets its answer right; no time is asserted. */
final class BenchmarkTest {
  private static final Settings TINY =
      new Settings(3_000, 1, 2, 500, 1_000, 20, 0, Path.of("../examples/flights"));

  private static String run(String... arguments) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      Main.run(List.of(arguments), TINY, out);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theReplayGivesTheAnswerOfTheNaiveLoop() throws Exception {
    String printed = run("replay");
    String naive = answer(printed, "naive loop");
    assertEquals(naive, answer(printed, "anabranch, the same count and sum"), printed);
    assertEquals(naive, answer(printed, "anabranch, the whole view 'delays'"), printed);
    assertTrue(answer(printed, "raw consumer").startsWith("3000 events"), printed);
  }

  private static String answer(String printed, String way) {
    Matcher line =
        Pattern.compile("^" + Pattern.quote(way) + ": .*, answer (.+)$", Pattern.MULTILINE)
            .matcher(printed);
    assertTrue(line.find(), printed);
    return line.group(1);
  }

  @Test
  void ingestAccountsForEveryEventItWasAcknowledged() throws Exception {
    assertTrue(run("ingest").contains("3,000 events in requests of 500 over 2 connections"));
  }

  @Test
  void aFileIsAccountedForBesideARawProducer() throws Exception {
    String printed = run("files");
    assertTrue(printed.contains("anabranch, a file of 3,000 lines"), printed);
    assertTrue(printed.contains("of the raw producer's"), printed);
  }

  @Test
  void freshnessReadsAndTheirOptionsWork() throws Exception {
    String printed = run("freshness", "reads", "--requests", "10");
    assertTrue(printed.contains("10 events at up to 1000/s"), printed);
    assertTrue(printed.contains("append to visible: p50"), printed);
    assertTrue(printed.contains("point read, 1 row: 10 requests"), printed);
    assertTrue(printed.contains("; 1 rows, answer"), printed);
  }

  @Test
  void whatIsUnknownIsRefusedWithWhatThereIs() {
    assertTrue(refusal("replya").contains("[files, freshness, ingest, reads, replay, start]"));
    assertTrue(refusal("replay", "--event", "1").contains("events"));
    assertTrue(refusal("replay", "--events", "many").contains("a number follows it"));
    assertTrue(refusal().contains("name some of"));
  }

  private static String refusal(String... arguments) {
    return assertThrows(IllegalArgumentException.class, () -> run(arguments)).getMessage();
  }

  @Test
  void quantilesAreOfTheNearestRank() {
    Samples samples = new Samples();
    for (int i = 100; i > 0; i--) {
      samples.add(i);
    }
    assertEquals(50, samples.median());
    assertEquals(99, samples.quantile(0.99));
    assertEquals(1, samples.quantile(0));
    assertEquals(100, samples.quantile(1));
  }
}
