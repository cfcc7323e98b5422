// SPDX-License-Identifier: Apache-2.0
package org.anabranch.speed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anabranch.view.Clock;
import org.anabranch.view.Fold;
import org.anabranch.view.Pause;
import org.anabranch.view.Publisher;
import org.anabranch.view.Segment;
import org.anabranch.view.SegmentStore.Addition;
import org.anabranch.view.SegmentStore.Change;
import org.anabranch.view.SegmentStore.Origin;
import org.anabranch.view.StaleException;
import org.anabranch.view.Step;
import org.anabranch.view.StreamLedger;
import org.anabranch.view.UnansweredException;
import org.anabranch.view.segment.GroupTooLargeException;

/**
 * Makes the speed layer's sealed segments durable every few seconds, one commit for all views of
 * the stream, so that a restart folds little again. It loses to a batch run that published the same
 * coverage first, and that is no loss.
 */
public final class Checkpoint implements Step {
  private final SpeedLayer layer;
  private final Publisher publisher;
  private final Pause pause;
  private final long everyMillis;
  private StreamLedger lastLedger = StreamLedger.EMPTY;
  private final List<SpeedLayer.Cut> unanswered = new ArrayList<>();

  public Checkpoint(SpeedLayer layer, Publisher publisher, Clock clock, long everyMillis) {
    this.layer = layer;
    this.publisher = publisher;
    this.pause = new Pause(clock);
    this.everyMillis = everyMillis;
    pause.begin(everyMillis);
  }

  @Override
  public int step() throws IOException {
    return pause.isOver() ? checkpoint() : 0;
  }

  /** Makes durable what is folded now. */
  public int checkpoint() throws IOException {
    pause.begin(everyMillis);
    if (layer.ledger().equals(lastLedger)) {
      return 0;
    }
    SpeedLayer.Cut here = layer.cut();
    boolean known = true;
    try {
      List<Addition> additions = additions(here);
      publisher.publish(
          new Change(
              additions, Set.of(), Map.of(), Map.of(Publisher.LEDGER, here.ledger().toText())));
      answered();
      lastLedger = here.ledger();
      return Math.max(1, additions.size());
    } catch (StaleException overtaken) {
      return 1;
    } catch (UnansweredException unknown) {
      known = false;
      throw unknown;
    } finally {
      release(here, known);
    }
  }

  /**
   * A cut whose publish gave no answer is held until one gives it: what may be durable below must
   * not become one segment with what is not.
   */
  private void release(SpeedLayer.Cut here, boolean known) {
    if (!known) {
      unanswered.add(here);
      return;
    }
    layer.release(here);
  }

  private void answered() {
    unanswered.forEach(layer::release);
    unanswered.clear();
  }

  private List<Addition> additions(SpeedLayer.Cut here) {
    List<Addition> additions = new ArrayList<>();
    for (Fold fold : layer.folds()) {
      List<Segment> sealed = here.sealed().getOrDefault(fold.identity(), List.of());
      for (List<Segment> together : betweenCuts(sealed)) {
        merged(fold, together)
            .forEach(segment -> additions.add(new Addition(segment, Origin.SPEED)));
      }
    }
    return additions;
  }

  private List<Segment> merged(Fold fold, List<Segment> together) {
    try {
      return List.of(layer.engine().merge(fold, together));
    } catch (GroupTooLargeException asTheyAre) {
      return together;
    }
  }

  /** Groups segments by the held cuts they lie between. */
  private Iterable<List<Segment>> betweenCuts(List<Segment> segments) {
    List<SpeedLayer.Cut> cuts = layer.cuts();
    Map<List<Boolean>, List<Segment>> groups = new LinkedHashMap<>();
    for (Segment segment : segments) {
      List<Boolean> sides = cuts.stream().map(cut -> cut.contains(segment.coverage())).toList();
      groups.computeIfAbsent(sides, ignored -> new ArrayList<>()).add(segment);
    }
    return groups.values();
  }
}
