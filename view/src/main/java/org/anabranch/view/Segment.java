// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.nio.ByteBuffer;

/**
 * The immutable result of folding one coverage: group keys in order, each with the states of the
 * fold's aggregates.
 *
 * <p>Keys are encoded so that their unsigned bytes sort as their values do ({@link
 * org.anabranch.view.segment.KeyCodec}); a state is the concatenation of the aggregates' encodings.
 * Two segments of one fold merge where their coverages are disjoint: the groups of both, states of
 * equal keys merged. Segments over equal coverage have equal digests, whichever engine folded them
 * in whichever pieces.
 */
public interface Segment extends AutoCloseable {
  /** {@link Fold#identity} of what was folded. */
  String fold();

  Coverage coverage();

  Tally tally();

  /** How many groups there are. */
  long groups();

  /** How many bytes keys and states take. */
  long bytes();

  /** About how many bytes of heap it takes while it is open. */
  long heapBytes();

  /** SHA-256 in hexadecimal over the length-prefixed keys and states in order. */
  String digest();

  /**
   * The groups with {@code from <= key < to}, in order; null leaves an end open. A scan belongs to
   * one thread; several may run at once.
   */
  Groups scan(byte[] from, byte[] to);

  /** The state of a key, or null. */
  ByteBuffer find(byte[] key);

  /** Gives up what the segment holds; it is not read any more. */
  @Override
  void close();

  /** A walk over groups in order of key. */
  interface Groups {
    /** Goes to the next group, the first at first; false after the last. */
    boolean next();

    /** The key of this group, valid until the next call of {@link #next}. */
    ByteBuffer key();

    /** The states of this group, valid until the next call of {@link #next}. */
    ByteBuffer state();
  }
}
