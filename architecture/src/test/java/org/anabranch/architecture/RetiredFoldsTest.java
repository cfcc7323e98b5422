// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anabranch.sql.Script;
import org.anabranch.view.ManualClock;
import org.anabranch.view.TilingSource;
import org.anabranch.view.View;
import org.anabranch.view.segment.KeyRange;
import org.anabranch.view.segment.Presenter;
import org.anabranch.view.segment.SegmentMerge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a view's old version after another has taken its place. */
final class RetiredFoldsTest {
  private static final String OLD =
      "CREATE STREAM s (n INTEGER); CREATE VIEW total AS SELECT SUM(n) AS n FROM s;";
  private static final String NEW = OLD.replace("SUM(n)", "MAX(n)");

  @TempDir Path directory;
  private final ManualClock clock = new ManualClock(0);

  private static List<String> rows(TilingSource.Pinned pinned, View view) {
    List<String> rows = new ArrayList<>();
    new Presenter(view)
        .all(new SegmentMerge(view.fold()).scan(pinned.tiling(view.fold()), KeyRange.ALL))
        .forEach(row -> rows.add(Arrays.toString(row.values())));
    return rows;
  }

  @Test
  void itAnswersUntilNoStatementCanAskForItAndNoneThatPinnedItIsUnderWay() throws Exception {
    View old = Script.parse("old.sql", OLD).views().get(0);
    try (Running running = Running.start("kappa", OLD, directory)) {
      running.append("s", List.of("{\"n\":1}", "{\"n\":2}"));
    }
    try (Running running = Running.start("kappa", NEW, directory)) {
      StreamRuntime stream = running.pipeline().stream("s");
      ViewSlot slot = stream.views().slot("total").orElseThrow();
      Running.await("the new version", () -> slot.building().isEmpty());
      RetiredFolds retired =
          new RetiredFolds(stream.views(), stream.tilings(), stream.speed(), () -> true, clock);
      assertEquals(0, retired.step(), "a statement may have looked it up just now");
      running.append("s", List.of("{\"n\":5}"));
      TilingSource.Pinned late = stream.tilings().pin();
      assertEquals(List.of("[8]"), rows(late, old), "the statement pins it only now");
      assertEquals(List.of("[5]"), running.rows("total"));
      clock.advance(RetiredFolds.KEPT_MILLIS);
      assertEquals(0, retired.step(), "the statement is under way");
      assertEquals(List.of("[8]"), rows(late, old));
      late.close();
      clock.advance(RetiredFolds.EVERY_MILLIS);
      assertEquals(1, retired.step());
      assertFalse(
          stream.manifest().segments().stream()
              .anyMatch(entry -> entry.fold().equals(old.fold().identity())));
      try (TilingSource.Pinned pinned = stream.tilings().pin()) {
        assertThrows(IllegalArgumentException.class, () -> pinned.tiling(old.fold()));
      }
      assertEquals(List.of("[5]"), running.rows("total"));
      assertTrue(running.pipeline().verify(List.of()).get(0).identical());
    }
  }
}
