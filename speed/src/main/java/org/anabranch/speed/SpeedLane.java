// SPDX-License-Identifier: Apache-2.0
package org.anabranch.speed;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.anabranch.view.Chunk;
import org.anabranch.view.Coverage;
import org.anabranch.view.Engine;
import org.anabranch.view.Fold;
import org.anabranch.view.Lane;
import org.anabranch.view.LaneLedger;
import org.anabranch.view.Segment;

/**
 * One lane of a stream, folded for all its views at once: a chunk advances every view or none, so
 * that all stand at one frontier.
 */
public final class SpeedLane {
  private final Lane lane;
  private final Engine engine;
  private final int eventTime;
  private final Map<String, LaneFold> folds = new LinkedHashMap<>();
  private final NavigableMap<Long, Integer> boundaries = new TreeMap<>();
  private final Runnable advanced;
  private final LongSupplier liveBytes;
  private LaneLedger ledger;

  /**
   * @param ledger the account of the lane so far; the next chunk starts at its position
   * @param eventTime index of the stream's event time among its columns, -1 for none
   * @param advanced called after each chunk
   * @param liveBytes beyond so many bytes of heap a fold's live state is sealed at once
   */
  SpeedLane(
      Lane lane,
      Engine engine,
      LaneLedger ledger,
      int eventTime,
      Runnable advanced,
      LongSupplier liveBytes) {
    this.lane = lane;
    this.engine = engine;
    this.ledger = ledger;
    this.eventTime = eventTime;
    this.advanced = advanced;
    this.liveBytes = liveBytes;
  }

  public Lane lane() {
    return lane;
  }

  /**
   * Folds a fold from a position on. It may lie above the lane's own: what is below is accounted
   * for already and left out.
   */
  synchronized void open(Fold fold, long position) {
    folds.putIfAbsent(fold.identity(), new LaneFold(fold, lane, engine, position, liveBytes));
  }

  synchronized void close(String fold) {
    folds.remove(fold);
  }

  /** Folds the next chunk; it never is too busy for one. */
  public boolean offer(Chunk chunk) {
    synchronized (this) {
      LaneLedger next = ledger.plus(chunk, eventTime);
      for (LaneFold fold : folds.values()) {
        fold.add(chunk.rows(), boundaries.navigableKeySet());
      }
      ledger = next;
    }
    advanced.run();
    return true;
  }

  /**
   * What a lane has sealed when it rolls.
   *
   * @param ledger the account up to there
   * @param sealed the segments of each fold that are not durable; a fold that is ahead of the lane,
   *     because its durable segments reach above, is absent
   */
  record Rolled(LaneLedger ledger, Map<String, List<Segment>> sealed) {}

  /**
   * Seals what is live.
   *
   * @param boundary whether to keep later segments from merging with earlier ones
   */
  synchronized Rolled roll(boolean boundary) {
    Map<String, List<Segment>> sealed = new LinkedHashMap<>();
    folds.forEach(
        (identity, fold) -> {
          fold.roll(boundaries.navigableKeySet());
          if (fold.position() == ledger.position()) {
            sealed.put(identity, fold.segments());
          }
        });
    if (boundary) {
      boundaries.merge(ledger.position(), 1, Integer::sum);
    }
    return new Rolled(ledger, sealed);
  }

  synchronized void removeBoundary(long position) {
    boundaries.computeIfPresent(position, (p, holders) -> holders == 1 ? null : holders - 1);
  }

  synchronized void drop(String fold, Coverage durable) {
    LaneFold state = folds.get(fold);
    if (state != null) {
      state.drop(durable);
    }
  }

  synchronized long heapBytes(String fold) {
    LaneFold state = folds.get(fold);
    return state == null ? 0 : state.heapBytes();
  }

  synchronized Optional<String> fault(String fold) {
    return Optional.ofNullable(folds.get(fold)).flatMap(LaneFold::fault);
  }

  synchronized Optional<String> trouble(String fold) {
    return Optional.ofNullable(folds.get(fold)).flatMap(LaneFold::trouble);
  }

  /** The lane's account; its position is the next to be folded. */
  public synchronized LaneLedger ledger() {
    return ledger;
  }
}
