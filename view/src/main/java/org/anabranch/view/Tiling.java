// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.List;

/**
 * The segments chosen to answer a view: disjoint, and together exactly the history the answer
 * claims to cover. Making one is the only place where "no double count, no gap" is decided.
 */
public final class Tiling {
  private final Coverage coverage;
  private final List<Segment> segments;

  private Tiling(Coverage coverage, List<Segment> segments) {
    this.coverage = coverage;
    this.segments = segments;
  }

  /**
   * A tiling of exactly the given coverage.
   *
   * @throws OverlapException if two segments account for one position, or a segment reaches outside
   *     the coverage
   * @throws GapException if a position of the coverage has no segment
   * @throws IllegalArgumentException if a segment belongs to another fold
   */
  public static Tiling of(Fold fold, Coverage coverage, List<? extends Segment> segments) {
    Coverage total = Coverage.EMPTY;
    Coverage shared = Coverage.EMPTY;
    for (Segment segment : segments) {
      if (!segment.fold().equals(fold.identity())) {
        throw new IllegalArgumentException(
            "Cannot answer fold " + fold.identity() + " from a segment of fold " + segment.fold());
      }
      shared = shared.union(total.intersect(segment.coverage()));
      total = total.union(segment.coverage());
    }
    if (!shared.isEmpty()) {
      throw OverlapException.of(shared);
    }
    Coverage outside = total.minus(coverage);
    if (!outside.isEmpty()) {
      throw OverlapException.outside(outside);
    }
    Coverage missing = coverage.minus(total);
    if (!missing.isEmpty()) {
      throw GapException.of(missing);
    }
    return new Tiling(coverage, List.copyOf(segments));
  }

  public Coverage coverage() {
    return coverage;
  }

  public List<Segment> segments() {
    return segments;
  }

  /** How all accepted rows of the coverage fared. */
  public Tally tally() {
    return segments.stream().map(Segment::tally).reduce(Tally.ZERO, Tally::merge);
  }
}
