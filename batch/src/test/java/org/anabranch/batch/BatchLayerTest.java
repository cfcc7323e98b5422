// SPDX-License-Identifier: Apache-2.0
package org.anabranch.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.anabranch.batch.BatchRun.Outcome;
import org.anabranch.view.Coverage;
import org.anabranch.view.Engine;
import org.anabranch.view.Evaluator;
import org.anabranch.view.Fold;
import org.anabranch.view.LiveSegment;
import org.anabranch.view.ManualClock;
import org.anabranch.view.Rows;
import org.anabranch.view.Schema;
import org.anabranch.view.Segment;
import org.anabranch.view.SegmentStore.Entry;
import org.anabranch.view.SegmentStore.Origin;
import org.anabranch.view.Tally;
import org.anabranch.view.Trials;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.segment.SegmentMerge;
import org.junit.jupiter.api.Test;

final class BatchLayerTest {
  private final ManualClock clock = new ManualClock(0);

  private static final RunRequest INCREMENTAL =
      new RunRequest("request", false, Set.of(), Origin.BATCH, 1_000);
  private static final RunRequest FULL =
      new RunRequest("request", true, Set.of(), Origin.BATCH, 1_000);

  private BatchLayer layer(FakeStream stream, Engine engine, Schedule schedule) {
    return new BatchLayer(List.of(stream), engine, clock, schedule, 1_000);
  }

  private static BatchRun runToTheEnd(BatchLayer layer) {
    while (layer.runs().get(layer.runs().size() - 1).isRunning()) {
      layer.step();
    }
    return layer.runs().get(layer.runs().size() - 1);
  }

  @Test
  void aRunReplacesWhatAnsweredAndTheAnswerStays() {
    Trials.run(
        30,
        random -> {
          FakeStream stream = new FakeStream(random);
          BatchLayer layer = layer(stream, FakeStream.ENGINE, Schedule.NEVER);
          layer.request(random.nextBoolean() ? FULL : INCREMENTAL, null);
          BatchRun run = runToTheEnd(layer);
          assertEquals(Outcome.PUBLISHED, run.outcome(), run.message());
          assertEquals(1, stream.manifest().segments().size());
          assertEquals(Origin.BATCH, stream.manifest().segments().get(0).origin());
          assertEquals(
              stream.direct().digest(),
              new SegmentMerge(stream.fold).summary(stream.tiling().segments()).digest());
          assertEquals(run.wantedPositions(), run.positions());
          assertEquals(0, stream.heldCuts, "the cut is released");
        });
  }

  @Test
  void aSecondIncrementalRunOverNothingNewIsUnchanged() throws Exception {
    FakeStream stream = new FakeStream(new Random(5));
    BatchLayer layer = layer(stream, FakeStream.ENGINE, Schedule.NEVER);
    layer.request(INCREMENTAL, null);
    runToTheEnd(layer);
    layer.request(INCREMENTAL, null);
    assertEquals(Outcome.UNCHANGED, runToTheEnd(layer).outcome());
    assertEquals(0, stream.heldCuts);
  }

  @Test
  void aRunWhosePublishGaveNoAnswerIsLookedAtAgainAndPublished() throws Exception {
    FakeStream stream = new FakeStream(new Random(5));
    stream.lostAnswers = 2;
    BatchLayer layer = layer(stream, FakeStream.ENGINE, Schedule.NEVER);
    layer.request(FULL, null);
    while (layer.runs().get(0).isRunning()) {
      layer.step();
      clock.advance(100);
    }
    assertEquals(Outcome.PUBLISHED, layer.runs().get(0).outcome(), layer.runs().get(0).message());
    assertEquals(1, stream.manifest().segments().size());
    assertEquals(
        stream.direct().digest(),
        new SegmentMerge(stream.fold).summary(stream.tiling().segments()).digest());
    assertEquals(0, stream.heldCuts);
  }

  @Test
  void aRunThatNeverLearnsWhetherItIsPublishedSaysSo() throws Exception {
    FakeStream stream = new FakeStream(new Random(5));
    stream.lostAnswers = Integer.MAX_VALUE;
    BatchLayer layer = layer(stream, FakeStream.ENGINE, Schedule.NEVER);
    layer.request(FULL, null);
    while (layer.runs().get(0).isRunning()) {
      layer.step();
      clock.advance(100);
    }
    assertEquals(Outcome.FAILED, layer.runs().get(0).outcome());
    assertTrue(layer.runs().get(0).message().contains("whether the run is published is not known"));
    assertEquals(0, stream.heldCuts);
  }

