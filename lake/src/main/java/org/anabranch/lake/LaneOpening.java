// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.util.Objects;
import java.util.Optional;

/**
 * Where a lane begins.
 *
 * @param position the first position that history is to account for
 * @param mark what the log's record before that position says, where one was written there so that
 *     the lane is told from others of its partition
 */
public record LaneOpening(long position, Optional<String> mark) {
  public LaneOpening {
    Objects.requireNonNull(mark, "mark is null");
  }

  /** One without a mark. */
  public static LaneOpening at(long position) {
    return new LaneOpening(position, Optional.empty());
  }
}
