// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.anabranch.view.Coverage;
import org.anabranch.view.Engine;
import org.anabranch.view.EngineContract;
import org.anabranch.view.Fold;
import org.anabranch.view.History;
import org.anabranch.view.RandomCoverages;
import org.anabranch.view.RandomFolds;
import org.anabranch.view.RandomRows;
import org.anabranch.view.Trials;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class ParallelEngineTest extends EngineContract {
  private static final ExecutorService EXECUTOR = Executors.newFixedThreadPool(2);

  @Override
  protected Engine engine() {
    return new ParallelEngine(new ColumnarEngine(), EXECUTOR, 3);
  }

  @Override
  protected int trials() {
    return 50;
  }

  @AfterAll
  static void shutDown() {
    EXECUTOR.shutdownNow();
  }

  @Test
  void partsAreDisjointAndAddUpToTheCoverage() {
    Trials.run(
        300,
        random -> {
          Coverage whole = RandomRows.history(random, random.nextInt(60)).coverage();
          Coverage coverage = RandomCoverages.pieces(random, whole, 2).get(0);
          int count = 1 + random.nextInt(6);
          List<Coverage> parts = ParallelEngine.parts(coverage, count);
          assertTrue(parts.size() <= count, parts + " of " + coverage);
          assertEquals(coverage, parts.stream().reduce(Coverage.EMPTY, Coverage::plus));
        });
  }

  @Test
  void aHistoryThatCannotBeReadFailsTheFoldWithItsOwnReason() {
    IOException broken = new IOException("Cannot read the history: broken");
    Coverage coverage = Coverage.of(RandomRows.LANES.get(0), 0, 100);
    History history =
        new History() {
          @Override
          public Coverage coverage() {
            return coverage;
          }

          @Override
          public RowsReader read(Coverage wanted, List<String> columns) throws IOException {
            throw broken;
          }
        };
    Fold fold = new RandomFolds(RandomRows.SCHEMA, new Random(1)).next();
    assertSame(
        broken, assertThrows(IOException.class, () -> engine().fold(fold, history, coverage)));
  }
}
