// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

/** A segment that still grows. Owned by one thread at a time. */
public interface LiveSegment {
  /**
   * Folds a chunk whose schema has at least the fold's columns, by name.
   *
   * @throws OverlapException if some of its coverage was added before; nothing is changed then
   */
  void add(Rows rows);

  Coverage coverage();

  Tally tally();

  long groups();

  /** About how many bytes of heap the state takes. */
  long stateBytes();

  /**
   * The segment of all that was added. The live segment ends with it.
   *
   * @throws java.io.UncheckedIOException if there is no room for it; then the live segment goes on
   */
  Segment seal();
}
