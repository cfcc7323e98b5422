// SPDX-License-Identifier: Apache-2.0
package org.anabranch.speed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.anabranch.view.Clock;
import org.anabranch.view.Coverage;
import org.anabranch.view.Engine;
import org.anabranch.view.Fold;
import org.anabranch.view.Lane;
import org.anabranch.view.LaneLedger;
import org.anabranch.view.Segment;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.StreamLedger;

/**
 * The speed layer of one stream: what the log's tail adds to the durable segments, lane by lane.
 *
 * <p>The layer <em>rolls</em>: each lane seals its live segments at its own chunk boundary and
 * starts new ones. The positions at which the lanes rolled are a cut through history.
 */
public final class SpeedLayer {
  private final Engine engine;
  private final Clock clock;
  private final long stateBudget;
  private final int eventTime;
  private final SortedMap<Lane, SpeedLane> lanes = new TreeMap<>();
  private final SortedMap<Lane, LaneLedger> settled = new TreeMap<>();
  private final Map<String, Fold> folds = new LinkedHashMap<>();
  private final List<Cut> cuts = new ArrayList<>();
  private final Object advance = new Object();
  private volatile int laneCount;

  /**
   * Where every lane rolled, and what is sealed below. A held cut keeps segments from merging
   * across it until it is released.
   *
   * @param ledger the account of the lanes up to the cut
   * @param sealed the segments of each fold that are not durable; a fold that is still catching up
   *     with the account is absent
   */
  public record Cut(StreamLedger ledger, Map<String, List<Segment>> sealed) {
    /** Whether a segment lies wholly below the cut; no segment lies on both sides of a held one. */
    public boolean contains(Coverage coverage) {
      return coverage.ends().entrySet().stream()
          .allMatch(
              end -> {
                LaneLedger lane = ledger.lanes().get(end.getKey());
                return lane != null && end.getValue() <= lane.position();
              });
    }
  }

  /**
   * @param stateBudget about how many bytes of heap one fold's state may take; half of it may be
   *     live, all lanes together
   */
  public SpeedLayer(StreamDefinition stream, Engine engine, Clock clock, long stateBudget) {
    this.engine = engine;
    this.clock = clock;
    this.stateBudget = stateBudget;
    this.eventTime =
        stream.eventTime().map(name -> stream.schema().indexOf(name).orElseThrow()).orElse(-1);
  }

  /** Starts a lane at the end of its account. */
  public synchronized SpeedLane open(Lane lane, LaneLedger ledger) {
    SpeedLane opened =
        new SpeedLane(lane, engine, ledger, eventTime, this::advanced, this::liveBytes);
    folds.values().forEach(fold -> opened.open(fold, ledger.position()));
    if (lanes.putIfAbsent(lane, opened) != null) {
      throw new IllegalStateException("Cannot open lane " + lane + " twice");
    }
    laneCount = lanes.size();
    return opened;
  }

  /** Carries the account of a lane that is closed: it is part of every cut and does not move. */
  public synchronized void settle(Lane lane, LaneLedger ledger) {
    settled.put(lane, ledger);
  }

  private long liveBytes() {
    return stateBudget / 2 / Math.max(1, laneCount);
  }

  Engine engine() {
    return engine;
  }

  /** Folds a fold too, on each lane from a position on. */
  public synchronized void open(Fold fold, Map<Lane, Long> positions) {
    folds.put(fold.identity(), fold);
    lanes.forEach(
        (lane, speed) -> speed.open(fold, positions.getOrDefault(lane, speed.ledger().position())));
  }

  /** Stops folding a fold and forgets what is not durable of it. */
  public synchronized void close(String fold) {
    folds.remove(fold);
    lanes.values().forEach(lane -> lane.close(fold));
  }

  public synchronized Collection<Fold> folds() {
    return List.copyOf(folds.values());
  }

  /** A lane that was opened. */
  public synchronized Optional<SpeedLane> lane(Lane lane) {
    return Optional.ofNullable(lanes.get(lane));
  }

  public synchronized Collection<SpeedLane> lanes() {
    return List.copyOf(lanes.values());
  }

