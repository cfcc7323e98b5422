// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.anabranch.speed.SpeedLayer;
import org.anabranch.sql.Script;
import org.anabranch.sql.ScriptException;
import org.anabranch.view.Clock;
import org.anabranch.view.Coverage;
import org.anabranch.view.Fold;
import org.anabranch.view.Lane;
import org.anabranch.view.LaneLedger;
import org.anabranch.view.MemoryHistory;
import org.anabranch.view.MemoryPublisher;
import org.anabranch.view.Segment;
import org.anabranch.view.SegmentStore.Addition;
import org.anabranch.view.SegmentStore.Change;
import org.anabranch.view.SegmentStore.Origin;
import org.anabranch.view.StreamLedger;
import org.anabranch.view.reference.ReferenceEngine;
import org.junit.jupiter.api.Test;

final class ResumeTest {
  private static final Lane LANE = new Lane("topic", 0, 0);
  private static final String SQL =
      """
      CREATE STREAM s (n INTEGER);
      CREATE VIEW whole AS SELECT SUM(n) AS n FROM s;
      CREATE VIEW behind AS SELECT MAX(n) AS n FROM s;
      """;

  private final Script script;
  private final Fold whole;
  private final Fold behind;

  ResumeTest() throws ScriptException {
    this.script = Script.parse("s.sql", SQL);
    this.whole = script.views().get(0).fold();
    this.behind = script.views().get(1).fold();
  }

  /** What a lake that has 3 events resumes at beside a checkpoint, for views that answered. */
  private static long resumed(StreamTilings tilings, Map<Lane, LaneLedger> checkpoint, Fold... of) {
    LaneLedger archived = LaneLedger.startingAt(3);
    StreamLedger ledger = new StreamLedger(new TreeMap<>(checkpoint));
    return Resume.of(LANE, archived, ledger, List.of(of), tilings).position();
  }

  @Test
  void aCheckpointIsResumedAtOnlyWhereEveryViewThatAnsweredHasItsSegmentsUpToThere()
      throws Exception {
    Map<Lane, LaneLedger> further = Map.of(LANE, LaneLedger.startingAt(8));
    try (StreamTilings tilings = tilings()) {
      assertEquals(8, resumed(tilings, further, whole));
      assertEquals(3, resumed(tilings, further, behind));
      assertEquals(3, resumed(tilings, further, whole, behind));
      assertEquals(3, resumed(tilings, further));
      assertEquals(3, resumed(tilings, Map.of(), whole));
      assertEquals(3, resumed(tilings, Map.of(LANE, LaneLedger.startingAt(2)), whole));
    }
  }

  @Test
  void aViewGoesOnBehindItsOwnSegments() throws Exception {
    Map<Lane, LaneLedger> resumed = Map.of(LANE, LaneLedger.startingAt(6));
    try (StreamTilings tilings = tilings()) {
      assertEquals(Map.of(LANE, 8L), Resume.positions(whole, resumed, tilings));
      assertEquals(Map.of(LANE, 6L), Resume.positions(behind, resumed, tilings));
    }
  }

  /** One view has segments of eight events, the other one of five. */
  private StreamTilings tilings() throws IOException {
    MemoryHistory history =
        new MemoryHistory(script.streams().get(0).rowSchema(), new Random(1), 9);
    for (int i = 0; i < 8; i++) {
      history.append(LANE, new Object[] {1L});
    }
    MemoryPublisher published = new MemoryPublisher();
    publish(published, history, whole, 8);
    publish(published, history, behind, 5);
    SpeedLayer speed =
        new SpeedLayer(script.streams().get(0), new ReferenceEngine(), Clock.SYSTEM, 1 << 20);
    return new StreamTilings("s", published, speed, Clock.SYSTEM);
  }

  private static void publish(MemoryPublisher published, MemoryHistory history, Fold fold, long end)
      throws IOException {
    Segment segment = new ReferenceEngine().fold(fold, history, Coverage.of(LANE, 0, end));
    published.publish(
        new Change(List.of(new Addition(segment, Origin.SPEED)), Set.of(), Map.of(), Map.of()));
  }
}
