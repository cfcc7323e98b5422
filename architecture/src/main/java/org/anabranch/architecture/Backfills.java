// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anabranch.view.Coverage;
import org.anabranch.view.Engine;
import org.anabranch.view.Fold;
import org.anabranch.view.History;
import org.anabranch.view.SegmentStore.Origin;
import org.anabranch.view.Step;
import org.anabranch.view.segment.GroupTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the folds of one stream still lack below the speed layer, and its filling from the lake. */
final class Backfills implements Step {
  private static final Logger LOG = LoggerFactory.getLogger(Backfills.class);

  private final StreamViews views;
  private final StreamTilings tilings;
  private final Engine engine;
  private final History lake;
  private final long stateBudget;
  private final Map<String, Backfill> open = new LinkedHashMap<>();

  /**
   * @param stateBudget about how many bytes of heap the state of one fold may take
   */
  Backfills(
      StreamViews views, StreamTilings tilings, Engine engine, History lake, long stateBudget) {
    this.views = views;
    this.tilings = tilings;
    this.engine = engine;
    this.lake = lake;
    this.stateBudget = stateBudget;
  }

  /** A view that lacks nothing answers at once: it is ready when the pipeline is. */
  synchronized void plan(Fold fold, Coverage missing) {
    if (missing.isEmpty()) {
      completed(fold);
      return;
    }
    Origin origin = views.answeringFolds().contains(fold) ? Origin.SPEED : Origin.REPLAY;
    Runnable complete = () -> completed(fold);
    open.put(
        fold.identity(),
        new Backfill(fold, missing, engine, stateBudget, lake, tilings, origin, complete));
  }

  private void completed(Fold fold) {
    try {
      views.completed(fold);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    remove(fold);
  }

  private synchronized void remove(Fold fold) {
    open.remove(fold.identity());
  }

  @Override
  public int step() throws IOException {
    List<Backfill> now;
    synchronized (this) {
      now = new ArrayList<>(open.values());
    }
    int done = 0;
    for (Backfill backfill : now) {
      try {
        done += backfill.step();
      } catch (GroupTooLargeException noRoom) {
        stop(backfill.fold(), noRoom.getMessage());
      }
    }
    return done;
  }

  /** Stops a fold that has no room, what uses it, and its filling. */
  void stop(Fold fold, String reason) {
    LOG.warn("{} has no room: {}", views.namesOf(fold), reason);
    remove(fold);
    views.stop(fold, reason + "; start again with a larger --state-budget");
  }

  synchronized boolean isFilled(Fold fold) {
    return !open.containsKey(fold.identity());
  }

  /** Whether every view that answered before the start can answer again. */
  synchronized boolean isRecovered() {
    return views.answeringFolds().stream().allMatch(this::isFilled);
  }

  /** How far the filling of a fold is, in words, if it is not complete. */
  synchronized Optional<String> progress(Fold fold) {
    return Optional.ofNullable(open.get(fold.identity())).map(Backfill::progress);
  }
}
