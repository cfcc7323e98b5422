// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.RandomExpressions;
import org.anabranch.view.reference.ReferenceEngine;
import org.anabranch.view.segment.SegmentMerge;
import org.junit.jupiter.api.Test;

/**
 * What every engine does, on random folds and rows: the same bytes and the same tally as the
 * reference, in any order and any segmentation. An implementation's test extends this class.
 */
public abstract class EngineContract {
  protected abstract Engine engine();

  /** How many random folds are tried. */
  protected int trials() {
    return 150;
  }

  /** How many positions a random history has. */
  protected int positions() {
    return 250;
  }

  private static final Engine REFERENCE = new ReferenceEngine();

  private static Segment folded(Engine engine, Fold fold, List<Rows> chunks) {
    LiveSegment live = engine.open(fold);
    chunks.forEach(live::add);
    return live.seal();
  }

  private static Fold fold(Random random) {
    return new RandomFolds(RandomRows.SCHEMA, random).next();
  }

  private static void assertSame(Segment expected, Segment actual) {
    assertEquals(expected.coverage(), actual.coverage());
    assertEquals(expected.tally(), actual.tally());
    assertEquals(expected.groups(), actual.groups());
    assertEquals(expected.bytes(), actual.bytes());
    assertEquals(expected.digest(), actual.digest());
  }

  @Test
  void itEqualsTheReferenceInAnyOrderOfChunks() {
    Trials.run(
        trials(),
        random -> {
          Fold fold = fold(random);
          MemoryHistory history = RandomRows.history(random, positions());
          Segment expected = REFERENCE.fold(fold, history, history.coverage());
          assertSame(expected, engine().fold(fold, history, history.coverage()));
          assertSame(expected, folded(engine(), fold, history.chunks(history.coverage())));
        });
  }

  @Test
  void anySegmentationMergesToTheSameBytes() {
    long[] merged = new long[1];
    Trials.run(
        trials(),
        random -> {
          Fold fold = fold(random);
          MemoryHistory history = RandomRows.history(random, positions());
          Segment expected = engine().fold(fold, history, history.coverage());
          List<Segment> pieces = new ArrayList<>();
          for (Coverage piece :
              RandomCoverages.pieces(random, history.coverage(), 1 + random.nextInt(5))) {
            pieces.add(folded(engine(), fold, history.chunks(piece)));
          }
          Collections.shuffle(pieces, random);
          SegmentMerge merge = new SegmentMerge(fold);
          assertSame(expected, merge.in(SegmentSpace.HEAP, pieces));
          int half = pieces.size() / 2;
          assertSame(
              expected,
              merge.in(
                  SegmentSpace.HEAP,
                  List.of(
                      merge.in(SegmentSpace.HEAP, pieces.subList(half, pieces.size())),
                      merge.in(SegmentSpace.HEAP, pieces.subList(0, half)))));
          merged[0] += pieces.stream().mapToLong(Segment::groups).sum() - expected.groups();
        });
    System.out.println("States merged: " + merged[0]);
    assertTrue(merged[0] > 5L * trials(), "only " + merged[0] + " states were ever merged");
  }

  @Test
  void everyAcceptedRowIsFoldedFilteredOrRejected() {
    long[] seen = new long[3];
    Trials.run(
        trials(),
        random -> {
          Fold fold = fold(random);
          MemoryHistory history = RandomRows.history(random, positions());
          LiveSegment live = engine().open(fold);
          long accepted = 0;
          Coverage coverage = Coverage.EMPTY;
          for (Rows rows : history.chunks(history.coverage())) {
            live.add(rows);
            accepted += rows.size();
            coverage = coverage.plus(rows.coverage());
            assertEquals(accepted, live.tally().accepted());
            assertEquals(coverage, live.coverage());
          }
          long groups = live.groups();
          assertTrue(live.stateBytes() >= groups, live.stateBytes() + " for " + groups);
          Segment segment = live.seal();
          assertEquals(groups, segment.groups());
          Tally tally = segment.tally();
          assertEquals(Math.min(Tally.MAX_SAMPLES, tally.rejected()), tally.samples().size());
          seen[0] += tally.folded();
          seen[1] += tally.filtered();
          seen[2] += tally.rejected();
        });
    System.out.println("Folded, filtered, rejected: " + Arrays.toString(seen));
    for (long rows : seen) {
      assertTrue(rows > 0, "rows of some kind were never seen: " + Arrays.toString(seen));
    }
  }

