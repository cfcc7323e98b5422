// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
import org.anabranch.view.reference.ReferenceEngine;
import org.junit.jupiter.api.Test;

final class StreamTilingsTest {
  private static final Lane LANE = new Lane("topic", 0, 0);

  /** A store that publishes and then may not be able to give back what it has. */
  private static final class BlindStore implements SegmentStore {
    private final MemoryPublisher published = new MemoryPublisher();
    private boolean blind;

    @Override
    public Manifest manifest() {
      return published.manifest();
    }

    @Override
    public Manifest publish(Change change) {
      return published.publish(change);
    }

    @Override
    public Segment open(Entry entry) throws IOException {
      if (blind) {
        throw new IOException("the disk is full");
      }
      return published.segment(entry.id());
    }

    @Override
    public void close() {}
  }

  @Test
  void whatWasPublishedButCouldNotBeOpenedIsTakenUpByTheNextPublish() throws Exception {
    Script script =
        Script.parse(
            "s.sql",
            "CREATE STREAM s (n INTEGER); CREATE VIEW total AS SELECT SUM(n) AS n FROM s;");
    Fold fold = script.views().get(0).fold();
    SpeedLayer speed =
        new SpeedLayer(script.streams().get(0), new ReferenceEngine(), Clock.SYSTEM, 1 << 20);
    MemoryHistory history =
        new MemoryHistory(script.streams().get(0).rowSchema(), new Random(1), 9);
    BlindStore store = new BlindStore();
    try (StreamTilings tilings = new StreamTilings("s", store, speed, Clock.SYSTEM)) {
      SpeedLane lane = speed.open(LANE, LaneLedger.startingAt(0));
      speed.open(fold, Map.of());
      Checkpoint checkpoint = new Checkpoint(speed, tilings, Clock.SYSTEM, 0);
      offer(history, lane, 0, 5);
      store.blind = true;
      assertThrows(IOException.class, checkpoint::checkpoint);
      assertAnswers(tilings, fold, 5);
      store.blind = false;
      checkpoint.checkpoint();
      assertEquals(Coverage.of(LANE, 0, 5), tilings.durableCoverage(fold.identity()));
      offer(history, lane, 5, 8);
      checkpoint.checkpoint();
      assertEquals(Coverage.of(LANE, 0, 8), tilings.durableCoverage(fold.identity()));
      assertAnswers(tilings, fold, 8);
    }
  }

  private static void offer(MemoryHistory history, SpeedLane lane, int from, int to)
      throws IOException {
    for (int i = from; i < to; i++) {
      history.append(LANE, new Object[] {1L});
    }
    History.RowsReader reader = history.read(Coverage.of(LANE, from, to), history.schema().names());
    for (Rows rows = reader.next(); rows != null; rows = reader.next()) {
      lane.offer(new Chunk(rows, List.of(), -1, 0));
    }
  }

  private static void assertAnswers(StreamTilings tilings, Fold fold, long rows) {
    try (PinnedTilings pinned = tilings.pin()) {
      assertEquals(rows, pinned.tiling(fold).tally().accepted());
      assertEquals(Coverage.of(LANE, 0, rows), pinned.standing().frontier());
    }
  }
}
