// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.anabranch.view.Coverage;
import org.anabranch.view.Fold;
import org.anabranch.view.Segment;
import org.anabranch.view.Tally;
import org.anabranch.view.Tiling;
import org.anabranch.view.accumulator.StateWriter;

/**
 * Merges segments of one fold. With {@code s(c)} for the segment of coverage c: {@code merge(s(a),
 * s(b)) = s(a + b)} for disjoint a and b, byte for byte, in any order; for others it is refused.
 */
public final class SegmentMerge {
  private final String fold;
  private final States states;

  public SegmentMerge(Fold fold) {
    this.fold = fold.identity();
    this.states = new States(fold);
  }

  /**
   * The groups of a tiling, made as they are walked over. It belongs to one thread.
   *
   * @param range which keys
   */
  public Segment.Groups scan(Tiling tiling, KeyRange range) {
    return scan(tiling.segments(), range);
  }

  /** The state of a key in a tiling, or null. */
  public ByteBuffer find(Tiling tiling, byte[] key) {
    ByteBuffer only = null;
    Object[] sum = null;
    for (Segment segment : tiling.segments()) {
      checkFold(segment);
      ByteBuffer state = segment.find(key);
      if (state == null) {
        continue;
      }
      if (only == null) {
        only = state;
        continue;
      }
      if (sum == null) {
        sum = states.decode(only);
      }
      states.merge(sum, states.decode(state));
    }
    return sum == null ? only : encoded(sum);
  }

  private ByteBuffer encoded(Object[] sum) {
    StateWriter out = new StateWriter();
    states.encode(sum, out);
    return ByteBuffer.wrap(out.array(), 0, out.size());
  }

  /**
   * Writes the merge of segments of disjoint coverage.
   *
   * @throws org.anabranch.view.OverlapException if two account for one position; nothing is written
   *     then
   */
  public SegmentSummary write(List<? extends Segment> segments, SegmentWriter writer)
      throws IOException {
    Coverage coverage = coverage(segments);
    writer.addAll(scan(segments, KeyRange.ALL));
    return writer.finish(fold, coverage, tally(segments));
  }

  /** The merge of segments of disjoint coverage, on the heap. */
  public EncodedSegment inMemory(List<? extends Segment> segments) {
    Coverage coverage = coverage(segments);
    return Segments.inMemory(
        fold, coverage, tally(segments), writer -> writer.addAll(scan(segments, KeyRange.ALL)));
  }

  private static Coverage coverage(List<? extends Segment> segments) {
    return segments.stream().map(Segment::coverage).reduce(Coverage.EMPTY, Coverage::plus);
  }

  private static Tally tally(List<? extends Segment> segments) {
    return segments.stream().map(Segment::tally).reduce(Tally.ZERO, Tally::merge);
  }

  /** Only for segments that are known to be disjoint. */
  private Segment.Groups scan(List<? extends Segment> segments, KeyRange range) {
    segments.forEach(this::checkFold);
    if (segments.size() == 1) {
      return segments.get(0).scan(range.from(), range.to());
    }
    return new MergedGroups(
        states, segments.stream().map(segment -> segment.scan(range.from(), range.to())).toList());
  }

  private void checkFold(Segment segment) {
    if (!segment.fold().equals(fold)) {
      throw new IllegalArgumentException(
          "Cannot merge a segment of fold " + segment.fold() + " for fold " + fold);
    }
  }
}
