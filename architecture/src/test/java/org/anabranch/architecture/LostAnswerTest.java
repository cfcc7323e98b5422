// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.anabranch.speed.Checkpoint;
import org.anabranch.speed.SpeedLane;
import org.anabranch.speed.SpeedLayer;
import org.anabranch.sql.Script;
import org.anabranch.view.Chunk;
import org.anabranch.view.Clock;
import org.anabranch.view.Coverage;
import org.anabranch.view.Fold;
import org.anabranch.view.History;
import org.anabranch.view.Lane;
import org.anabranch.view.LaneLedger;
import org.anabranch.view.MemoryHistory;
import org.anabranch.view.MemoryPublisher;
import org.anabranch.view.Rows;
import org.anabranch.view.Segment;
import org.anabranch.view.SegmentStore;
import org.anabranch.view.SegmentStore.Addition;
import org.anabranch.view.SegmentStore.Change;
import org.anabranch.view.SegmentStore.Origin;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.reference.ReferenceEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store whose commit is made and whose answer is lost, and what publishes through it. */
final class LostAnswerTest {
  private static final Lane LANE = new Lane("topic", 0, 0);
  private static final ReferenceEngine ENGINE = new ReferenceEngine();

  /** Commits and then may fail to say so, and to be read for a while. */
  private static final class MuteStore implements SegmentStore {
    private final MemoryPublisher published = new MemoryPublisher();
    private int lostAnswers;
    private int unreadable;

    @Override
    public Manifest manifest() throws IOException {
      if (unreadable > 0) {
        unreadable--;
        throw new IOException("no answer");
      }
      return published.manifest();
    }

    @Override
    public Manifest publish(Change change) throws IOException {
      Manifest done = published.publish(change);
      if (lostAnswers > 0) {
        lostAnswers--;
        throw new IOException("the answer was lost");
      }
      return done;
    }

    @Override
    public Segment open(Entry entry) {
      return published.segment(entry.id());
    }

    @Override
    public void close() {}
  }

  private final MuteStore store = new MuteStore();
  private StreamDefinition stream;
  private Fold fold;
  private SpeedLayer speed;
  private MemoryHistory history;
  private StreamTilings tilings;
  private SpeedLane lane;

  @BeforeEach
  void open() throws Exception {
    Script script =
        Script.parse(
            "s.sql",
            "CREATE STREAM s (n INTEGER); CREATE VIEW total AS SELECT SUM(n) AS n FROM s;");
    stream = script.streams().get(0);
    fold = script.views().get(0).fold();
    speed = new SpeedLayer(stream, ENGINE, Clock.SYSTEM, 1 << 20);
    history = new MemoryHistory(stream.rowSchema(), new Random(1), 9);
    tilings = new StreamTilings("s", store, speed, Clock.SYSTEM);
  }

  @AfterEach
  void close() {
    tilings.close();
  }

  private void offer(int count) throws IOException {
    if (lane == null) {
      lane = speed.open(LANE, LaneLedger.startingAt(0));
      speed.open(fold, Map.of());
    }
    long from = lane.ledger().position();
    for (int i = 0; i < count; i++) {
      history.append(LANE, new Object[] {1L});
    }
    Coverage wanted = Coverage.of(LANE, from, from + count);
    History.RowsReader reader = history.read(wanted, history.schema().names());
    for (Rows rows = reader.next(); rows != null; rows = reader.next()) {
      lane.offer(new Chunk(rows, List.of(), -1, 0));
    }
  }

  private void assertDurable(long positions) {
    assertEquals(Coverage.of(LANE, 0, positions), tilings.durableCoverage(fold.identity()));
    try (PinnedTilings pinned = tilings.pin()) {
      assertEquals(positions, pinned.tiling(fold).tally().accepted());
    }
  }

  @Test
  void aCheckpointThatWasMadeIsMadeThoughItsAnswerWasLost() throws Exception {
    Checkpoint checkpoint = new Checkpoint(speed, tilings, Clock.SYSTEM, 0);
    offer(5);
    store.lostAnswers = 1;
    assertTrue(checkpoint.checkpoint() > 0);
    assertDurable(5);
    offer(3);
    assertTrue(checkpoint.checkpoint() > 0);
    assertDurable(8);
    assertEquals(2, tilings.manifest().segments().size());
  }

  @Test
  void aCheckpointGoesOnWhenTheStoreCanBeReadAgain() throws Exception {
    Checkpoint checkpoint = new Checkpoint(speed, tilings, Clock.SYSTEM, 0);
    offer(5);
    store.lostAnswers = 1;
    store.unreadable = 1;
    assertThrows(IOException.class, checkpoint::checkpoint);
    offer(3);
    for (int turn = 0; turn < 3; turn++) {
      checkpoint.checkpoint();
    }
    assertDurable(8);
  }

  private Backfill backfill() {
    return new Backfill(
        fold, history.coverage(), ENGINE, 1 << 20, history, tilings, Origin.SPEED, () -> {});
  }

  private static int turns(Backfill backfill) throws IOException {
    int failures = 0;
    while (!backfill.isDone()) {
      try {
        backfill.step();
      } catch (IOException again) {
        failures++;
      }
    }
    return failures;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void aBackfillThatWasPublishedIsDoneThoughItsAnswerWasLost(int unreadable) throws Exception {
    for (int i = 0; i < 20; i++) {
      history.append(LANE, new Object[] {1L});
    }
    store.lostAnswers = 1;
    store.unreadable = unreadable;
    assertEquals(unreadable, turns(backfill()));
    assertEquals(Coverage.of(LANE, 0, 20), tilings.durableCoverage(fold.identity()));
    assertEquals(1, tilings.manifest().segments().size());
  }

  @Test
  void aBackfillIsDoneThoughWhatItLeftWasReplacedBeforeItLooked() throws Exception {
    for (int i = 0; i < 20; i++) {
      history.append(LANE, new Object[] {1L});
    }
    Backfill backfill = backfill();
    store.lostAnswers = 1;
    store.unreadable = 1;
    boolean failed = false;
    while (!failed) {
      try {
        backfill.step();
      } catch (IOException unknown) {
        failed = true;
      }
    }
    // Somebody else puts another segment in its place.
    Segment again = ENGINE.fold(fold, history, history.coverage());
    String id = store.published.manifest().segments().get(0).id();
    tilings.publish(
        new Change(List.of(new Addition(again, Origin.BATCH)), Set.of(id), Map.of(), Map.of()));
    assertEquals(0, turns(backfill));
    assertEquals(1, tilings.manifest().segments().size());
    assertEquals(Origin.BATCH, tilings.manifest().segments().get(0).origin());
  }

  @Test
  void aChangeOfPropertiesIsMadeThoughItsAnswerWasLost() throws Exception {
    store.lostAnswers = 1;
    tilings.publish(new Change(List.of(), Set.of(), Map.of(), Map.of("view.total", "sql")));
    assertEquals("sql", tilings.manifest().properties().get("view.total"));
  }
}
