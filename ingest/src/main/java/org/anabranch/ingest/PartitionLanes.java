// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.Range;

/** The lanes that a topic's partitions are. */
@FunctionalInterface
public interface PartitionLanes {
  /** The lane to which a partition's next events belong, opened if it is new. */
  Lane lane(int partition);

  /** Positions of a partition, named by the lanes that they belong to. */
  default Coverage coverage(int partition, Range positions) {
    return Coverage.of(lane(partition), positions.from(), positions.to());
  }
}
