// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.anabranch.batch.HistoryFold;
import org.anabranch.engine.ColumnarEngine;
import org.anabranch.lake.ScratchSegments;
import org.anabranch.sql.Script;
import org.anabranch.view.Engine;
import org.anabranch.view.Fold;
import org.anabranch.view.Segment;
import org.anabranch.view.segment.SegmentMerge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch fold of many more groups than its process has heap for. */
final class FoldBeyondHeapTest {
  private static final String HEAP = "-Xmx64m";
  private static final int NUMBERS = 1_500_000;
  private static final int EXIT_OUT_OF_MEMORY = 3;
  private static final String SQL =
      """
      CREATE STREAM numbers (number BIGINT NOT NULL);
      CREATE VIEW each AS
      SELECT number, COUNT(*) AS n, SUM(number) AS total FROM numbers GROUP BY number;
      """;

  @TempDir Path directory;

  /** The child: folds in the given directory with the given budget, and prints what it got. */
  public static void main(String[] arguments) throws Exception {
    Engine engine =
        new ColumnarEngine(new ScratchSegments(Path.of(arguments[0])), SegmentMerge.LARGEST_GROUP);
    String budget = arguments[1];
    System.out.println(
        folded(
            engine,
            budget.equals("derived")
                ? HeapBudgets.of(Script.parse("numbers.sql", SQL), 2).state()
                : Long.parseLong(budget)));
  }

  private static String folded(Engine engine, long stateBudget) throws Exception {
    Script script = Script.parse("numbers.sql", SQL);
    Fold fold = script.views().get(0).fold();
    ScrambledNumbers history = new ScrambledNumbers(script.streams().get(0).schema(), NUMBERS);
    try (HistoryFold folding =
        new HistoryFold(engine, history, List.of(fold), history.coverage(), stateBudget)) {
      while (!folding.isDone()) {
        folding.step();
      }
      Segment segment = folding.segments().get(0);
      return segment.groups() + " groups, " + segment.tally().folded() + ", " + segment.digest();
    }
  }

  private record Ended(int exit, String out) {}

  private Ended child(String stateBudget) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                FoldBeyondHeapTest.class.getName(),
                directory.resolve("scratch").toString(),
                stateBudget)
            .redirectErrorStream(true)
            .start();
    String out = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(child.waitFor(), out);
  }

  @Test
  void itGivesTheSameBytesInTheBudgetThatFollowsFromTheHeap() throws Exception {
    Ended ended = child("derived");
    assertEquals(0, ended.exit(), ended.out());
    String expected = folded(new ColumnarEngine(), Long.MAX_VALUE);
    assertTrue(expected.startsWith(NUMBERS + " groups, " + 2 * NUMBERS), expected);
    assertTrue(ended.out().contains(expected), ended.out());
  }

  @Test
  void withoutABudgetItDoesNotFit() throws Exception {
    assertEquals(EXIT_OUT_OF_MEMORY, child(Long.toString(Long.MAX_VALUE)).exit());
  }
}
