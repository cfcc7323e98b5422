// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import java.nio.ByteBuffer;
import java.util.List;
import org.anabranch.view.Coverage;
import org.anabranch.view.Segment;
import org.anabranch.view.Tally;

/**
 * A segment read from its bytes where they lie, on the heap or mapped. Opening checks footer and
 * index, a block is checked when first touched; what is damaged is a {@link
 * CorruptSegmentException}, never an answer from the rest. Any number of threads may read.
 */
public final class EncodedSegment implements Segment {
  private final String name;
  private final Parts parts;
  private final SegmentSummary summary;
  private final BlockIndex index;

  /** Which blocks were found good. Races only check a block twice. */
  private final boolean[] checked;

  private final Runnable release;
  private volatile boolean closed;

  private EncodedSegment(
      String name, Parts parts, SegmentSummary summary, BlockIndex index, Runnable release) {
    this.name = name;
    this.parts = parts;
    this.summary = summary;
    this.index = index;
    this.checked = new boolean[index.size()];
    this.release = release;
  }

  /**
   * Opens a segment.
   *
   * @param name what to call it in errors, a file's path for instance
   * @param parts its bytes from position to limit, in buffers of the part size ({@link
   *     SegmentFile#PART_SIZE} unless it was written otherwise) but for the last, or in one buffer
   * @param release what to do when it is closed
   * @throws CorruptSegmentException if footer or index are not what was written
   */
  public static EncodedSegment open(String name, List<ByteBuffer> parts, Runnable release) {
    Parts bytes = new Parts(parts);
    SegmentOpening opening = new SegmentOpening(name, bytes);
    Footer footer = opening.footer();
    return new EncodedSegment(name, bytes, footer.summary(), opening.index(footer), release);
  }

  /** What the segment says of itself. */
  public SegmentSummary summary() {
    return summary;
  }

  @Override
  public String fold() {
    return summary.fold();
  }

  @Override
  public Coverage coverage() {
    return summary.coverage();
  }

  @Override
  public Tally tally() {
    return summary.tally();
  }

  @Override
  public long groups() {
    return summary.groups();
  }

  @Override
  public long bytes() {
    return summary.bytes();
  }

  @Override
  public String digest() {
    return summary.digest();
  }

  @Override
  public long heapBytes() {
    return parts.heapBytes() + index.heapBytes();
  }

  /** How many bytes the whole file takes. */
  public long length() {
    return parts.length();
  }

  @Override
  public Groups scan(byte[] from, byte[] to) {
    return new EncodedGroups(this, from == null ? new Place(0, 0) : place(from), endOf(to));
  }

  private Place endOf(byte[] to) {
    return to == null ? new Place(blocks(), 0) : place(to);
  }

  @Override
  public ByteBuffer find(byte[] key) {
    int number = index.blockOf(key);
    if (number < 0) {
      checkOpen();
      return null;
    }
    Block block = block(number);
    int entry = block.lowerBound(key);
    if (entry == block.count()) {
      return null;
    }
    block.moveTo(entry);
    return block.compareKey(key) == 0 ? block.state() : null;
  }

  /** Where a group is: the entry of a block, or the block after the last. */
  record Place(int block, int entry) {}

  /** The first group whose key is not before the given one. */
  private Place place(byte[] key) {
    int number = index.blockOf(key);
    if (number < 0) {
      return new Place(0, 0);
    }
    Block block = block(number);
    int entry = block.lowerBound(key);
    return entry == block.count() ? new Place(number + 1, 0) : new Place(number, entry);
  }

  int blocks() {
    return index.size();
  }

  /** A cursor over a block that is good. */
  Block block(int number) {
    checkOpen();
    long offset = index.offset(number);
    Block block =
        new Block(
            parts.at(offset), parts.within(offset), index.length(number), index.count(number));
    if (!checked[number]) {
      check(block, number);
    }
    return block;
  }

  private void check(Block block, int number) {
    int length = index.length(number);
    long offset = index.offset(number);
    String place = "block " + number + " of " + length + " bytes at " + offset;
    int found = SegmentFile.checksum(parts.at(offset), parts.within(offset), length);
    SegmentOpening.checkSum(name, place, found, index.checksum(number));
    SegmentOpening.decoded(
        name,
        place,
        () -> {
          block.check(index.firstKey(number));
          return block;
        });
    checked[number] = true;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("Cannot read segment " + name + ": it is closed");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      release.run();
    }
  }

  @Override
  public String toString() {
    return name + " covering " + coverage();
  }
}
