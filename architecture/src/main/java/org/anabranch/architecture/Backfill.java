// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anabranch.batch.HistoryFold;
import org.anabranch.view.Coverage;
import org.anabranch.view.Engine;
import org.anabranch.view.Fold;
import org.anabranch.view.History;
import org.anabranch.view.Publisher;
import org.anabranch.view.Segment;
import org.anabranch.view.SegmentStore.Addition;
import org.anabranch.view.SegmentStore.Change;
import org.anabranch.view.SegmentStore.Origin;
import org.anabranch.view.StaleException;
import org.anabranch.view.Step;

/**
 * Folds what a view lacks below the speed layer from the lake, and publishes it: recovery, a new
 * view, and a changed view are this, with more or less history.
 */
final class Backfill implements Step {
  private final Fold fold;
  private final Coverage wanted;
  private final Engine engine;
  private final long stateBudget;
  private final History lake;
  private final Publisher publisher;
  private final Origin origin;
  private final Runnable complete;
  private HistoryFold folding;
  private Segment folded;
  private boolean published;
  private boolean done;

  /**
   * @param wanted what is missing
   * @param stateBudget about how many bytes of heap its state may take
   * @param complete called when it is published, again if it fails; when it returns all is done
   */
  Backfill(
      Fold fold,
      Coverage wanted,
      Engine engine,
      long stateBudget,
      History lake,
      Publisher publisher,
      Origin origin,
      Runnable complete) {
    this.fold = fold;
    this.wanted = wanted;
    this.engine = engine;
    this.stateBudget = stateBudget;
    this.lake = lake;
    this.publisher = publisher;
    this.origin = origin;
    this.complete = complete;
  }

  @Override
  public int step() throws IOException {
    if (done) {
      return 0;
    }
    if (!wanted.isEmpty() && folded == null) {
      return lake.coverage().containsAll(wanted) ? foldChunk() : 0;
    }
    publish();
    complete.run();
    done = true;
    return 1;
  }

  /** Folds a chunk. After a failure it starts over: how much of the chunk was folded is unknown. */
  private int foldChunk() throws IOException {
    if (folding == null) {
      folding = new HistoryFold(engine, lake, List.of(fold), wanted, stateBudget);
    }
    try {
      if (!folding.isDone()) {
        return folding.step();
      }
      folded = folding.segments().get(0);
      folding.close();
      return 1;
    } catch (IOException | RuntimeException failure) {
      folding.close();
      folding = null;
      throw failure;
    }
  }

  /**
   * What is wanted minus what is there: an attempt whose answer was lost may have been made, and
   * what it left may have been merged with other segments since.
   */
  private void publish() throws IOException {
    if (!published && !isThere()) {
      Addition addition = new Addition(folded, origin);
      try {
        publisher.publish(new Change(List.of(addition), Set.of(), Map.of(), Map.of()));
      } catch (StaleException overtaken) {
        if (!isThere()) {
          throw overtaken;
        }
      }
    }
    published = true;
  }

  private boolean isThere() {
    Coverage there =
        StreamTilings.covered(publisher.manifest(), fold.identity(), Set.of(Origin.values()));
    return there.containsAll(wanted);
  }

  Fold fold() {
    return fold;
  }

  boolean isDone() {
    return done;
  }

  /** How far it is, in words. */
  String progress() {
    return (folded != null ? wanted.positions() : folding == null ? 0 : folding.positions())
        + " of "
        + wanted.positions()
        + " positions";
  }
}
