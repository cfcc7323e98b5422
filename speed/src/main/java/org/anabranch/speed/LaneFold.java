// SPDX-License-Identifier: Apache-2.0
package org.anabranch.speed;

import java.util.List;
import java.util.NavigableSet;
import org.anabranch.view.Coverage;
import org.anabranch.view.Engine;
import org.anabranch.view.Fold;
import org.anabranch.view.GapException;
import org.anabranch.view.Lane;
import org.anabranch.view.LiveSegment;
import org.anabranch.view.Rows;
import org.anabranch.view.Segment;

/** One fold on one lane: a live segment, and the sealed ones before it. Guarded by its lane. */
final class LaneFold {
  private final Fold fold;
  private final Lane lane;
  private final Engine engine;
  private final SealedRun sealed;
  private LiveSegment live;
  private long position;

  LaneFold(Fold fold, Lane lane, Engine engine, long position) {
    this.fold = fold;
    this.lane = lane;
    this.engine = engine;
    this.sealed = new SealedRun(fold, lane);
    this.position = position;
  }

  Fold fold() {
    return fold;
  }

  /** The next position to fold. */
  long position() {
    return position;
  }

  /** Folds what of a chunk lies at or above the position; the rest is accounted for already. */
  void add(Rows rows) {
    if (rows.range().to() <= position) {
      return;
    }
    if (rows.range().from() > position) {
      throw GapException.of(Coverage.of(lane, position, rows.range().from()));
    }
    if (live == null) {
      live = engine.open(fold);
    }
    live.add(rows.range().from() < position ? rows.from(position) : rows);
    position = rows.range().to();
  }

  void roll(NavigableSet<Long> boundaries) {
    if (live != null) {
      sealed.append(live.seal(), boundaries);
      live = null;
    }
  }

  List<Segment> segments() {
    return sealed.segments();
  }

  void drop(Coverage durable) {
    sealed.drop(durable);
  }

  long bytes() {
    return sealed.bytes() + (live == null ? 0 : live.stateBytes());
  }
}
