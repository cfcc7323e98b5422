// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.anabranch.view.segment.Segments;
import org.junit.jupiter.api.Test;

/** Tries to build wrong tilings. */
class TilingTest {
  private static final Fold FOLD =
      new Fold("s", Schema.of(), Optional.empty(), Optional.empty(), List.of(), List.of());
  private static final int BELOW = 16;

  private static Tiling tiling(Coverage coverage, List<Coverage> pieces) {
    return Tiling.of(
        FOLD, coverage, pieces.stream().map(piece -> FixedSegment.of(FOLD, piece)).toList());
  }

  @Test
  void disjointPiecesThatAddUpAreAccepted() {
    Trials.run(
        500,
        random -> {
          Coverage whole = RandomCoverages.any(random, BELOW);
          List<Coverage> pieces = RandomCoverages.pieces(random, whole, 1 + random.nextInt(5));
          Tiling tiling = tiling(whole, pieces);
          assertEquals(whole, tiling.coverage());
          assertEquals(pieces.size(), tiling.segments().size());
        });
  }

  @Test
  void anyOtherPiecesAreRefusedWithExactlyThePositionsAtFault() {
    int[] seen = new int[4];
    Trials.run(3000, random -> seen[tried(random)]++);
    for (int kind = 0; kind < seen.length; kind++) {
      assertTrue(seen[kind] > 100, "of kind " + kind + " were only " + seen[kind]);
    }
  }

  /** Tries pieces of any kind; 0 accepted, 1 overlapping, 2 reaching outside, 3 with a gap. */
  private static int tried(Random random) {
    Coverage whole = RandomCoverages.any(random, BELOW);
    List<Coverage> pieces =
        new ArrayList<>(RandomCoverages.pieces(random, whole, 1 + random.nextInt(4)));
    if (random.nextInt(3) == 0) {
      pieces.remove(random.nextInt(pieces.size()));
    }
    if (random.nextInt(2) == 0) {
      pieces.add(single(random));
    }
    Collections.shuffle(pieces, random);
    Map<Lane, int[]> counts = counts(pieces);
    Coverage twice = where(counts, 2, Integer.MAX_VALUE);
    Coverage covered = where(counts, 1, Integer.MAX_VALUE);
    if (!twice.isEmpty()) {
      OverlapException refused = assertThrows(OverlapException.class, () -> tiling(whole, pieces));
      assertEquals(twice, refused.shared());
      assertTrue(refused.getMessage().contains(twice.toString()));
      return 1;
    }
    Coverage outside = covered.minus(whole);
    if (!outside.isEmpty()) {
      OverlapException refused = assertThrows(OverlapException.class, () -> tiling(whole, pieces));
      assertEquals(outside, refused.shared());
      return 2;
    }
    Coverage missing = whole.minus(covered);
    if (!missing.isEmpty()) {
      GapException refused = assertThrows(GapException.class, () -> tiling(whole, pieces));
      assertEquals(missing, refused.missing());
      assertTrue(refused.getMessage().contains(missing.toString()));
      return 3;
    }
    assertEquals(whole, tiling(whole, pieces).coverage());
    return 0;
  }

  private static Coverage single(Random random) {
    Lane lane = RandomCoverages.LANES.get(random.nextInt(RandomCoverages.LANES.size()));
    int from = random.nextInt(BELOW);
    return Coverage.of(lane, from, from + 1 + random.nextInt(2));
  }

  private static Map<Lane, int[]> counts(List<Coverage> pieces) {
    Map<Lane, int[]> counts = new TreeMap<>();
    RandomCoverages.LANES.forEach(lane -> counts.put(lane, new int[BELOW + 4]));
    for (Coverage piece : pieces) {
      counts.forEach(
          (lane, count) -> {
            for (Range range : piece.ranges(lane)) {
              for (long position = range.from(); position < range.to(); position++) {
                count[(int) position]++;
              }
            }
          });
    }
    return counts;
  }

  private static Coverage where(Map<Lane, int[]> counts, int least, int most) {
    Coverage.Builder builder = new Coverage.Builder();
    counts.forEach(
        (lane, count) -> {
          for (int position = 0; position < count.length; position++) {
            if (least <= count[position] && count[position] <= most) {
              builder.add(lane, new Range(position, position + 1));
            }
          }
        });
    return builder.build();
  }

  @Test
  void aSegmentOfAnotherFoldIsRefused() {
    Coverage coverage = Coverage.of(RandomCoverages.LANES.get(0), 0, 3);
    Segment other = Segments.empty("another", coverage, Tally.ZERO);
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> Tiling.of(FOLD, coverage, List.of(other)));
    assertTrue(refused.getMessage().contains("another"), refused.getMessage());
  }

  @Test
  void theTallyIsThatOfAllSegments() {
    Lane lane = RandomCoverages.LANES.get(0);
    Tally.Sample early = new Tally.Sample(lane, 1, "early");
    Tally.Sample late = new Tally.Sample(lane, 7, "late");
    List<Segment> segments = new ArrayList<>();
    segments.add(
        Segments.empty(
            FOLD.identity(), Coverage.of(lane, 5, 10), new Tally(0, 2, 1, List.of(late))));
    segments.add(
        Segments.empty(
            FOLD.identity(), Coverage.of(lane, 0, 5), new Tally(0, 1, 1, List.of(early))));
    assertEquals(
        new Tally(0, 3, 2, List.of(early, late)),
        Tiling.of(FOLD, Coverage.of(lane, 0, 10), segments).tally());
  }
}
