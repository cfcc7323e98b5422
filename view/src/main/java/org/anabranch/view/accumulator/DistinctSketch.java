// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.util.Arrays;

/**
 * A set of hashes: all of them up to 256, beyond that a HyperLogLog of 4096 registers, and how many
 * rows they came from. Merging two unites the sets and adds the rows.
 *
 * <p>Which form it has is a function of the set: dense exactly if there are more than 256 hashes. A
 * register is a maximum over the set, so the content is one too. Heap: 24 bytes and 8 for every
 * hash of room (2 KiB at most), then 4 KiB.
 *
 * <p>The error of the dense form, measured over 200 to 2000 sets of each of 15 sizes from 300 to a
 * million, has a root mean square of 1.1 % to 1.7 % (theory: 1.04 / sqrt(4096) = 1.6 %), no bias
 * above 0.2 %, and was 6.6 % at worst.
 */
public final class DistinctSketch implements MergeableState<DistinctSketch> {
  /** The largest set that is kept exactly. */
  public static final int MAX_SPARSE = 256;

  private static final int INDEX_BITS = 12;
  private static final int REGISTERS = 1 << INDEX_BITS;
  private static final long[] NONE = {};

  /** Ascending, with the sign bit flipped, so that signed order is the unsigned one. */
  private long[] sparse = NONE;

  private int size;
  private byte[] dense;
  private long rows;

  /** Adds a value by its hash ({@link Hash64}). */
  public void add(long hash) {
    rows++;
    include(hash);
  }

  private void include(long hash) {
    if (dense != null) {
      register(hash);
      return;
    }
    long flipped = hash ^ Long.MIN_VALUE;
    int found = Arrays.binarySearch(sparse, 0, size, flipped);
    if (found < 0) {
      insert(-found - 1, flipped);
    }
  }

  @Override
  public void merge(DistinctSketch other) {
    rows += other.rows;
    if (other.dense == null) {
      for (int i = 0; i < other.size; i++) {
        include(other.sparse[i] ^ Long.MIN_VALUE);
      }
      return;
    }
    densify();
    for (int i = 0; i < REGISTERS; i++) {
      dense[i] = (byte) Math.max(dense[i], other.dense[i]);
    }
  }

  /**
   * How many different hashes there are: exactly up to 256, beyond that an estimate, which is above
   * 256 and no more than there are rows.
   */
  public long estimate() {
    return dense == null
        ? size
        : Math.max(MAX_SPARSE + 1, Math.min(rows, RegisterEstimate.of(dense)));
  }

  @Override
  public void encode(StateWriter out) {
    out.writeVarint(rows);
    if (rows == 0) {
      return;
    }
    if (dense != null) {
      out.writeByte(1);
      out.writeBytes(dense, 0, REGISTERS);
      return;
    }
    out.writeByte(0);
    out.writeVarint(size);
    for (int i = 0; i < size; i++) {
      out.writeLong(sparse[i] ^ Long.MIN_VALUE);
    }
  }

  public static DistinctSketch decode(StateReader in) {
    DistinctSketch sketch = new DistinctSketch();
    sketch.rows = in.readVarint();
    if (sketch.rows == 0) {
      return sketch;
    }
    if (in.readByte() == 1) {
      sketch.dense = in.readBytes(REGISTERS);
      return sketch;
    }
    sketch.size = (int) in.readVarint();
    sketch.sparse = new long[sketch.size];
    for (int i = 0; i < sketch.size; i++) {
      sketch.sparse[i] = in.readLong() ^ Long.MIN_VALUE;
    }
    return sketch;
  }

  private void insert(int place, long flipped) {
    if (size == MAX_SPARSE) {
      densify();
      register(flipped ^ Long.MIN_VALUE);
      return;
    }
    if (size == sparse.length) {
      sparse = Arrays.copyOf(sparse, Math.min(MAX_SPARSE, Math.max(4, size * 2)));
    }
    System.arraycopy(sparse, place, sparse, place + 1, size - place);
    sparse[place] = flipped;
    size++;
  }

  private void densify() {
    if (dense == null) {
      dense = new byte[REGISTERS];
      for (int i = 0; i < size; i++) {
        register(sparse[i] ^ Long.MIN_VALUE);
      }
      sparse = NONE;
      size = 0;
    }
  }

  private void register(long hash) {
    int index = (int) (hash >>> (64 - INDEX_BITS));
    int rank = 1 + Long.numberOfLeadingZeros((hash << INDEX_BITS) | (1L << (INDEX_BITS - 1)));
    if (rank > dense[index]) {
      dense[index] = (byte) rank;
    }
  }
}
