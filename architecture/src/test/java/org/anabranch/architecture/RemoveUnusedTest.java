// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.anabranch.engine.ColumnarEngine;
import org.anabranch.speed.SpeedLayer;
import org.anabranch.sql.Script;
import org.anabranch.view.Clock;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.MemoryPublisher;
import org.anabranch.view.Segment;
import org.anabranch.view.SegmentStore;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Tally;
import org.anabranch.view.segment.Segments;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The segments of folds that no view uses go, whoever replaces them in the same moment. */
final class RemoveUnusedTest {
  private static final Lane LANE = new Lane("topic", 0, 0);
  private static final String UNUSED = "a fold of a view that was changed";
  private static final String SQL =
      "CREATE STREAM s (a INTEGER); CREATE VIEW v AS SELECT COUNT(*) AS n FROM s;";

  private final MemoryStore store = new MemoryStore();

  /** What another publisher does meanwhile. */
  private interface Overtaking {
    void happens() throws IOException;
  }

  /** A store in which something may happen just before segments are removed. */
  private static final class MemoryStore implements SegmentStore {
    private final MemoryPublisher published = new MemoryPublisher();
    private Overtaking beforeRemoval = () -> {};
    private int removals;

    @Override
    public Manifest manifest() {
      return published.manifest();
    }

    @Override
    public Manifest publish(Change change) throws IOException {
      if (change.added().isEmpty()) {
        removals++;
        beforeRemoval.happens();
      }
      return published.publish(change);
    }

    @Override
    public Segment open(Entry entry) {
      return published.segment(entry.id());
    }

    @Override
    public void close() {}
  }

  private static SegmentStore.Change change(Set<String> removed, String fold, long from, long to) {
    Segment segment = Segments.empty(fold, Coverage.of(LANE, from, to), Tally.ZERO);
    return new SegmentStore.Change(
        List.of(new SegmentStore.Addition(segment, SegmentStore.Origin.SPEED)),
        removed,
        Map.of(),
        Map.of());
  }

  private Set<String> ids(String fold) {
    return store.manifest().segments().stream()
        .filter(entry -> entry.fold().equals(fold))
        .map(SegmentStore.Entry::id)
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void theyGoHoweverOftenACompactionIsFaster(int compactions) throws Exception {
    Script script = Script.parse("test.sql", SQL);
    StreamDefinition stream = script.streams().get(0);
    String used = script.views().get(0).fold().identity();
    SpeedLayer speed = new SpeedLayer(stream, new ColumnarEngine(), Clock.SYSTEM, 1 << 20);
    try (StreamTilings tilings = new StreamTilings("s", store, speed, Clock.SYSTEM)) {
      StreamViews views =
          new StreamViews(stream, script.views(), tilings, speed, new Definitions());
      tilings.publish(change(Set.of(), used, 0, 20));
      tilings.publish(change(Set.of(), UNUSED, 0, 10));
      tilings.publish(change(Set.of(), UNUSED, 10, 20));
      int[] left = {compactions};
      store.beforeRemoval =
          () -> {
            if (left[0]-- > 0) {
              tilings.publish(change(ids(UNUSED), UNUSED, 0, 20));
            }
          };
      views.remove(Set.of(UNUSED));
      assertEquals(Set.of(), ids(UNUSED));
      assertEquals(1, ids(used).size());
      assertEquals(compactions + 1, store.removals);
      assertEquals(store.manifest(), tilings.manifest());
    }
  }
}
