// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import java.nio.ByteBuffer;
import java.util.List;
import org.anabranch.view.Coverage;
import org.anabranch.view.Segment;
import org.anabranch.view.Tally;

/**
 * A segment read from its bytes where they lie, on the heap or mapped. Opening checks footer and
 * index, a block is checked when first touched, and where it is mapped, and so may change under us,
 * its checksum whenever it is gone to. What is damaged is had again from another copy or is a
 * {@link CorruptSegmentException}, never an answer from the rest. Any number of threads may read.
 */
public final class EncodedSegment implements Segment {
  private final String name;
  private volatile Parts parts;
  private final SegmentSummary summary;
  private final BlockIndex index;

  /** Which blocks were found good. Races only check a block twice. */
  private final boolean[] checked;

  private final Runnable release;
  private final Repair repair;
  private volatile boolean closed;

  private EncodedSegment(
      String name,
      Parts parts,
      SegmentSummary summary,
      BlockIndex index,
      Runnable release,
      Repair repair) {
    this.repair = repair;
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
    return open(name, parts, release, Repair.NONE);
  }

  /**
   * Opens a segment of which there is another copy.
   *
   * @param repair asked for the bytes again when a block turns out to be damaged
   */
  public static EncodedSegment open(
      String name, List<ByteBuffer> parts, Runnable release, Repair repair) {
    Parts bytes = new Parts(parts);
    SegmentOpening opening = new SegmentOpening(name, bytes);
    Footer footer = opening.footer();
    return new EncodedSegment(
        name, bytes, footer.summary(), opening.index(footer), release, repair);
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
    Parts bytes = parts;
    try {
      return block(bytes, number);
    } catch (CorruptSegmentException damage) {
      return block(repaired(bytes, damage), number);
    }
  }

  private Block block(Parts bytes, int number) {
    long offset = index.offset(number);
    Block block =
        new Block(
            bytes.at(offset), bytes.within(offset), index.length(number), index.count(number));
    if (bytes.isMapped() || !checked[number]) {
      checkSum(bytes, number);
    }
    if (!checked[number]) {
      SegmentOpening.decoded(
          name,
          place(number),
          () -> {
            block.check(index.firstKey(number));
            return block;
          });
      checked[number] = true;
    }
    return block;
  }

  private void checkSum(Parts bytes, int number) {
    long offset = index.offset(number);
    int found = SegmentFile.checksum(bytes.at(offset), bytes.within(offset), index.length(number));
    if (found != index.checksum(number)) {
      SegmentOpening.checkSum(name, place(number), found, index.checksum(number));
    }
  }

  private String place(int number) {
    return "block " + number + " of " + index.length(number) + " bytes at " + index.offset(number);
  }

  /** The bytes after a repair, which one reader of those who saw the damage makes. */
  private synchronized Parts repaired(Parts seen, CorruptSegmentException damage) {
    if (parts == seen) {
      Parts fresh = new Parts(repair.parts(damage));
      Footer footer = new SegmentOpening(name, fresh).footer();
      if (!footer.summary().equals(summary) || fresh.length() != seen.length()) {
        throw damage;
      }
      parts = fresh;
    }
    return parts;
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
