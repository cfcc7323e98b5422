// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.io.IOException;
import org.anabranch.view.BoundedFold;
import org.anabranch.view.Clock;
import org.anabranch.view.Coverage;
import org.anabranch.view.Engine;
import org.anabranch.view.Fold;
import org.anabranch.view.History;
import org.anabranch.view.Receipt;
import org.anabranch.view.Rows;
import org.anabranch.view.Segment;
import org.anabranch.view.TilingSource;
import org.anabranch.view.View;
import org.anabranch.view.segment.KeyRange;
import org.anabranch.view.segment.SegmentMerge;

/**
 * Recomputes what a view answers, with the reference engine from the raw log, where that is kept,
 * and from the lake below, and compares every group byte for byte.
 */
final class Verification {
  private final Engine reference;
  private final History log;
  private final History lake;
  private final Clock clock;
  private final long stateBudget;

  /**
   * @param stateBudget about how many bytes of heap the recomputed state may take
   */
  Verification(Engine reference, History log, History lake, Clock clock, long stateBudget) {
    this.clock = clock;
    this.stateBudget = stateBudget;
    this.reference = reference;
    this.log = log;
    this.lake = lake;
  }

  /**
   * @throws RefusedException if neither the log nor the lake has all rows of what answers
   */
  VerifyReport verify(View view, TilingSource.Pinned pinned) throws IOException, RefusedException {
    return verify(view, pinned, VerifyWatch.NONE);
  }

  /**
   * @throws RefusedException if neither the log nor the lake has all rows of what answers, or the
   *     watch stops it
   */
  VerifyReport verify(View view, TilingSource.Pinned pinned, VerifyWatch watch)
      throws IOException, RefusedException {
    long started = clock.nanos();
    Fold fold = view.fold();
    var tiling = pinned.tiling(fold);
    Coverage raw = tiling.coverage().intersect(log.coverage());
    Coverage below = tiling.coverage().minus(raw);
    requireKept(view, below.minus(lake.coverage()));
    watch.begins(view.name(), raw.positions() + below.positions());
    BoundedFold bounded = new BoundedFold(reference, fold, stateBudget / 2);
    long rows = add(bounded, log, raw, watch) + add(bounded, lake, below, watch);
    Segment recomputed = bounded.seal();
    GroupDifference difference =
        GroupDifference.ofStates(
            view, recomputed.scan(null, null), new SegmentMerge(fold).scan(tiling, KeyRange.ALL));
    return new VerifyReport(
        view.name(),
        Receipt.of(fold.stream(), tiling.coverage()),
        raw.positions(),
        below.positions(),
        rows,
        difference.same(),
        difference,
        (clock.nanos() - started) / 1_000_000);
  }

  private static void requireKept(View view, Coverage missing) throws RefusedException {
    if (!missing.isEmpty()) {
      throw new RefusedException(
          "Cannot verify view "
              + view.name()
              + ": neither the log nor the lake has positions "
              + missing
              + "; if they are only on their way to the lake, try again when it has caught up");
    }
  }

  private static long add(BoundedFold bounded, History history, Coverage wanted, VerifyWatch watch)
      throws IOException, RefusedException {
    long rows = 0;
    if (!wanted.isEmpty()) {
      try (History.RowsReader reader = history.read(wanted, bounded.fold().columns())) {
        for (Rows chunk = reader.next(); chunk != null; chunk = reader.next()) {
          bounded.add(chunk);
          rows += chunk.size();
          watch.advanced(chunk.size());
          if (watch.isStopped()) {
            throw new RefusedException("Cannot verify to the end: it was stopped");
          }
        }
      }
    }
    return rows;
  }
}
