// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.OverlapException;
import org.anabranch.view.RandomSegments;
import org.anabranch.view.Segment;
import org.anabranch.view.SegmentSpace;
import org.anabranch.view.Tally;
import org.anabranch.view.Tiling;
import org.anabranch.view.Trials;
import org.junit.jupiter.api.Test;

/** The merge of pieces against the segment of the whole. */
class SegmentMergeTest {
  private static List<String> shown(Segment.Groups groups) {
    List<String> all = new ArrayList<>();
    while (groups.next()) {
      all.add(bytes(groups.key()) + "=" + bytes(groups.state()));
    }
    return all;
  }

  private static String bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] key(Segment.Groups groups) {
    byte[] key = new byte[groups.key().remaining()];
    groups.key().duplicate().get(key);
    return key;
  }

  @Test
  void aTilingIsScannedAndSearchedLikeTheWhole() {
    Trials.run(
        100,
        random -> {
          RandomSegments segments = RandomSegments.of(random, 200);
          SegmentMerge merge = new SegmentMerge(segments.fold());
          Tiling tiling = Tiling.of(segments.fold(), segments.coverage(), segments.pieces());
          assertEquals(
              shown(segments.whole().scan(null, null)), shown(merge.scan(tiling, KeyRange.ALL)));
          List<byte[]> keys = new ArrayList<>();
          Segment.Groups all = segments.whole().scan(null, null);
          while (all.next()) {
            keys.add(key(all));
            assertEquals(bytes(all.state()), bytes(merge.find(tiling, key(all))));
          }
          for (int i = 0; i < 10 && !keys.isEmpty(); i++) {
            KeyRange range =
                new KeyRange(
                    keys.get(random.nextInt(keys.size())), keys.get(random.nextInt(keys.size())));
            assertEquals(
                shown(segments.whole().scan(range.from(), range.to())),
                shown(merge.scan(tiling, range)));
          }
          assertNull(merge.find(tiling, new byte[] {9}));
        });
  }

  @Test
  void aWrittenMergeIsTheFileOfTheWhole() {
    Trials.run(
        50,
        random -> {
          RandomSegments segments = RandomSegments.of(random, 200);
          ByteArrayOutputStream merged = new ByteArrayOutputStream();
          SegmentSummary summary =
              new SegmentMerge(segments.fold()).write(segments.pieces(), new SegmentWriter(merged));
          ByteArrayOutputStream whole = new ByteArrayOutputStream();
          assertEquals(Segments.copy(segments.whole(), whole), summary);
          assertEquals(
              bytes(ByteBuffer.wrap(whole.toByteArray())),
              bytes(ByteBuffer.wrap(merged.toByteArray())));
        });
  }

  @Test
  void nothingMergesToNothing() {
    Trials.run(
        5,
        random -> {
          RandomSegments segments = RandomSegments.of(random, 10);
          Segment nothing = new SegmentMerge(segments.fold()).in(SegmentSpace.HEAP, List.of());
          assertEquals(Coverage.EMPTY, nothing.coverage());
          assertEquals(Tally.ZERO, nothing.tally());
          assertEquals(0, nothing.groups());
        });
  }

  @Test
  void segmentsThatShareAPositionAreNotMerged() {
    Trials.run(
        10,
        random -> {
          RandomSegments segments = RandomSegments.of(random, 30);
          OverlapException refused =
              assertThrows(
                  OverlapException.class,
                  () ->
                      new SegmentMerge(segments.fold())
                          .in(SegmentSpace.HEAP, List.of(segments.whole(), segments.whole())));
          assertEquals(segments.coverage(), refused.shared());
        });
  }

  @Test
  void aSegmentOfAnotherFoldIsNotMerged() {
    Trials.run(
        5,
        random -> {
          RandomSegments segments = RandomSegments.of(random, 10);
          Segment other =
              Segments.empty("other", Coverage.of(new Lane("x", 9, 9), 0, 1), Tally.ZERO);
          IllegalArgumentException refused =
              assertThrows(
                  IllegalArgumentException.class,
                  () ->
                      new SegmentMerge(segments.fold())
                          .in(SegmentSpace.HEAP, List.of(segments.whole(), other)));
          assertTrue(refused.getMessage().contains("other"), refused.getMessage());
        });
  }

  @Test
  void aGroupThatWouldTakeTooMuchIsRefusedByItsKeyAndOthersAreRead() {
    Trials.run(
        30,
        random -> {
          RandomSegments segments = RandomSegments.of(random, 100);
          Tiling tiling = Tiling.of(segments.fold(), segments.coverage(), segments.pieces());
          SegmentMerge small = new SegmentMerge(segments.fold(), 0);
          int refusals = 0;
          Segment.Groups all = segments.whole().scan(null, null);
          while (all.next()) {
            byte[] key = key(all);
            long parts = segments.pieces().stream().filter(one -> one.find(key) != null).count();
            if (parts == 1) {
              assertEquals(bytes(all.state()), bytes(small.find(tiling, key)));
            } else if (all.state().remaining() > 0) {
              refusals++;
              GroupTooLargeException refused =
                  assertThrows(GroupTooLargeException.class, () -> small.find(tiling, key));
              assertTrue(refused.getMessage().contains("at most 0"), refused.getMessage());
            }
          }
          if (refusals > 0) {
            assertThrows(GroupTooLargeException.class, () -> small.summary(segments.pieces()));
          }
        });
  }

  /** Presenting walks on: the groups behind one that is too large are well. */
  @Test
  void aWalkGoesOnBehindAGroupThatIsTooLarge() {
    Trials.run(
        20,
        random -> {
          RandomSegments segments = RandomSegments.of(random, 60);
          Tiling tiling = Tiling.of(segments.fold(), segments.coverage(), segments.pieces());
          Segment.Groups all = new SegmentMerge(segments.fold()).scan(tiling, KeyRange.ALL);
          Segment.Groups small = new SegmentMerge(segments.fold(), 0).scan(tiling, KeyRange.ALL);
          while (all.next()) {
            boolean fits = true;
            try {
              assertTrue(small.next());
            } catch (GroupTooLargeException e) {
              fits = false;
            }
            assertEquals(all.key(), small.key());
            assertTrue(!fits || all.state().equals(small.state()));
          }
          assertFalse(small.next());
        });
  }

  @Test
  void aSingleSegmentIsScannedWhereItLies() {
    Trials.run(
        5,
        random -> {
          RandomSegments segments = RandomSegments.of(random, 30);
          Tiling tiling =
              Tiling.of(segments.fold(), segments.coverage(), List.of(segments.whole()));
          Segment.Groups groups = new SegmentMerge(segments.fold()).scan(tiling, KeyRange.ALL);
          assertSame(EncodedGroups.class, groups.getClass());
        });
  }
}
