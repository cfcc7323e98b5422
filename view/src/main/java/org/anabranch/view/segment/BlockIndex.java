// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import java.util.Arrays;
import org.anabranch.view.accumulator.StateReader;

/** Where a segment's blocks are: about fifty bytes of heap for each. */
final class BlockIndex {
  /** An entry of each array, and the head of the key's. */
  private static final long BLOCK_BYTES = 48;

  private final byte[][] firstKeys;
  private final long[] offsets;
  private final int[] lengths;
  private final int[] counts;
  private final int[] checksums;

  private BlockIndex(int blocks) {
    firstKeys = new byte[blocks][];
    offsets = new long[blocks];
    lengths = new int[blocks];
    counts = new int[blocks];
    checksums = new int[blocks];
  }

  /**
   * Reads an index and checks that it can be one.
   *
   * @throws IllegalArgumentException if a block lies outside the file's data or in two parts, or
   *     blocks are out of order, or their entries are not all the groups
   */
  static BlockIndex read(byte[] bytes, Footer footer) {
    StateReader in = new StateReader(bytes);
    BlockIndex index = new BlockIndex(Math.toIntExact(footer.blocks()));
    long end = SegmentFile.MAGIC_LENGTH;
    long groups = 0;
    for (int block = 0; block < index.size(); block++) {
      index.firstKeys[block] = in.readBlock();
      index.offsets[block] = in.readVarint();
      index.lengths[block] = Math.toIntExact(in.readVarint());
      index.counts[block] = Math.toIntExact(in.readVarint());
      index.checksums[block] = in.readInt();
      index.check(block, end, footer);
      end = index.offsets[block] + index.lengths[block];
      groups += index.counts[block];
    }
    if (in.hasRemaining() || groups != footer.summary().groups() || end > footer.indexOffset()) {
      throw new IllegalArgumentException(
          "it lists " + groups + " of " + footer.summary().groups() + " groups, up to " + end);
    }
    return index;
  }

  private void check(int block, long end, Footer footer) {
    long start = SegmentFile.blockStart(end, lengths[block], footer.partSize());
    boolean ascends =
        block == 0 || Arrays.compareUnsigned(firstKeys[block - 1], firstKeys[block]) < 0;
    if (offsets[block] != start
        || counts[block] < 1
        || lengths[block] < counts[block] * (2L + Integer.BYTES)
        || lengths[block] > footer.partSize()
        || !ascends) {
      throw new IllegalArgumentException(
          "block "
              + block
              + " of "
              + lengths[block]
              + " bytes at "
              + offsets[block]
              + " cannot be");
    }
  }

  /** About how many bytes of heap the index takes. */
  long heapBytes() {
    long keys = 0;
    for (byte[] key : firstKeys) {
      keys += key.length;
    }
    return keys + BLOCK_BYTES * size();
  }

  int size() {
    return offsets.length;
  }

  byte[] firstKey(int block) {
    return firstKeys[block];
  }

  long offset(int block) {
    return offsets[block];
  }

  int length(int block) {
    return lengths[block];
  }

  int count(int block) {
    return counts[block];
  }

  int checksum(int block) {
    return checksums[block];
  }

  /** The last block whose first key is not after the given key, -1 if there is none. */
  int blockOf(byte[] key) {
    int low = 0;
    int high = size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Arrays.compareUnsigned(firstKeys[middle], key) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }
}
