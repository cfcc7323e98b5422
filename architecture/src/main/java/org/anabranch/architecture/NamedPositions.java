// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import org.anabranch.ingest.PartitionLanes;
import org.anabranch.lake.LakeStream;
import org.anabranch.lake.RegisteredLane;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.Range;

/**
 * Names the positions of a partition by their lanes: below the opening of the lane that is followed
 * now they belong to the incarnations before.
 */
final class NamedPositions implements PartitionLanes {
  private final IntFunction<Lane> current;
  private final LakeStream lake;

  /**
   * @param current the lane of a partition that is followed now, opened if it is new
   */
  NamedPositions(IntFunction<Lane> current, LakeStream lake) {
    this.current = current;
    this.lake = lake;
  }

  @Override
  public Lane lane(int partition) {
    return current.apply(partition);
  }

  @Override
  public Coverage coverage(int partition, Range positions) {
    Lane newest = lane(partition);
    if (newest.incarnation() == 0) {
      return Coverage.of(newest, positions.from(), positions.to());
    }
    List<RegisteredLane> lanes =
        lake.lanes().lanes().stream()
            .filter(lane -> isOf(newest, lane.lane()))
            .sorted(Comparator.comparing(RegisteredLane::lane, Comparator.reverseOrder()))
            .toList();
    Coverage.Builder named = new Coverage.Builder();
    long to = positions.to();
    for (RegisteredLane lane : lanes) {
      long from = Math.max(positions.from(), lane.opened());
      if (from < to) {
        named.add(lane.lane(), new Range(from, to));
        to = from;
      }
    }
    return named.build();
  }

  private static boolean isOf(Lane newest, Lane lane) {
    return lane.topicId().equals(newest.topicId()) && lane.partition() == newest.partition();
  }
}