  @Test
  void anOverlappingChunkIsRefusedAndChangesNothing() {
    Trials.run(
        trials() / 3,
        random -> {
          Fold fold = fold(random);
          MemoryHistory history = RandomRows.history(random, positions());
          List<Rows> chunks = history.chunks(history.coverage());
          LiveSegment live = engine().open(fold);
          for (Rows rows : chunks) {
            live.add(rows);
            Rows again = chunks.get(random.nextInt(chunks.size()));
            if (live.coverage().overlaps(again.coverage())) {
              Coverage shared = live.coverage().intersect(again.coverage());
              OverlapException refused =
                  assertThrows(OverlapException.class, () -> live.add(again));
              assertEquals(shared, refused.shared());
            }
          }
          assertSame(REFERENCE.fold(fold, history, history.coverage()), live.seal());
        });
  }

  @Test
  void onlyTheColumnsOfTheFoldAreNeededByNameInAnyOrder() {
    Trials.run(
        trials() / 3,
        random -> {
          Fold fold = fold(random);
          MemoryHistory history = RandomRows.history(random, positions());
          Segment expected = REFERENCE.fold(fold, history, history.coverage());
          List<String> columns = new ArrayList<>(fold.columns());
          Collections.shuffle(columns, random);
          LiveSegment live = engine().open(fold);
          try (History.RowsReader reader = history.read(history.coverage(), columns)) {
            for (Rows rows = reader.next(); rows != null; rows = reader.next()) {
              live.add(rows);
            }
          }
          assertSame(expected, live.seal());
          if (!columns.isEmpty()) {
            History.RowsReader less =
                history.read(history.coverage(), columns.subList(1, columns.size()));
            LiveSegment fresh = engine().open(fold);
            Rows rows = less.next();
            IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> fresh.add(rows));
            assertTrue(refused.getMessage().contains(columns.get(0)), refused.getMessage());
            assertEquals(Coverage.EMPTY, fresh.coverage());
          }
        });
  }

  @Test
  void aSegmentOfNoRowsAccountsForItsPositionsAndHasNoGroups() {
    Trials.run(
        20,
        random -> {
          Fold fold = fold(random);
          Segment nothing = engine().open(fold).seal();
          assertEquals(Coverage.EMPTY, nothing.coverage());
          assertEquals(0, nothing.groups());
          Lane lane = RandomRows.LANES.get(0);
          MemoryHistory empty = new MemoryHistory(RandomRows.SCHEMA, random, 3);
          for (int i = 0; i < 10; i++) {
            empty.append(lane, null);
          }
          Segment gaps = engine().fold(fold, empty, empty.coverage());
          assertEquals(Coverage.of(lane, 0, 10), gaps.coverage());
          assertEquals(Tally.ZERO, gaps.tally());
          assertEquals(nothing.digest(), gaps.digest());
        });
  }

  @Test
  void aSealedSegmentTakesNoMoreRows() {
    Trials.run(
        5,
        random -> {
          MemoryHistory history = RandomRows.history(random, 20);
          LiveSegment live = engine().open(fold(random));
          live.seal();
          Rows rows = history.chunks(history.coverage()).get(0);
          assertThrows(IllegalStateException.class, () -> live.add(rows));
        });
  }

  @Test
  void anEvaluatorGivesTheValuesAndErrorsOfTheReference() {
    long[] seen = new long[2];
    Trials.run(
        trials() * 4,
        random -> {
          RandomExpressions expressions =
              new RandomExpressions(RandomRows.SCHEMA, random.nextLong());
          Expression expression = expressions.next();
          MemoryHistory history = RandomRows.history(random, 60);
          Evaluator expected = REFERENCE.evaluator(expression, RandomRows.SCHEMA);
          Evaluator actual = engine().evaluator(expression, RandomRows.SCHEMA);
          for (Rows rows : history.chunks(history.coverage())) {
            assertEvaluated(
                expression, expected.evaluate(rows), actual.evaluate(rows), rows.size(), seen);
          }
        });
    assertTrue(seen[0] > 0 && seen[1] > 0, "values " + seen[0] + ", errors " + seen[1]);
  }

  private static void assertEvaluated(
      Expression expression,
      Evaluator.Evaluated expected,
      Evaluator.Evaluated actual,
      int rows,
      long[] seen) {
    assertEquals(rows, actual.values().size());
    assertEquals(expression.type(), actual.values().type());
    for (int row = 0; row < rows; row++) {
      assertEquals(expected.values().get(row), actual.values().get(row), expression::canonical);
      if (expected.isError(row)) {
        assertEquals(expected.errors()[row], actual.errors()[row], expression::canonical);
        assertNull(actual.values().get(row));
      } else {
        assertFalse(actual.isError(row), expression::canonical);
      }
      seen[expected.isError(row) ? 1 : 0]++;
    }
    if (expected.errors() == null) {
      assertArrayEquals(
          new String[rows], actual.errors() == null ? new String[rows] : actual.errors());
    }
  }
}
