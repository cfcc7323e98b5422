// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.anabranch.view.Coverage;
import org.anabranch.view.Segment;
import org.anabranch.view.SegmentSpace;
import org.anabranch.view.Tally;

/** Segments on the heap. */
public final class Segments {
  private Segments() {}

  /** A segment on the heap, of the groups that are written, in order of key. */
  public static EncodedSegment inMemory(
      String fold, Coverage coverage, Tally tally, SegmentSpace.Filling filling) {
    return inMemory(fold, coverage, tally, filling, SegmentFile.BLOCK_SIZE, SegmentFile.PART_SIZE);
  }

  static EncodedSegment inMemory(
      String fold,
      Coverage coverage,
      Tally tally,
      SegmentSpace.Filling filling,
      int blockSize,
      int partSize) {
    MemoryParts parts = new MemoryParts(partSize);
    try {
      SegmentWriter writer = new SegmentWriter(parts, blockSize, partSize);
      filling.fill(writer);
      writer.finish(fold, coverage, tally);
    } catch (IOException e) {
      throw new IllegalStateException("Cannot write a segment to memory: " + e.getMessage(), e);
    }
    return EncodedSegment.open("in memory", parts.parts(), () -> {});
  }

  /** A segment of no groups. */
  public static EncodedSegment empty(String fold, Coverage coverage, Tally tally) {
    return inMemory(fold, coverage, tally, writer -> {});
  }

  /** A walk over no groups. */
  public static Segment.Groups noGroups() {
    return new Segment.Groups() {
      @Override
      public boolean next() {
        return false;
      }

      @Override
      public ByteBuffer key() {
        throw new IllegalStateException("Cannot read a key: there are no groups");
      }

      @Override
      public ByteBuffer state() {
        throw new IllegalStateException("Cannot read a state: there are no groups");
      }
    };
  }

  /**
   * Writes a segment's groups again, as a file.
   *
   * @return what was written, equal to what the segment says of itself
   */
  public static SegmentSummary copy(Segment segment, OutputStream out) throws IOException {
    SegmentWriter writer = new SegmentWriter(out);
    writer.addAll(segment.scan(null, null));
    SegmentSummary summary = writer.finish(segment.fold(), segment.coverage(), segment.tally());
    if (!summary.digest().equals(segment.digest())) {
      throw new CorruptSegmentException(
          segment.toString(), "the whole", "its digest is " + summary.digest());
    }
    return summary;
  }
}
