// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.anabranch.view.accumulator.StateWriter;

/**
 * The layout of a segment's bytes, format version 1, drawn and specified in {@code
 * docs/format/segments.md}: magic, blocks of entries, index, footer, tail.
 */
public final class SegmentFile {
  /** A block is closed as soon as its entries take this many bytes. */
  public static final int BLOCK_SIZE = 16 * 1024;

  /** Files are mapped in parts of this size; no block lies across two of them. */
  public static final int PART_SIZE = 1 << 30;

  /** The smallest part size. */
  public static final int MIN_PART_SIZE = 64;

  static final int VERSION = 1;
  static final int MAGIC_LENGTH = 8;
  static final int TAIL_LENGTH = 24;

  private static final long MAGIC = 0x414E41425345_4700L;

  private SegmentFile() {}

  static void writeMagic(StateWriter out) {
    out.writeLong(MAGIC | VERSION);
  }

  /** Checks the magic and version at the given place. */
  static void checkMagic(String segment, String place, ByteBuffer bytes, int from) {
    long found = bytes.getLong(from);
    if ((found & ~0xFFL) != MAGIC) {
      throw new CorruptSegmentException(
          segment, place, "it is " + Long.toHexString(found) + ", which is no segment's");
    }
    if ((found & 0xFF) != VERSION) {
      throw new CorruptSegmentException(
          segment,
          place,
          "format version " + (found & 0xFF) + "; this program reads version " + VERSION);
    }
  }

  /** The checksum of {@code length} bytes of a buffer. */
  static int checksum(ByteBuffer bytes, int from, int length) {
    CRC32C checksum = new CRC32C();
    if (bytes.isDirect()) {
      update(checksum, bytes, from, length);
    } else {
      checksum.update(bytes.duplicate().limit(from + length).position(from));
    }
    return (int) checksum.getValue();
  }

  /**
   * Mapped bytes are copied first: where their file was cut under us, a copy fails as any code
   * does, while what the checksum is computed by would end the process.
   */
  private static void update(CRC32C checksum, ByteBuffer bytes, int from, int length) {
    byte[] copy = new byte[Math.min(length, BLOCK_SIZE + BLOCK_SIZE / 4)];
    for (int at = 0; at < length; at += copy.length) {
      int run = Math.min(copy.length, length - at);
      bytes.get(from + at, copy, 0, run);
      checksum.update(copy, 0, run);
    }
  }

  static int checksum(byte[] bytes, int length) {
    return checksum(ByteBuffer.wrap(bytes), 0, length);
  }

  /** Where a block of the given length starts, if it may start no earlier than {@code end}. */
  static long blockStart(long end, long length, long partSize) {
    long partEnd = (end / partSize + 1) * partSize;
    return end + length <= partEnd ? end : partEnd;
  }
}
