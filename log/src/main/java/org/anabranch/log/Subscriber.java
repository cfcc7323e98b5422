// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import org.anabranch.view.Chunk;

/** Takes the chunks of a lane: each position once, in order, without a gap. */
@FunctionalInterface
public interface Subscriber {
  /**
   * Takes a chunk, or leaves it for later. Must not wait.
   *
   * @return false if busy: the same positions are offered again, perhaps cut in other chunks
   * @throws Exception if it cannot go on: its subscription ends
   */
  boolean offer(Chunk chunk) throws Exception;
}
