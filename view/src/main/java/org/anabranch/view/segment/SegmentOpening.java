// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import java.nio.ByteBuffer;
import java.util.function.Supplier;

/** Reads and checks footer and index of a segment's bytes. */
final class SegmentOpening {
  private final String name;
  private final Parts parts;

  SegmentOpening(String name, Parts parts) {
    this.name = name;
    this.parts = parts;
  }

  /** The footer, found from the end of the file. */
  Footer footer() {
    ByteBuffer tail = tail();
    int length = tail.getInt(0);
    long end = parts.length() - SegmentFile.TAIL_LENGTH;
    if (length < 0 || length > end - SegmentFile.MAGIC_LENGTH) {
      throw new CorruptSegmentException(name, "the tail", "a footer of " + length + " bytes");
    }
    byte[] bytes = parts.copy(end - length, length);
    checkSum(name, "the footer", SegmentFile.checksum(bytes, length), tail.getInt(4));
    Footer footer = decoded(name, "the footer", () -> Footer.read(bytes));
    checkParts(footer);
    checkIndexPlace(footer, end - length);
    return footer;
  }

  /** The last bytes of the file, after checking both ends and its length. */
  private ByteBuffer tail() {
    int least = SegmentFile.MAGIC_LENGTH + SegmentFile.TAIL_LENGTH;
    if (parts.length() < least) {
      throw new CorruptSegmentException(
          name, "the file", "it has " + parts.length() + " bytes, at least " + least + " expected");
    }
    ByteBuffer head = ByteBuffer.wrap(parts.copy(0, SegmentFile.MAGIC_LENGTH));
    SegmentFile.checkMagic(name, "the magic at the start", head, 0);
    long offset = parts.length() - SegmentFile.TAIL_LENGTH;
    ByteBuffer tail = ByteBuffer.wrap(parts.copy(offset, SegmentFile.TAIL_LENGTH));
    SegmentFile.checkMagic(name, "the magic at the end", tail, 16);
    if (tail.getLong(8) != parts.length()) {
      throw new CorruptSegmentException(
          name, "the file", parts.length() + " bytes of " + tail.getLong(8));
    }
    return tail;
  }

  private void checkIndexPlace(Footer footer, long footerOffset) {
    long offset = footer.indexOffset();
    long length = footer.indexLength();
    if (offset < SegmentFile.MAGIC_LENGTH || length < 0 || offset + length != footerOffset) {
      throw new CorruptSegmentException(
          name, "the footer", "an index of " + length + " bytes at " + offset);
    }
  }

  private void checkParts(Footer footer) {
    if (parts.count() > 1 && parts.partSize() != footer.partSize()) {
      throw new IllegalArgumentException(
          "Cannot read segment "
              + name
              + " in parts of "
              + parts.partSize()
              + " bytes: it was written in parts of "
              + footer.partSize());
    }
  }

  /** The index that a footer speaks of. */
  BlockIndex index(Footer footer) {
    int length = (int) Math.min(footer.indexLength(), Integer.MAX_VALUE - 16);
    byte[] index = parts.copy(footer.indexOffset(), length);
    checkSum(name, "the index", SegmentFile.checksum(index, length), footer.indexChecksum());
    return decoded(name, "the index", () -> BlockIndex.read(index, footer));
  }

  static void checkSum(String name, String place, int found, int expected) {
    if (found != expected) {
      throw new CorruptSegmentException(
          name,
          place,
          "its CRC is " + Integer.toHexString(found) + ", not " + Integer.toHexString(expected));
    }
  }

  static <T> T decoded(String name, String place, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (RuntimeException e) {
      // Whatever goes wrong in bytes with a good checksum, the writer was not this program's.
      throw new CorruptSegmentException(name, place, String.valueOf(e.getMessage()), e);
    }
  }
}
