// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.anabranch.lake.AcceptedGap;
import org.anabranch.lake.LaneRegistry;
import org.anabranch.lake.RegisteredLane;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.StreamLedger;

/**
 * What a stream's history is, up to where its account stands: of every lane that ever was, the
 * positions from its opening to the end of its account, but for those that are gone and that
 * somebody decided to go on without. This is the only place where that is decided.
 */
final class Frontier {
  static final Frontier EMPTY = new Frontier(new TreeMap<>(), Coverage.EMPTY);

  private final SortedMap<Lane, Long> openings;
  private final Coverage lost;

  private Frontier(SortedMap<Lane, Long> openings, Coverage lost) {
    this.openings = Collections.unmodifiableSortedMap(openings);
    this.lost = lost;
  }

  /** The frontier of what the registry says now. */
  static Frontier of(LaneRegistry registry) {
    return of(registry.lanes(), registry.gaps());
  }

  static Frontier of(List<RegisteredLane> lanes, List<AcceptedGap> gaps) {
    SortedMap<Lane, Long> openings = new TreeMap<>();
    lanes.forEach(lane -> openings.put(lane.lane(), lane.opened()));
    Coverage.Builder lost = new Coverage.Builder();
    gaps.forEach(gap -> lost.add(gap.lane(), gap.range()));
    return new Frontier(openings, lost.build());
  }

  /** What views account for when the lanes' accounts are these. */
  Coverage at(StreamLedger ledger) {
    SortedMap<Lane, Long> ends = new TreeMap<>();
    ledger.lanes().forEach((lane, account) -> ends.put(lane, account.position()));
    return upTo(ends);
  }

  /** History below a position of each lane. */
  Coverage upTo(Map<Lane, Long> ends) {
    return Coverage.between(openings, ends).minus(lost);
  }

  /** The first position of a lane that history accounts for. */
  long opening(Lane lane) {
    return openings.getOrDefault(lane, 0L);
  }

  /** The positions that were given up. */
  Coverage lost() {
    return lost;
  }
}
