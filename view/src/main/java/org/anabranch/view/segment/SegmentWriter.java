// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.anabranch.view.Coverage;
import org.anabranch.view.Segment;
import org.anabranch.view.Tally;
import org.anabranch.view.accumulator.StateWriter;

/**
 * Writes a segment file front to back: groups in strictly ascending order of key, then {@link
 * #finish}. It keeps one block and the index in memory. Flushing, syncing and closing the sink is
 * its owner's affair.
 */
public final class SegmentWriter {
  private static final byte[] ZEROS = new byte[4096];

  private final OutputStream out;
  private final int blockSize;
  private final int partSize;
  private final MessageDigest digest = sha256();
  private final StateWriter block = new StateWriter(SegmentFile.BLOCK_SIZE * 2);
  private final StateWriter index = new StateWriter();
  private int[] offsets = new int[64];
  private int entries;
  private byte[] firstKey = {};
  private byte[] lastKey = {};
  private int lastKeyLength = -1;
  private byte[] keyScratch = new byte[64];
  private byte[] stateScratch = new byte[64];
  private long written;
  private long blocks;
  private long groups;
  private long bytes;
  private boolean finished;

  public SegmentWriter(OutputStream out) throws IOException {
    this(out, SegmentFile.BLOCK_SIZE, SegmentFile.PART_SIZE);
  }

  /** A writer of blocks and parts of other sizes than usual: for tests and small segments. */
  public SegmentWriter(OutputStream out, int blockSize, int partSize) throws IOException {
    if (partSize < SegmentFile.MIN_PART_SIZE) {
      throw new IllegalArgumentException("Cannot write a segment in parts of " + partSize);
    }
    this.out = out;
    this.blockSize = blockSize;
    this.partSize = partSize;
    StateWriter magic = new StateWriter();
    SegmentFile.writeMagic(magic);
    write(magic.array(), magic.size());
  }

  /** Writes all groups of a walk. */
  public void addAll(Segment.Groups all) throws IOException {
    while (all.next()) {
      add(all.key(), all.state());
    }
  }

  public void add(ByteBuffer key, ByteBuffer state) throws IOException {
    int keyLength = key.remaining();
    int stateLength = state.remaining();
    keyScratch = roomFor(keyScratch, keyLength);
    stateScratch = roomFor(stateScratch, stateLength);
    key.get(key.position(), keyScratch, 0, keyLength);
    state.get(state.position(), stateScratch, 0, stateLength);
    add(keyScratch, keyLength, stateScratch, stateLength);
  }

  /**
   * Writes a group: the first {@code keyLength} bytes of one array, {@code stateLength} of another.
   *
   * @throws IllegalArgumentException if the key does not come after the one before
   */
  public void add(byte[] key, int keyLength, byte[] state, int stateLength) throws IOException {
    checkOrder(key, keyLength);
    if (entries == 0) {
      firstKey = Arrays.copyOf(key, keyLength);
    }
    if (entries == offsets.length) {
      offsets = Arrays.copyOf(offsets, entries * 2);
    }
    offsets[entries++] = block.size();
    block.writeBlock(key, 0, keyLength);
    block.writeBlock(state, 0, stateLength);
    groups++;
    bytes += (long) keyLength + stateLength;
    if (block.size() >= blockSize) {
      closeBlock();
    }
  }

  private void checkOrder(byte[] key, int length) {
    if (finished) {
      throw new IllegalStateException("Cannot add to a segment that is finished");
    }
    if (lastKeyLength >= 0
        && Arrays.compareUnsigned(lastKey, 0, lastKeyLength, key, 0, length) >= 0) {
      throw new IllegalArgumentException(
          "Cannot write key "
              + HexFormat.of().formatHex(key, 0, length)
              + " after "
              + HexFormat.of().formatHex(lastKey, 0, lastKeyLength)
              + ": keys must ascend");
    }
    lastKey = roomFor(lastKey, length);
    System.arraycopy(key, 0, lastKey, 0, length);
    lastKeyLength = length;
  }

  private void closeBlock() throws IOException {
    digest.update(block.array(), 0, block.size());
    for (int i = 0; i < entries; i++) {
      block.writeInt(offsets[i]);
    }
    int length = block.size();
    if (length > partSize) {
      throw new IllegalArgumentException(
          "Cannot write a block of " + length + " bytes into parts of " + partSize);
    }
    pad(SegmentFile.blockStart(written, length, partSize) - written);
    index.writeBlock(firstKey, 0, firstKey.length);
    index.writeVarint(written);
    index.writeVarint(length);
    index.writeVarint(entries);
    index.writeInt(SegmentFile.checksum(block.array(), length));
    write(block.array(), length);
    block.clear();
    entries = 0;
    blocks++;
  }

  /** Ends the segment and says what was written. */
  public SegmentSummary finish(String fold, Coverage coverage, Tally tally) throws IOException {
    if (finished) {
      throw new IllegalStateException("Cannot finish a segment twice");
    }
    finished = true;
    if (entries > 0) {
      closeBlock();
    }
    SegmentSummary summary =
        new SegmentSummary(
            fold, coverage, tally, groups, bytes, HexFormat.of().formatHex(digest.digest()));
    Footer footer =
        new Footer(
            summary,
            partSize,
            written,
            index.size(),
            blocks,
            SegmentFile.checksum(index.array(), index.size()));
    write(index.array(), index.size());
    writeFooter(footer);
    return summary;
  }

  private void writeFooter(Footer footer) throws IOException {
    StateWriter end = new StateWriter(1024);
    footer.write(end);
    int length = end.size();
    int checksum = SegmentFile.checksum(end.array(), length);
    end.writeInt(length);
    end.writeInt(checksum);
    end.writeLong(written + length + SegmentFile.TAIL_LENGTH);
    SegmentFile.writeMagic(end);
    write(end.array(), end.size());
  }

  private void pad(long count) throws IOException {
    for (long left = count; left > 0; left -= ZEROS.length) {
      write(ZEROS, (int) Math.min(left, ZEROS.length));
    }
  }

  private void write(byte[] source, int length) throws IOException {
    out.write(source, 0, length);
    written += length;
  }

  private static byte[] roomFor(byte[] scratch, int length) {
    return length <= scratch.length ? scratch : new byte[Math.max(length, scratch.length * 2)];
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot write a segment: this JDK has no SHA-256", e);
    }
  }
}
