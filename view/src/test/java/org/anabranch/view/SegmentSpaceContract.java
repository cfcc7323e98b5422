// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.anabranch.view.reference.ReferenceEngine;
import org.anabranch.view.segment.SegmentMerge;
import org.junit.jupiter.api.Test;

/** What every space of segments does: it gives back what was written. */
public abstract class SegmentSpaceContract {
  protected abstract SegmentSpace space();

  private static void assertSame(Segment expected, Segment actual) {
    assertEquals(expected.fold(), actual.fold());
    assertEquals(expected.coverage(), actual.coverage());
    assertEquals(expected.tally(), actual.tally());
    assertEquals(expected.groups(), actual.groups());
    assertEquals(expected.bytes(), actual.bytes());
    assertEquals(expected.digest(), actual.digest());
    Segment.Groups one = expected.scan(null, null);
    Segment.Groups other = actual.scan(null, null);
    while (one.next()) {
      assertTrue(other.next());
      assertEquals(one.key(), other.key());
      assertEquals(one.state(), other.state());
    }
    assertFalse(other.next());
  }

  @Test
  void aSegmentIsTheSameInEverySpace() {
    SegmentSpace space = space();
    Trials.run(
        60,
        random -> {
          RandomSegments segments = RandomSegments.of(random, 200);
          Segment kept = new SegmentMerge(segments.fold()).in(space, segments.pieces());
          assertSame(segments.whole(), kept);
        });
  }

  @Test
  void whatAnEngineSealsAndMergesThereIsTheSame() {
    SegmentSpace space = space();
    Trials.run(
        30,
        random -> {
          MemoryHistory history = RandomRows.history(random, 200);
          Fold fold = new RandomFolds(RandomRows.SCHEMA, random).next();
          Engine engine = new ReferenceEngine(space);
          List<Segment> pieces = new ArrayList<>();
          for (Coverage piece : RandomCoverages.pieces(random, history.coverage(), 3)) {
            pieces.add(engine.fold(fold, history, piece));
          }
          assertSame(
              new ReferenceEngine().fold(fold, history, history.coverage()),
              engine.merge(fold, pieces));
        });
  }

  @Test
  void aSegmentThatCannotBeWrittenIsRefusedAndTheSpaceGoesOn() {
    SegmentSpace space = space();
    Coverage coverage = Coverage.of(new Lane("x", 0, 0), 0, 1);
    assertThrows(
        RuntimeException.class,
        () ->
            space.write(
                "f",
                coverage,
                Tally.ZERO,
                writer -> {
                  throw new UncheckedIOException(new IOException("no room"));
                }));
    assertEquals(0, space.write("f", coverage, Tally.ZERO, writer -> {}).groups());
  }
}
