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
import org.anabranch.view.Publisher;
import org.anabranch.view.Segment;
import org.anabranch.view.SegmentStore.Addition;
import org.anabranch.view.SegmentStore.Change;
import org.anabranch.view.SegmentStore.Origin;
import org.anabranch.view.StaleException;
import org.anabranch.view.Step;
import org.anabranch.view.StreamLedger;
import org.anabranch.view.segment.GroupTooLargeException;

/**
 * Makes the speed layer's sealed segments durable every few seconds, one commit for all views of
 * the stream, so that a restart folds little again. It loses to a batch run that published the same
 * coverage first, and that is no loss.
 */
public final class Checkpoint implements Step {
  private final SpeedLayer layer;
  private final Publisher publisher;
  private final Clock clock;
  private final long everyMillis;
  private long last;
  private StreamLedger lastLedger = StreamLedger.EMPTY;

  public Checkpoint(SpeedLayer layer, Publisher publisher, Clock clock, long everyMillis) {
    this.layer = layer;
    this.publisher = publisher;
    this.clock = clock;
    this.everyMillis = everyMillis;
    this.last = clock.millis();
  }

  @Override
  public int step() throws IOException {
    return clock.millis() - last < everyMillis ? 0 : checkpoint();
  }

  /** Makes durable what is folded now. */
  public int checkpoint() throws IOException {
    last = clock.millis();
    if (layer.ledger().equals(lastLedger)) {
      return 0;
    }
    SpeedLayer.Cut here = layer.cut();
    try {
      List<Addition> additions = additions(here);
      publisher.publish(
          new Change(
              additions, Set.of(), Map.of(), Map.of(Publisher.LEDGER, here.ledger().toText())));
      lastLedger = here.ledger();
      return Math.max(1, additions.size());
    } catch (StaleException overtaken) {
      return 1;
    } finally {
      layer.release(here);
    }
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
