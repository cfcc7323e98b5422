// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import org.anabranch.view.Fold;
import org.anabranch.view.MemoryHistory;
import org.anabranch.view.MemoryPublisher;
import org.anabranch.view.RandomFolds;
import org.anabranch.view.RandomRows;
import org.anabranch.view.SegmentStore.Origin;
import org.anabranch.view.reference.ReferenceEngine;
import org.junit.jupiter.api.Test;

final class BackfillTest {
  @Test
  void aCompletionThatFailsIsTriedAgainAndHistoryIsPublishedOnce() throws Exception {
    Random random = new Random(3);
    MemoryHistory history = RandomRows.history(random, 100);
    Fold fold = new RandomFolds(history.schema(), random).next();
    ReferenceEngine engine = new ReferenceEngine();
    MemoryPublisher published = new MemoryPublisher();
    int[] completions = {0};
    Runnable failsOnce =
        () -> {
          if (completions[0]++ == 0) {
            throw new UncheckedIOException(new IOException("the disk is full"));
          }
        };
    Backfill backfill =
        new Backfill(
            fold,
            history.coverage(),
            engine,
            1 << 20,
            history,
            published,
            Origin.REPLAY,
            failsOnce);
    assertThrows(
        UncheckedIOException.class,
        () -> {
          while (!backfill.isDone()) {
            backfill.step();
          }
        });
    assertFalse(backfill.isDone());
    while (!backfill.isDone()) {
      backfill.step();
    }
    assertEquals(2, completions[0]);
    assertEquals(1, published.manifest().segments().size());
    assertEquals(
        engine.fold(fold, history, history.coverage()).digest(),
        published.manifest().segments().get(0).digest());
  }
}
