// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

/**
 * A mutable state that takes in another of its kind. Equal multisets of rows give equal bytes,
 * whatever was added and merged in which order.
 *
 * @param <S> the kind of state
 */
public interface MergeableState<S> {
  /** Adds all rows of the other state, which stays as it is and shares nothing with this one. */
  void merge(S other);

  /** Writes the bytes of {@code docs/format/states.md}. */
  void encode(StateWriter out);
}