  @Test
  void aClockThatIsSetBackNeitherStallsTheScheduleNorMakesItRunAway() throws Exception {
    FakeStream stream = new FakeStream(new Random(5));
    clock.advance(10_000_000);
    BatchLayer layer = layer(stream, FakeStream.ENGINE, Schedule.every(600_000));
    layer.step();
    clock.set(-3_600_000);
    layer.step();
    clock.advance(600_000);
    layer.step();
    runToTheEnd(layer);
    assertEquals(1, layer.runs().size());
    clock.set(3_600_000);
    for (int turn = 0; turn < 50; turn++) {
      layer.step();
    }
    assertEquals(2, layer.runs().size());
  }

  @Test
  void aSecondRunAtOnceIsRefusedByName() throws Exception {
    BatchLayer layer = layer(new FakeStream(new Random(6)), FakeStream.ENGINE, Schedule.NEVER);
    layer.request(FULL, null);
    RunInProgressException refused =
        assertThrows(RunInProgressException.class, () -> layer.request(FULL, null));
    assertTrue(refused.getMessage().contains("run 1 over stream s is under way"));
    layer.close();
  }

  @Test
  void aRunThatDisagreesWithWhatAnswersIsRejectedAndNothingChanges() throws Exception {
    FakeStream stream = new FakeStream(new Random(8));
    List<?> before = stream.manifest().segments();
    BatchLayer layer = layer(stream, new ForgetfulEngine(), Schedule.NEVER);
    layer.request(FULL, null);
    BatchRun run = runToTheEnd(layer);
    assertEquals(Outcome.REJECTED, run.outcome());
    assertTrue(run.message().startsWith("view v: "), run.message());
    assertEquals(before, stream.manifest().segments());
    assertEquals(0, stream.heldCuts);
  }

  @Test
  void aLakeThatStaysBehindFailsTheRunWithLaneAndLag() throws Exception {
    FakeStream stream = new FakeStream(new Random(9));
    stream.lake = Coverage.EMPTY;
    BatchLayer layer = layer(stream, FakeStream.ENGINE, Schedule.NEVER);
    layer.request(FULL, null);
    layer.step();
    layer.step();
    clock.advance(2_000);
    BatchRun run = runToTheEnd(layer);
    assertEquals(Outcome.FAILED, run.outcome());
    String lacking = stream.history.coverage().positions() + " positions";
    assertTrue(run.message().contains(lacking), run.message());
    assertEquals(0, stream.heldCuts);
  }

  @Test
  void aRunThatACheckpointOvertakesPublishesOverWhatIsThereThen() throws Exception {
    FakeStream stream = new FakeStream(new Random(11));
    stream.overtaken = 3;
    BatchLayer layer = layer(stream, FakeStream.ENGINE, Schedule.NEVER);
    layer.request(FULL, null);
    assertEquals(Outcome.PUBLISHED, runToTheEnd(layer).outcome());
    assertEquals(1, stream.manifest().segments().size());
  }

  @Test
  void aRunThatIsAlwaysOvertakenFailsAndNothingChanges() throws Exception {
    FakeStream stream = new FakeStream(new Random(12));
    List<?> before = stream.manifest().segments();
    stream.overtaken = Integer.MAX_VALUE;
    BatchLayer layer = layer(stream, FakeStream.ENGINE, Schedule.NEVER);
    layer.request(FULL, null);
    BatchRun run = runToTheEnd(layer);
    assertEquals(Outcome.FAILED, run.outcome());
    assertTrue(run.message().contains("another publisher was first"), run.message());
    assertEquals(before, stream.manifest().segments());
    assertEquals(0, stream.heldCuts);
  }

  @Test
  void aScheduleStartsRunsByItself() throws Exception {
    FakeStream stream = new FakeStream(new Random(10));
    BatchLayer layer = layer(stream, FakeStream.ENGINE, Schedule.every(60_000));
    layer.step();
    assertEquals(List.of(), layer.runs());
    clock.advance(60_000);
    layer.step();
    assertEquals("schedule", runToTheEnd(layer).trigger());
  }

