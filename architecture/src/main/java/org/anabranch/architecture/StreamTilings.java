// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.anabranch.speed.SpeedLayer;
import org.anabranch.view.Clock;
import org.anabranch.view.Coverage;
import org.anabranch.view.DamagedException;
import org.anabranch.view.Fold;
import org.anabranch.view.Publisher;
import org.anabranch.view.SegmentStore;
import org.anabranch.view.SegmentStore.Change;
import org.anabranch.view.SegmentStore.Entry;
import org.anabranch.view.SegmentStore.Manifest;
import org.anabranch.view.SegmentStore.Origin;
import org.anabranch.view.StaleException;
import org.anabranch.view.Standing;
import org.anabranch.view.StreamLedger;
import org.anabranch.view.TilingSource;
import org.anabranch.view.UnansweredException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What answers for one stream: the durable segments of the manifest and, above them, what the speed
 * layer has sealed. A publish changes both sides under one lock, so that at no moment a position
 * answers twice or not at all.
 */
final class StreamTilings implements TilingSource, Publisher, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamTilings.class);

  private final String stream;
  private final SegmentStore store;
  private final SpeedLayer speed;
  private final Clock clock;
  private final List<String> notes = new ArrayList<>();
  private final Object publishing = new Object();
  private final Set<PinnedTilings> pinned = ConcurrentHashMap.newKeySet();

  /** Whether the store may have more than is known here. Guarded by {@code publishing}. */
  private boolean behind;

  private Frontier history = Frontier.EMPTY;
  private Map<String, HeldSegment> durable = new LinkedHashMap<>();
  private Manifest manifest;
  private PinnedTilings latest;

  StreamTilings(String stream, SegmentStore store, SpeedLayer speed, Clock clock)
      throws IOException {
    this.stream = stream;
    this.store = store;
    this.speed = speed;
    this.clock = clock;
    try {
      adopt(store.manifest());
    } catch (DamagedException damaged) {
      adopt(store.publish(new Change(List.of(), lost(), Map.of(), Map.of())));
    }
  }

  /** What was found and made good when they were opened, in words. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /** The segments of which no copy can be read; what they covered is folded again from history. */
  private Set<String> lost() throws IOException {
    Set<String> lost = new HashSet<>();
    for (Entry entry : store.manifest().segments()) {
      try {
        store.open(entry).close();
      } catch (DamagedException damaged) {
        String note =
            "stream "
                + stream
                + ": a segment of "
                + entry.coverage()
                + " was lost and is folded again from the history: "
                + damaged.getMessage();
        LOG.warn(note);
        notes.add(note);
        lost.add(entry.id());
      }
    }
    return lost;
  }

  /** Says what history is made of. */
  synchronized void history(Frontier now) {
    history = now;
    forgetLatest();
  }

  synchronized Frontier history() {
    return history;
  }

  @Override
  public synchronized Manifest manifest() {
    return manifest;
  }

  /** Removes segments that account for positions which are given up; the rest is folded anew. */
  void giveUp(Coverage lost) throws IOException {
    Set<String> beyond =
        manifest().segments().stream()
            .filter(entry -> entry.coverage().overlaps(lost))
            .map(Entry::id)
            .collect(Collectors.toSet());
    if (!beyond.isEmpty()) {
      publish(new Change(List.of(), beyond, Map.of(), Map.of()));
    }
  }

  @Override
  public Manifest publish(Change change) throws IOException {
    synchronized (publishing) {
      boolean unsure = behind;
      catchUp();
      // The attempt whose answer was lost may have been this one.
      if (unsure && PublishedChange.isIn(manifest(), change)) {
        return manifest();
      }
      behind = true;
      try {
        adopt(store.publish(change));
        behind = false;
        return manifest();
      } catch (StaleException lost) {
        catchUp();
        throw lost;
      } catch (IOException | RuntimeException unknown) {
        if (isMade(change, unknown)) {
          return manifest();
        }
        throw unknown;
      }
    }
  }

  /** Looks whether a publish that gave no answer was made. */
  private boolean isMade(Change change, Exception unknown) throws UnansweredException {
    try {
      catchUp();
      return PublishedChange.isIn(manifest(), change);
    } catch (IOException | RuntimeException again) {
      unknown.addSuppressed(again);
      throw new UnansweredException(unknown);
    }
  }

  /**
   * A publish that failed half-way may be in the store: what comes next builds on what is there.
   */
  private void catchUp() throws IOException {
    if (behind) {
      adopt(store.manifest());
      behind = false;
    }
  }

  /** Opens a durable segment once more; the caller closes it. */
  org.anabranch.view.Segment open(Entry entry) throws IOException {
    return store.open(entry);
  }

  /** Lets a manifest answer. New segments are opened before anything changes. */
  private void adopt(Manifest next) throws IOException {
    Map<String, HeldSegment> kept = new LinkedHashMap<>();
    for (Entry entry : next.segments()) {
      HeldSegment held = durable.get(entry.id());
      kept.put(entry.id(), held == null ? new HeldSegment(store.open(entry)) : held);
    }
    synchronized (this) {
      List<HeldSegment> retired = new ArrayList<>(durable.values());
      retired.removeAll(kept.values());
      durable = kept;
      manifest = next;
      Set<String> folds = next.segments().stream().map(Entry::fold).collect(Collectors.toSet());
      folds.forEach(fold -> speed.drop(fold, durableCoverage(fold)));
      forgetLatest();
      retired.forEach(HeldSegment::release);
    }
  }

  /** What durable segments of a fold cover. */
  synchronized Coverage durableCoverage(String fold) {
    return covered(manifest, fold, Set.of(Origin.values()));
  }

  static Coverage covered(Manifest manifest, String fold, Set<Origin> origins) {
    Coverage.Builder builder = new Coverage.Builder();
    for (Entry entry : manifest.segments()) {
      if (entry.fold().equals(fold) && origins.contains(entry.origin())) {
        entry
            .coverage()
            .ranges()
            .forEach((lane, ranges) -> ranges.forEach(range -> builder.add(lane, range)));
      }
    }
    return builder.build();
  }

  @Override
  public synchronized PinnedTilings pin() {
    StreamLedger now = speed.ledger();
    if (latest == null || !latest.standing().ledger().equals(now)) {
      forgetLatest();
      latest = take(speed.roll());
    }
    return latest.retain();
  }

  /** Rolls the speed layer, holds the cut, and pins what answers below it. */
  synchronized HeldCut cut() {
    SpeedLayer.Cut cut = speed.cut();
    return new HeldCut(take(cut), () -> speed.release(cut));
  }

  private PinnedTilings take(SpeedLayer.Cut cut) {
    Map<String, List<HeldSegment>> held = new HashMap<>();
    manifest
        .segments()
        .forEach(
            entry ->
                held.computeIfAbsent(entry.fold(), ignored -> new ArrayList<>())
                    .add(durable.get(entry.id())));
    PinnedTilings taken =
        new PinnedTilings(standing(cut.ledger()), held, cut.sealed(), pinned::remove);
    pinned.add(taken);
    return taken;
  }

  /** Whether a statement that is not over has asked for the tiling of a fold. */
  synchronized boolean isUsed(String fold) {
    forgetLatest();
    return pinned.stream().anyMatch(pin -> pin.uses(fold));
  }

  private Standing standing(StreamLedger ledger) {
    Coverage frontier = history.at(ledger);
    Coverage cut = frontier;
    for (Fold fold : speed.folds()) {
      cut = cut.intersect(covered(manifest, fold.identity(), Set.of(Origin.BATCH, Origin.REPLAY)));
    }
    return new Standing(stream, frontier, history.lost(), cut, ledger, clock.millis());
  }

  private void forgetLatest() {
    if (latest != null) {
      latest.close();
      latest = null;
    }
  }

  @Override
  public boolean await(Coverage coverage, long timeoutMillis) throws InterruptedException {
    return speed.await(coverage.ends(), timeoutMillis);
  }

  @Override
  public void close() {
    synchronized (this) {
      forgetLatest();
      durable.values().forEach(HeldSegment::release);
      durable = Map.of();
    }
    store.close();
  }
}