  /** Rolls, without holding the cut. */
  public synchronized Cut roll() {
    return roll(false);
  }

  /** Rolls and holds the cut. */
  public synchronized Cut cut() {
    Cut cut = roll(true);
    cuts.add(cut);
    return cut;
  }

  private Cut roll(boolean boundary) {
    SortedMap<Lane, LaneLedger> ledgers = new TreeMap<>(settled);
    try {
      return roll(boundary, ledgers);
    } catch (RuntimeException noRoom) {
      if (boundary) {
        removeBoundaries(ledgers);
      }
      throw noRoom;
    }
  }

  private Cut roll(boolean boundary, SortedMap<Lane, LaneLedger> ledgers) {
    Map<String, List<Segment>> sealed = new LinkedHashMap<>();
    folds.keySet().forEach(fold -> sealed.put(fold, new ArrayList<>()));
    lanes.forEach(
        (lane, speed) -> {
          SpeedLane.Rolled rolled = speed.roll(boundary);
          ledgers.put(lane, rolled.ledger());
          sealed.keySet().retainAll(rolled.sealed().keySet());
          sealed.forEach((fold, segments) -> segments.addAll(rolled.sealed().get(fold)));
        });
    return new Cut(new StreamLedger(ledgers), sealed);
  }

  /** Lets segments merge across a cut again. */
  public synchronized void release(Cut cut) {
    if (cuts.remove(cut)) {
      removeBoundaries(cut.ledger().lanes());
    }
  }

  private void removeBoundaries(Map<Lane, LaneLedger> rolled) {
    rolled.forEach(
        (lane, ledger) -> {
          if (lanes.containsKey(lane)) {
            lanes.get(lane).removeBoundary(ledger.position());
          }
        });
  }

  public synchronized List<Cut> cuts() {
    return List.copyOf(cuts);
  }

  /** Lets go of segments of a fold that lie inside what is durable now. */
  public synchronized void drop(String fold, Coverage durable) {
    lanes.values().forEach(lane -> lane.drop(fold, durable));
  }

  /** Why a fold cannot go on, if it cannot. */
  public synchronized Optional<String> fault(String fold) {
    return lanes.values().stream().flatMap(lane -> lane.fault(fold).stream()).findFirst();
  }

  /** Why state of a fold that is large could not be moved out of the heap, if it could not. */
  public synchronized Optional<String> trouble(String fold) {
    return lanes.values().stream().flatMap(lane -> lane.trouble(fold).stream()).findFirst();
  }

  /** About how much heap the state of a fold takes. */
  public synchronized long heapBytes(String fold) {
    return lanes.values().stream().mapToLong(lane -> lane.heapBytes(fold)).sum();
  }

  /** The account of every lane at this moment, each at a chunk boundary. */
  public synchronized StreamLedger ledger() {
    SortedMap<Lane, LaneLedger> ledgers = new TreeMap<>(settled);
    lanes.forEach((lane, speed) -> ledgers.put(lane, speed.ledger()));
    return new StreamLedger(ledgers);
  }

  private void advanced() {
    synchronized (advance) {
      advance.notifyAll();
    }
  }

  /**
   * Waits until every lane has passed the given positions.
   *
   * @return false if they have not within the time
   */
  public boolean await(Map<Lane, Long> positions, long timeoutMillis) throws InterruptedException {
    long deadline = clock.nanos() + timeoutMillis * 1_000_000;
    synchronized (advance) {
      while (!hasPassed(positions)) {
        long left = (deadline - clock.nanos()) / 1_000_000;
        if (left <= 0) {
          return false;
        }
        advance.wait(Math.min(left, 1_000));
      }
      return true;
    }
  }

  private boolean hasPassed(Map<Lane, Long> positions) {
    SortedMap<Lane, LaneLedger> ledgers = ledger().lanes();
    return positions.entrySet().stream()
        .allMatch(
            entry -> {
              LaneLedger lane = ledgers.get(entry.getKey());
              return lane != null && lane.position() >= entry.getValue();
            });
  }
}
