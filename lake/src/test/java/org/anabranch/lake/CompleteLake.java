// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.ManualClock;
import org.anabranch.view.Quarantined;
import org.anabranch.view.Range;
import org.anabranch.view.Rejection;
import org.anabranch.view.SegmentFixtures;

/** A lake that has one of everything: rows, rejects, segments, a closed lane, a gap. */
final class CompleteLake {
  static final List<String> TABLES = List.of("orders", "orders__quarantine", "orders__segments");
  static final Lane CLOSED = new Lane("topic-A_1", 0, 0);
  static final Lane OPEN = new Lane("topic-B_2", 1, 0);

  private CompleteLake() {}

  /** Writes it and closes it. */
  static LakeFiles in(Path directory) throws IOException {
    Random random = new Random(5);
    try (Lake lake = Lake.open(directory, new ManualClock(1_000_000), LakeLimits.DEFAULT)) {
      LakeStream stream = lake.stream(Fixtures.stream("Orders", Fixtures.ALL_TYPES));
      stream.lanes().register(CLOSED.topicId(), 0, new LaneOpening(0, Optional.of("first")), false);
      stream.lanes().acceptGap(CLOSED, new Range(0, 4), "lost \\ in\ntwo lines");
      stream.lanes().register(OPEN.topicId(), 0, 7, true);
      stream
          .master()
          .append(Fixtures.batch("first", Fixtures.rows(Fixtures.ALL_TYPES, OPEN, 7, 60, random)));
      stream.quarantine().append("q", Coverage.of(OPEN, 7, 60), List.of(quarantined()));
      stream
          .segments()
          .publish(
              SegmentFixtures.add(
                  SegmentFixtures.segment("fold", Coverage.of(OPEN, 7, 60), 5, random)));
      stream.segments().publish(SegmentFixtures.texts(Map.of(), Map.of("view.v", "CREATE VIEW v")));
    }
    return new LakeFiles(directory);
  }

  private static Quarantined quarantined() {
    Rejection rejection = new Rejection("type", "id", "wrong");
    return new Quarantined(OPEN, 9, 1_000, new byte[] {1, 2}, "text/x", rejection);
  }
}
