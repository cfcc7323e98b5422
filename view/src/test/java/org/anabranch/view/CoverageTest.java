// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The algebra of coverages against sets of positions, one bit each. */
class CoverageTest {
  private static final int BELOW = 20;
  private static final Lane LANE = RandomCoverages.LANES.get(0);

  private static Map<Lane, BitSet> bits(Coverage coverage) {
    Map<Lane, BitSet> bits = new TreeMap<>();
    for (Lane lane : RandomCoverages.LANES) {
      BitSet set = new BitSet();
      coverage.ranges(lane).forEach(range -> set.set((int) range.from(), (int) range.to()));
      bits.put(lane, set);
    }
    return bits;
  }

  private interface Operation {
    void apply(BitSet left, BitSet right);
  }

  private static Map<Lane, BitSet> combined(Coverage a, Coverage b, Operation operation) {
    Map<Lane, BitSet> left = bits(a);
    Map<Lane, BitSet> right = bits(b);
    left.forEach((lane, set) -> operation.apply(set, right.get(lane)));
    return left;
  }

  private static void assertNormal(Coverage coverage) {
    coverage
        .ranges()
        .forEach(
            (lane, ranges) -> {
              assertFalse(ranges.isEmpty());
              for (int i = 0; i < ranges.size(); i++) {
                assertFalse(ranges.get(i).isEmpty());
                assertTrue(i == 0 || ranges.get(i - 1).to() < ranges.get(i).from());
              }
            });
  }

  private static void laws(Random random) {
    Coverage a = RandomCoverages.any(random, BELOW);
    Coverage b = RandomCoverages.any(random, BELOW);
    Coverage c = RandomCoverages.any(random, BELOW);
    List.of(a.union(b), a.minus(b), a.intersect(b)).forEach(CoverageTest::assertNormal);
    assertEquals(combined(a, b, BitSet::or), bits(a.union(b)));
    assertEquals(combined(a, b, BitSet::andNot), bits(a.minus(b)));
    assertEquals(combined(a, b, BitSet::and), bits(a.intersect(b)));
    assertEquals(!a.intersect(b).isEmpty(), a.overlaps(b));
    assertEquals(b.minus(a).isEmpty(), a.containsAll(b));
    assertEquals(bits(a).equals(bits(b)), a.equals(b));
    assertEquals(a.union(b).union(c), a.union(b.union(c)));
    assertEquals(a, a.minus(b).plus(a.intersect(b)));
    assertEquals(a.minus(b).hashCode(), a.minus(a.intersect(b)).hashCode());
    assertEquals(a, Coverage.parse(a.toString()));
    assertEquals(a.toString(), Coverage.parse(a.toString()).toString());
    assertEquals(bits(a).values().stream().mapToLong(BitSet::cardinality).sum(), a.positions());
  }

  @Test
  void theAlgebraIsThatOfSetsOfPositions() {
    Trials.run(3000, CoverageTest::laws);
  }

  @Test
  void plusIsTheUnionOfDisjointOnesAndRefusesOthersNamingWhatTheyShare() {
    Trials.run(
        3000,
        random -> {
          Coverage a = RandomCoverages.any(random, BELOW);
          Coverage b = RandomCoverages.any(random, BELOW);
          Coverage shared = a.intersect(b);
          if (shared.isEmpty()) {
            assertEquals(a.union(b), a.plus(b));
            assertEquals(a.positions() + b.positions(), a.plus(b).positions());
          } else {
            OverlapException refused = assertThrows(OverlapException.class, () -> a.plus(b));
            assertEquals(shared, refused.shared());
            assertTrue(refused.getMessage().contains(shared.toString()));
          }
        });
  }

  @Test
  void membershipAndEndsAreThoseOfTheSet() {
    Trials.run(
        500,
        random -> {
          Coverage coverage = RandomCoverages.any(random, BELOW);
          bits(coverage)
              .forEach(
                  (lane, set) -> {
                    assertEquals(set.length(), coverage.end(lane));
                    assertEquals(
                        set.isEmpty() ? null : (long) set.length(), coverage.ends().get(lane));
                    for (int position = 0; position <= BELOW; position++) {
                      assertEquals(set.get(position), coverage.contains(lane, position));
                    }
                  });
        });
  }

  @Test
  void theFirstHoleIsTheFirstMissingPositionAboveTheStart() {
    Trials.run(
        3000,
        random -> {
          Coverage coverage = RandomCoverages.any(random, BELOW);
          Map<Lane, Long> starts = new HashMap<>();
          RandomCoverages.LANES.forEach(lane -> starts.put(lane, (long) random.nextInt(BELOW)));
          assertEquals(holeByBits(coverage, starts), coverage.firstHole(starts));
        });
  }

  private static Optional<Coverage.Hole> holeByBits(Coverage coverage, Map<Lane, Long> starts) {
    for (Map.Entry<Lane, BitSet> lane : bits(coverage).entrySet()) {
      int from = lane.getValue().nextClearBit(starts.get(lane.getKey()).intValue());
      int to = lane.getValue().nextSetBit(from);
      if (to >= 0) {
        return Optional.of(new Coverage.Hole(lane.getKey(), new Range(from, to)));
      }
    }
    return Optional.empty();
  }

  @Test
  void betweenIsUpToTheEndsWithoutUpToTheStarts() {
    Trials.run(
        500,
        random -> {
          Map<Lane, Long> starts = new HashMap<>();
          Map<Lane, Long> ends = new HashMap<>();
          for (Lane lane : RandomCoverages.LANES) {
            if (random.nextBoolean()) {
              starts.put(lane, (long) random.nextInt(5));
            }
            if (random.nextBoolean()) {
              ends.put(lane, (long) random.nextInt(5));
            }
          }
          assertEquals(
              Coverage.upTo(ends).minus(Coverage.upTo(starts)), Coverage.between(starts, ends));
        });
  }

  @Test
  void nothingIsOneAndTheSame() {
    assertEquals(Coverage.EMPTY, Coverage.of(LANE, 5, 5));
    assertEquals(Coverage.EMPTY, Coverage.parse(""));
    assertEquals("", Coverage.EMPTY.toString());
    assertTrue(Coverage.EMPTY.isEmpty());
  }

  @Test
  void textThatIsNoCoverageIsRefused() {
    for (String text :
        List.of(
            "a",
            "a.0.0",
            "a.0.0:5",
            "a.0.0:5-4",
            "a.0:1-2",
            "a.0.0:1-2;",
            ":",
            "a.x.0:1-2",
            "a.0.0:-1-2")) {
      assertThrows(IllegalArgumentException.class, () -> Coverage.parse(text), text);
    }
  }
}
