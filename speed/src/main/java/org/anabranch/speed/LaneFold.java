// SPDX-License-Identifier: Apache-2.0
package org.anabranch.speed;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.function.LongSupplier;
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
  private final LongSupplier liveBytes;
  private final SealedRun sealed;
  private LiveSegment live;
  private long position;
  private String trouble;

  /**
   * @param liveBytes beyond so many bytes of heap live state is sealed at once
   */
  LaneFold(Fold fold, Lane lane, Engine engine, long position, LongSupplier liveBytes) {
    this.fold = fold;
    this.lane = lane;
    this.engine = engine;
    this.liveBytes = liveBytes;
    this.sealed = new SealedRun(fold, lane, engine);
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
  void add(Rows rows, NavigableSet<Long> boundaries) {
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
    if (live.stateBytes() > liveBytes.getAsLong()) {
      sealBecauseLarge(boundaries);
    }
  }

  /** Where there is no room the live segment goes on, up to the view's budget. */
  private void sealBecauseLarge(NavigableSet<Long> boundaries) {
    try {
      roll(boundaries);
    } catch (UncheckedIOException noRoom) {
      trouble = noRoom.getMessage();
    }
  }

  void roll(NavigableSet<Long> boundaries) {
    if (live != null) {
      Segment rolled = live.seal();
      live = null;
      trouble = null;
      sealed.append(rolled, boundaries);
    }
  }

  List<Segment> segments() {
    return sealed.segments();
  }

  void drop(Coverage durable) {
    sealed.drop(durable);
  }

  long heapBytes() {
    return sealed.heapBytes() + (live == null ? 0 : live.stateBytes());
  }

  /** Why its state could not be moved out of the heap, if it could not. */
  Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** Why it cannot go on, if it cannot. */
  Optional<String> fault() {
    return sealed.fault();
  }
}
