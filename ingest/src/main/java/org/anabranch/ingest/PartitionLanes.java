// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.util.Optional;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;

/** The lanes that a topic's partitions are, and were. */
@FunctionalInterface
public interface PartitionLanes {
  /** The lane to which a partition's next events belong, opened if it is new. */
  Lane lane(int partition);

  /** The first position of a partition that belongs to that lane. */
  default long opening(int partition) {
    return 0;
  }

  /** A lane that a partition is or was, if the stream's history has it. */
  default Optional<Lane> incarnation(int partition, int incarnation) {
    return Optional.of(lane(partition)).filter(lane -> lane.incarnation() == incarnation);
  }

  /** What of these positions is history, or will be: what was lost of closed lanes is not. */
  default Coverage kept(Coverage positions) {
    return positions;
  }
}