  @Test
  void compactionLeavesFewSegmentsAndTheSameAnswer() {
    Trials.run(
        20,
        random -> {
          FakeStream stream = new FakeStream(random);
          Compactor compactor = new Compactor(stream, FakeStream.ENGINE);
          while (compactor.step() > 0) {
            stream.tiling();
          }
          assertTrue(stream.manifest().segments().size() < Compactor.FAN_IN);
          assertEquals(
              stream.direct().digest(),
              new SegmentMerge(stream.fold).summary(stream.tiling().segments()).digest());
        });
  }

  @Test
  void compactionSaysOfEveryPositionWhoseSegmentItIsInAsBefore() {
    int[] merges = {0};
    Trials.run(
        20,
        random -> {
          Origin[] all = Origin.values();
          FakeStream stream = new FakeStream(random, () -> all[random.nextInt(all.length)]);
          Map<Origin, Coverage> before = origins(stream);
          Compactor compactor = new Compactor(stream, FakeStream.ENGINE);
          while (compactor.step() > 0) {
            merges[0]++;
            assertEquals(before, origins(stream));
          }
        });
    assertTrue(merges[0] > 0, "nothing was ever merged");
  }

  private static Map<Origin, Coverage> origins(FakeStream stream) {
    Map<Origin, Coverage> origins = new EnumMap<>(Origin.class);
    for (Entry entry : stream.manifest().segments()) {
      origins.merge(entry.origin(), entry.coverage(), Coverage::plus);
    }
    return origins;
  }

  @Test
  void compactionNeverMergesAcrossAHeldCut() {
    Trials.run(
        20,
        random -> {
          FakeStream stream = new FakeStream(random);
          Coverage below = Coverage.EMPTY;
          for (Entry entry : stream.manifest().segments()) {
            below = random.nextBoolean() ? below.plus(entry.coverage()) : below;
          }
          stream.heldCut = below;
          Compactor compactor = new Compactor(stream, FakeStream.ENGINE);
          while (compactor.step() > 0) {
            for (Entry entry : stream.manifest().segments()) {
              boolean across =
                  below.overlaps(entry.coverage()) && !below.containsAll(entry.coverage());
              assertFalse(across, () -> entry.coverage() + " lies on both sides of the cut");
            }
          }
          assertTrue(stream.manifest().segments().size() < 2 * Compactor.FAN_IN);
          assertEquals(
              stream.direct().digest(),
              new SegmentMerge(stream.fold).summary(stream.tiling().segments()).digest());
        });
  }

  @Test
  void sizeClassesGrowByTheFanIn() {
    assertEquals(0, Compactor.sizeClass(0));
    assertEquals(0, Compactor.sizeClass(64 << 10));
    assertEquals(1, Compactor.sizeClass((64 << 10) + 1));
    assertEquals(2, Compactor.sizeClass((256 << 10) + 1));
  }

  /** An engine that loses the last chunk's rows, so that an audit has something to find. */
  private static final class ForgetfulEngine implements Engine {
    @Override
    public Segment merge(Fold fold, List<Segment> segments) {
      return FakeStream.ENGINE.merge(fold, segments);
    }

    @Override
    public LiveSegment open(Fold fold) {
      LiveSegment honest = FakeStream.ENGINE.open(fold);
      return new LiveSegment() {
        private boolean forgot;

        @Override
        public void add(Rows rows) {
          boolean forget = !forgot && rows.size() > 0;
          forgot |= forget;
          honest.add(forget ? rows.select(new int[0], 0) : rows);
        }

        @Override
        public Coverage coverage() {
          return honest.coverage();
        }

        @Override
        public Tally tally() {
          return honest.tally();
        }

        @Override
        public long groups() {
          return honest.groups();
        }

        @Override
        public long stateBytes() {
          return honest.stateBytes();
        }

        @Override
        public Segment seal() {
          return honest.seal();
        }
      };
    }

    @Override
    public Evaluator evaluator(Expression expression, Schema schema) {
      return FakeStream.ENGINE.evaluator(expression, schema);
    }
  }
}
