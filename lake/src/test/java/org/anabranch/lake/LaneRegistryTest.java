// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.anabranch.view.Coverage;
import org.anabranch.view.GapException;
import org.anabranch.view.Lane;
import org.anabranch.view.ManualClock;
import org.anabranch.view.Range;
import org.anabranch.view.StaleException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LaneRegistryTest {
  @TempDir Path directory;
  private final ManualClock clock = new ManualClock(77);
  private final Random random = new Random(3);
  private Lake lake;
  private LakeStream stream;

  @BeforeEach
  void open() throws IOException {
    lake = Lake.open(directory, clock, LakeLimits.DEFAULT);
    stream = lake.stream(Fixtures.stream("s", Fixtures.ALL_TYPES));
  }

  @AfterEach
  void close() {
    lake.close();
  }

  private void append(String id, Lane lane, long from, long to) throws IOException {
    stream
        .master()
        .append(Fixtures.batch(id, Fixtures.rows(Fixtures.ALL_TYPES, lane, from, to, random)));
  }

  @Test
  void aLaneIsRegisteredOnceAndKeepsItsOpening() throws IOException {
    Lane lane = stream.lanes().register("t1", 2, 40, false);
    assertEquals(new Lane("t1", 0, 2), lane);
    assertEquals(lane, stream.lanes().register("t1", 2, 99, false));
    assertEquals(new Lane("t1", 0, 0), stream.lanes().register("t1", 0, 7, false));
    close();
    open();
    assertEquals(Map.of(lane, 40L, new Lane("t1", 0, 0), 7L), stream.lanes().openings());
    assertEquals(77, stream.lanes().lanes().get(0).openedAt());
    assertEquals(40, stream.lanes().next(lane));
  }

  @Test
  void aLaneThatIsNotRegisteredIsRefused() {
    LakeException refused =
        assertThrows(LakeException.class, () -> append("a", Fixtures.lane(5), 0, 5));
    assertTrue(refused.getMessage().contains("not registered"), refused.getMessage());
  }

  @Test
  void aTopicMadeAgainIsRefusedUnlessItIsAccepted() throws IOException {
    Lane old = stream.lanes().register("t1", 0, 0, false);
    append("a", old, 0, 5);
    LakeException refused =
        assertThrows(LakeException.class, () -> stream.lanes().register("t2", 0, 0, false));
    assertTrue(refused.getMessage().contains("topic id t1"), refused.getMessage());
    Lane fresh = stream.lanes().register("t2", 0, 0, true);
    assertEquals(new Lane("t2", 1, 0), fresh);
    assertEquals(new Lane("t2", 1, 1), stream.lanes().register("t2", 1, 0, false));
    assertEquals(5, stream.lanes().lanes().get(0).closed().getAsLong());
    assertThrows(LakeException.class, () -> append("b", old, 5, 9));
    append("c", fresh, 0, 9);
    assertEquals(Coverage.of(old, 0, 5).plus(Coverage.of(fresh, 0, 9)), stream.master().coverage());
  }

  @Test
  void anAcceptedGapIsSteppedOverAndNeverCovered() throws IOException {
    Lane lane = stream.lanes().register("t1", 0, 0, false);
    append("a", lane, 0, 10);
    assertThrows(
        LakeException.class,
        () -> stream.lanes().acceptGap(lane, new Range(12, 20), "not at the end"));
    assertThrows(StaleException.class, () -> append("b", lane, 20, 30));
    stream.lanes().acceptGap(lane, new Range(10, 15), "retention");
    stream.lanes().acceptGap(lane, new Range(15, 20), "retention \\ again\n");
    assertEquals(20, stream.lanes().next(lane));
    assertEquals(0, stream.lanes().nextQuarantined(lane));
    append("b", lane, 20, 30);
    close();
    open();
    assertEquals("retention \\ again\n", stream.lanes().gaps().get(1).reason());
    Coverage covered = Coverage.of(lane, 0, 10).plus(Coverage.of(lane, 20, 30));
    assertEquals(covered, stream.master().coverage());
    assertThrows(
        GapException.class, () -> stream.master().read(Coverage.of(lane, 5, 25), List.of("id")));
    Fixtures.read(stream.master(), covered, List.of("id"));
    stream.quarantine().append("q", Coverage.of(lane, 0, 10), List.of());
    assertEquals(20, stream.lanes().nextQuarantined(lane));
  }
}
