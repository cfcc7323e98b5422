// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.reference.ReferenceEngine;
import org.junit.jupiter.api.Test;

final class BoundedFoldTest {
  /** Counts the live segments it opens. */
  private static final class CountingEngine implements Engine {
    private final Engine engine = new ReferenceEngine();
    private int opened;

    @Override
    public LiveSegment open(Fold fold) {
      opened++;
      return engine.open(fold);
    }

    @Override
    public Evaluator evaluator(Expression expression, Schema schema) {
      return engine.evaluator(expression, schema);
    }

    @Override
    public Segment merge(Fold fold, List<Segment> segments) {
      return engine.merge(fold, segments);
    }
  }

  @Test
  void anyBoundGivesTheBytesOfOneLiveSegment() {
    int[] sealings = new int[1];
    Trials.run(
        60,
        random -> {
          MemoryHistory history = RandomRows.history(random, 300);
          Fold fold = new RandomFolds(RandomRows.SCHEMA, random).next();
          CountingEngine engine = new CountingEngine();
          List<Rows> chunks = history.chunks(history.coverage());
          Collections.shuffle(chunks, random);
          BoundedFold bounded = new BoundedFold(engine, fold, random.nextInt(2_000), 1);
          chunks.forEach(bounded::add);
          Segment expected = new ReferenceEngine().fold(fold, history, history.coverage());
          Segment sealed = bounded.seal();
          assertEquals(expected.digest(), sealed.digest());
          assertEquals(expected.tally(), sealed.tally());
          assertEquals(expected.coverage(), sealed.coverage());
          sealings[0] += engine.opened - 1;
        });
    assertTrue(sealings[0] > 60, "no bound was ever reached");
  }
}
