// SPDX-License-Identifier: Apache-2.0
package org.anabranch.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.anabranch.view.Chunk;
import org.anabranch.view.Clock;
import org.anabranch.view.Coverage;
import org.anabranch.view.Fold;
import org.anabranch.view.GapException;
import org.anabranch.view.Lane;
import org.anabranch.view.LaneLedger;
import org.anabranch.view.MemoryHistory;
import org.anabranch.view.MemoryPublisher;
import org.anabranch.view.RandomFolds;
import org.anabranch.view.RandomRows;
import org.anabranch.view.Rows;
import org.anabranch.view.Segment;
import org.anabranch.view.SegmentSpace;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Tiling;
import org.anabranch.view.Trials;
import org.anabranch.view.reference.ReferenceEngine;
import org.anabranch.view.segment.SegmentMerge;
import org.junit.jupiter.api.Test;

final class SpeedLayerTest {
  private static final ReferenceEngine ENGINE = new ReferenceEngine();

  /** A layer over random rows, driven by hand. */
  private static final class Driven {
    private final Random random;
    private final MemoryHistory history;
    private final Fold fold;
    private final SpeedLayer layer;
    private final MemoryPublisher published = new MemoryPublisher();
    private final Checkpoint checkpoint;
    private final Map<Lane, SpeedLane> lanes = new HashMap<>();
    private final Map<Lane, Deque<Rows>> waiting = new HashMap<>();
    private final List<SpeedLayer.Cut> cuts = new ArrayList<>();

    Driven(Random random) {
      this.random = random;
      this.history = RandomRows.history(random, 200);
      this.fold = new RandomFolds(history.schema(), random).next();
      StreamDefinition stream =
          new StreamDefinition("s", history.schema(), List.of(), Map.of(), "CREATE STREAM s");
      this.layer = new SpeedLayer(stream, ENGINE, Clock.SYSTEM, stateBudget());
      this.checkpoint = new Checkpoint(layer, published, Clock.SYSTEM, 0);
      List<Rows> chunks = new ArrayList<>(history.chunks(history.coverage()));
      chunks.sort(Comparator.comparingLong(rows -> rows.range().from()));
      for (Rows rows : chunks) {
        waiting.computeIfAbsent(rows.lane(), lane -> new ArrayDeque<>()).add(rows);
      }
      waiting.forEach(
          (lane, rows) ->
              lanes.put(lane, layer.open(lane, LaneLedger.startingAt(rows.peek().range().from()))));
      layer.open(fold, Map.of());
    }

    /** Sometimes so small that every chunk is sealed at once. */
    private long stateBudget() {
      return random.nextBoolean() ? 1L << 30 : random.nextInt(4_000);
    }

    void offerOne() {
      List<Lane> open = waiting.keySet().stream().filter(l -> !waiting.get(l).isEmpty()).toList();
      if (!open.isEmpty()) {
        Lane lane = open.get(random.nextInt(open.size()));
        lanes.get(lane).offer(new Chunk(waiting.get(lane).remove(), List.of(), -1, 0));
      }
    }

    boolean isOver() {
      return waiting.values().stream().allMatch(Deque::isEmpty);
    }

    void doSomething() throws IOException {
      switch (random.nextInt(8)) {
        case 0 -> layer.roll();
        case 1 -> checkpointAndDrop();
        case 2 -> cuts.add(layer.cut());
        case 3 -> releaseOne();
        case 4 -> answerIsExact();
        default -> offerOne();
      }
    }

    void checkpointAndDrop() throws IOException {
      checkpoint.checkpoint();
      layer.drop(fold.identity(), published.coverage(fold.identity()));
    }

    private void releaseOne() {
      if (!cuts.isEmpty()) {
        layer.release(cuts.remove(random.nextInt(cuts.size())));
      }
    }

