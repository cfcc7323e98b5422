// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.anabranch.speed.Checkpoint;
import org.anabranch.speed.SpeedLane;
import org.anabranch.speed.SpeedLayer;
import org.anabranch.sql.Script;
import org.anabranch.view.Chunk;
import org.anabranch.view.Coverage;
import org.anabranch.view.History;
import org.anabranch.view.Lane;
import org.anabranch.view.LaneLedger;
import org.anabranch.view.ManualClock;
import org.anabranch.view.MemoryHistory;
import org.anabranch.view.MemoryPublisher;
import org.anabranch.view.Pause;
import org.anabranch.view.Step;
import org.anabranch.view.reference.ReferenceEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A wall clock that is set by an hour, either way: what is due comes when it would have come. */
final class ClockSetTest {
  private final ManualClock clock = new ManualClock(100_000_000);

  @ParameterizedTest
  @ValueSource(longs = {3_600_000, -3_600_000})
  void aPauseIsAsLongAsItWas(long by) {
    Pause pause = new Pause(clock);
    assertTrue(pause.isOver());
    pause.begin(1_000);
    clock.set(by);
    assertEquals(false, pause.isOver());
    clock.advance(999);
    assertEquals(false, pause.isOver());
    clock.advance(1);
    assertTrue(pause.isOver());
  }

  @ParameterizedTest
  @ValueSource(longs = {3_600_000, -3_600_000})
  void whatIsPacedAndWhatIsTriedAgainGoesOnInTime(long by) throws Exception {
    int[] steps = {0};
    Step nothing =
        () -> {
          steps[0]++;
          return 0;
        };
    Paced paced = new Paced(nothing, clock, 500);
    paced.step();
    int[] tries = {0};
    Retrying retrying =
        new Retrying(
            "archive",
            () -> {
              if (tries[0]++ == 0) {
                throw new IOException("full");
              }
              return 1;
            },
            clock);
    retrying.step();
    clock.set(by);
    paced.step();
    retrying.step();
    assertEquals(1, steps[0]);
    assertEquals(1, tries[0]);
    clock.advance(500);
    paced.step();
    retrying.step();
    assertEquals(2, steps[0]);
    assertEquals(2, tries[0]);
  }

  @ParameterizedTest
  @ValueSource(longs = {3_600_000, -3_600_000})
  void checkpointsKeepTheirPace(long by) throws Exception {
    Script script =
        Script.parse(
            "s.sql",
            "CREATE STREAM s (n INTEGER); CREATE VIEW total AS SELECT SUM(n) AS n FROM s;");
    ReferenceEngine engine = new ReferenceEngine();
    SpeedLayer speed = new SpeedLayer(script.streams().get(0), engine, clock, 1 << 20);
    MemoryPublisher published = new MemoryPublisher();
    Lane lane = new Lane("topic", 0, 0);
    SpeedLane open = speed.open(lane, LaneLedger.startingAt(0));
    speed.open(script.views().get(0).fold(), Map.of());
    Checkpoint checkpoint = new Checkpoint(speed, published, clock, 2_000);
    MemoryHistory history =
        new MemoryHistory(script.streams().get(0).rowSchema(), new java.util.Random(1), 9);
    history.append(lane, new Object[] {1L});
    try (History.RowsReader reader =
        history.read(Coverage.of(lane, 0, 1), history.schema().names())) {
      open.offer(new Chunk(reader.next(), List.of(), -1, 0));
    }
    clock.set(by);
    assertEquals(0, checkpoint.step());
    clock.advance(2_000);
    assertTrue(checkpoint.step() > 0);
    assertEquals(1, published.manifest().segments().size());
  }

  @ParameterizedTest
  @ValueSource(longs = {3_600_000, -3_600_000})
  void aRateIsOfTheTimeThatPassed(long by) {
    Rate rate = new Rate(clock);
    rate.total(0);
    clock.advance(1_000);
    clock.set(by);
    rate.total(100);
    assertEquals(100.0, rate.perSecond(), 1e-9);
  }
}
