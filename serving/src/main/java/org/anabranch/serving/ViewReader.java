// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import org.anabranch.view.Clock;

/** Keyed and ranged reads of a view, straight from its segments. Any number of threads may read. */
public final class ViewReader implements AutoCloseable {
  public ViewReader(ReadLimits limits, Clock clock) {}

  /**
   * Reads a page of a view.
   *
   * @throws ServingException if the request cannot be answered
   */
  public Answer read(ViewRelation relation, ReadRequest request) {
    throw new UnsupportedOperationException();
  }

  /** How many answers are pinned for their next page. */
  public int cursors() {
    return 0;
  }

  @Override
  public void close() {}
}