    /** What is durable and what is sealed tile the frontier, and merge to the direct fold of it. */
    void answerIsExact() throws IOException {
      SpeedLayer.Cut now = layer.roll();
      Coverage frontier = frontier(now);
      List<Segment> segments = new ArrayList<>(published.segments(fold.identity()));
      segments.addAll(now.sealed().get(fold.identity()));
      Tiling tiling = Tiling.of(fold, frontier, segments);
      if (!segments.isEmpty()) {
        Segment merged = new SegmentMerge(fold).in(SegmentSpace.HEAP, tiling.segments());
        Segment direct = ENGINE.fold(fold, history, frontier);
        assertEquals(direct.digest(), merged.digest());
        assertEquals(direct.tally(), merged.tally());
      }
      for (SpeedLayer.Cut cut : cuts) {
        for (Segment segment : segments) {
          Coverage below = frontier(cut);
          assertTrue(
              cut.contains(segment.coverage()) || !below.overlaps(segment.coverage()),
              "a segment lies across a held cut");
        }
      }
    }

    private Coverage frontier(SpeedLayer.Cut cut) {
      Coverage.Builder builder = new Coverage.Builder();
      cut.ledger()
          .lanes()
          .forEach(
              (lane, ledger) ->
                  history
                      .coverage()
                      .ranges(lane)
                      .forEach(
                          range -> {
                            if (range.from() < ledger.position()) {
                              builder.add(
                                  lane,
                                  new org.anabranch.view.Range(
                                      range.from(), Math.min(range.to(), ledger.position())));
                            }
                          }));
      return builder.build();
    }
  }

  @Test
  void whateverIsRolledCutAndCheckpointedInBetweenTheAnswerIsTheDirectFold() {
    Trials.run(
        60,
        random -> {
          Driven driven = new Driven(random);
          while (!driven.isOver()) {
            driven.doSomething();
          }
          driven.answerIsExact();
          driven.checkpointAndDrop();
          driven.answerIsExact();
        });
  }

  @Test
  void aChunkThatDoesNotFollowIsRefusedAndChangesNothing() {
    Trials.run(
        10,
        random -> {
          Driven driven = new Driven(random);
          Lane lane = driven.waiting.keySet().iterator().next();
          Rows first = driven.waiting.get(lane).remove();
          Rows second = driven.waiting.get(lane).poll();
          if (second != null) {
            LaneLedger before = driven.lanes.get(lane).ledger();
            Chunk early = new Chunk(second, List.of(), -1, 0);
            assertThrows(IllegalArgumentException.class, () -> driven.lanes.get(lane).offer(early));
            assertEquals(before, driven.lanes.get(lane).ledger());
          }
          driven.lanes.get(lane).offer(new Chunk(first, List.of(), -1, 0));
        });
  }

  @Test
  void aFoldThatStartsAboveTheLaneLeavesOutWhatIsAccountedForAlready() {
    Trials.run(
        20,
        random -> {
          Driven driven = new Driven(random);
          Lane lane = driven.waiting.keySet().iterator().next();
          Deque<Rows> rows = driven.waiting.get(lane);
          long start = rows.peek().range().from();
          long end = rows.peekLast().range().to();
          long above = start + random.nextInt((int) (end - start) + 1);
          Fold other = new RandomFolds(driven.history.schema(), random).next();
          driven.layer.open(other, Map.of(lane, above));
          rows.forEach(chunk -> driven.lanes.get(lane).offer(new Chunk(chunk, List.of(), -1, 0)));
          Segment sealed =
              new SegmentMerge(other)
                  .in(SegmentSpace.HEAP, driven.layer.roll().sealed().get(other.identity()));
          Coverage wanted =
              driven.history.coverage().intersect(Coverage.of(lane, above, Long.MAX_VALUE));
          if (!wanted.isEmpty()) {
            assertEquals(ENGINE.fold(other, driven.history, wanted).digest(), sealed.digest());
          }
        });
  }

  @Test
  void aFoldThatMissesPositionsIsRefused() {
    Driven driven = new Driven(new Random(7));
    Lane lane = driven.waiting.keySet().iterator().next();
    LaneFold fold = new LaneFold(driven.fold, lane, ENGINE, 0, () -> Long.MAX_VALUE);
    Rows first = driven.waiting.get(lane).peek();
    Rows later =
        new Rows(
            first.schema(),
            lane,
            new org.anabranch.view.Range(first.range().to() + 5, first.range().to() + 6),
            new long[0],
            new long[0],
            first.columns().stream().map(column -> column.select(new int[0], 0)).toList(),
            0);
    assertThrows(GapException.class, () -> fold.add(later, new TreeSet<>()));
  }
}
