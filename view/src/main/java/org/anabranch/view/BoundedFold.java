// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.ArrayList;
import java.util.List;

/**
 * Folds rows in bounded heap: live state beyond a bound is sealed, and the parts are merged at the
 * end, to the bytes that one live segment would have given.
 */
public final class BoundedFold {
  /** Measuring the state costs some engines a walk over it, so that not every chunk is measured. */
  private static final int MEASURED_ROWS = 1 << 16;

  private final Engine engine;
  private final Fold fold;
  private final long bound;
  private final List<Segment> sealed = new ArrayList<>();
  private LiveSegment live;
  private final int measuredRows;
  private int unmeasured;

  /**
   * @param bound how many bytes of heap live state may take before it is sealed
   */
  public BoundedFold(Engine engine, Fold fold, long bound) {
    this(engine, fold, bound, MEASURED_ROWS);
  }

  /**
   * @param measuredRows after so many rows the state is measured
   */
  BoundedFold(Engine engine, Fold fold, long bound, int measuredRows) {
    this.measuredRows = measuredRows;
    this.engine = engine;
    this.fold = fold;
    this.bound = bound;
    this.live = engine.open(fold);
  }

  public Fold fold() {
    return fold;
  }

  public void add(Rows rows) {
    live.add(rows);
    unmeasured += rows.size();
    if (unmeasured >= measuredRows) {
      unmeasured = 0;
      sealBeyondBound();
    }
  }

  private void sealBeyondBound() {
    if (live.stateBytes() > bound) {
      sealed.add(live.seal());
      live = engine.open(fold);
    }
  }

  /**
   * The segment of all that was added; once.
   *
   * @throws org.anabranch.view.segment.GroupTooLargeException if the parts of a group do not merge
   */
  public Segment seal() {
    sealed.add(live.seal());
    return sealed.size() == 1 ? sealed.get(0) : engine.merge(fold, sealed);
  }
}
