// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.anabranch.view.Coverage;
import org.anabranch.view.Fold;
import org.anabranch.view.Segment;
import org.anabranch.view.SegmentSpace;
import org.anabranch.view.Tally;
import org.anabranch.view.Tiling;
import org.anabranch.view.accumulator.StateWriter;

/**
 * Merges segments of one fold. With {@code s(c)} for the segment of coverage c: {@code merge(s(a),
 * s(b)) = s(a + b)} for disjoint a and b, byte for byte, in any order; for others it is refused.
 */
public final class SegmentMerge {
  /** Bytes of the encoded states of one group that are merged, if nothing else is said. */
  public static final long LARGEST_GROUP = 64L << 20;

  private final String fold;
  private final GroupMerge group;

  public SegmentMerge(Fold fold) {
    this(fold, LARGEST_GROUP);
  }

  /**
   * @param largestGroup how many bytes the encoded states of one group may take together; beyond, a
   *     merge is a {@link GroupTooLargeException}
   */
  public SegmentMerge(Fold fold, long largestGroup) {
    this.fold = fold.identity();
    this.group = new GroupMerge(fold, largestGroup);
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
    List<ByteBuffer> found = new ArrayList<>();
    for (Segment segment : tiling.segments()) {
      checkFold(segment);
      ByteBuffer state = segment.find(key);
      if (state != null) {
        found.add(state);
      }
    }
    return found.isEmpty() ? null : group.merge(ByteBuffer.wrap(key), found, new StateWriter());
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

  /** The merge of segments of disjoint coverage, kept in a space. */
  public Segment in(SegmentSpace space, List<? extends Segment> segments) {
    Coverage coverage = coverage(segments);
    return space.write(
        fold, coverage, tally(segments), writer -> writer.addAll(scan(segments, KeyRange.ALL)));
  }

  /** What the merge of segments of disjoint coverage would say of itself; it is not kept. */
  public SegmentSummary summary(List<? extends Segment> segments) {
    try {
      return write(segments, new SegmentWriter(OutputStream.nullOutputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot merge segments: " + e.getMessage(), e);
    }
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
        group, segments.stream().map(segment -> segment.scan(range.from(), range.to())).toList());
  }

  private void checkFold(Segment segment) {
    if (!segment.fold().equals(fold)) {
      throw new IllegalArgumentException(
          "Cannot merge a segment of fold " + segment.fold() + " for fold " + fold);
    }
  }
}
