// SPDX-License-Identifier: Apache-2.0
package org.anabranch.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import org.anabranch.view.Coverage;
import org.anabranch.view.Engine;
import org.anabranch.view.Fold;
import org.anabranch.view.Lane;
import org.anabranch.view.Segment;
import org.anabranch.view.segment.GroupTooLargeException;

/**
 * The sealed segments of one fold on one lane that are not durable yet, oldest first, each starting
 * where the one before ends. Neighbours of like size are merged as they come, so that n seals leave
 * O(log n) segments; a merge never crosses a boundary. Guarded by its lane.
 */
final class SealedRun {
  private static final long SMALL = 16 * 1024;

  private final Fold fold;
  private final Lane lane;
  private final Engine engine;
  private final List<Segment> segments = new ArrayList<>();
  private String fault;

  SealedRun(Fold fold, Lane lane, Engine engine) {
    this.fold = fold;
    this.lane = lane;
    this.engine = engine;
  }

  void append(Segment sealed, NavigableSet<Long> boundaries) {
    segments.add(sealed);
    for (int last = segments.size() - 1; last > 0 && merges(last, boundaries); last--) {
      try {
        Segment merged = engine.merge(fold, segments.subList(last - 1, last + 1));
        segments.remove(last);
        segments.set(last - 1, merged);
      } catch (GroupTooLargeException e) {
        fault = e.getMessage();
        return;
      }
    }
  }

  /** Why they cannot be merged, if they cannot. */
  Optional<String> fault() {
    return Optional.ofNullable(fault);
  }

  private boolean merges(int last, NavigableSet<Long> boundaries) {
    Segment earlier = segments.get(last - 1);
    Segment later = segments.get(last);
    boolean alike = earlier.bytes() <= Math.max(SMALL, later.bytes() * 2);
    return alike && !boundaries.contains(earlier.coverage().end(lane));
  }

  List<Segment> segments() {
    return List.copyOf(segments);
  }

  long heapBytes() {
    return segments.stream().mapToLong(Segment::heapBytes).sum();
  }

  /** Lets go of what is durable now. */
  void drop(Coverage durable) {
    segments.removeIf(segment -> durable.containsAll(segment.coverage()));
  }
}
