// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.anabranch.ingest.PartitionLanes;
import org.anabranch.lake.LakeStream;
import org.anabranch.lake.RegisteredLane;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;

/**
 * The lanes of a stream's partitions, as the lake's registry has them. Those that are closed do not
 * change while a pipeline runs.
 */
final class NamedPositions implements PartitionLanes {
  private final IntFunction<Lane> current;
  private final LakeStream lake;
  private Map<Lane, Coverage> closed;

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
  public long opening(int partition) {
    Lane lane = lane(partition);
    return lake.lanes().lanes().stream()
        .filter(known -> known.lane().equals(lane))
        .findFirst()
        .orElseThrow()
        .opened();
  }

  @Override
  public Optional<Lane> incarnation(int partition, int incarnation) {
    return closed().keySet().stream()
        .filter(lane -> lane.partition() == partition && lane.incarnation() == incarnation)
        .findFirst()
        .or(() -> PartitionLanes.super.incarnation(partition, incarnation));
  }

  /** Of a closed lane, history is what the lake has. */
  @Override
  public Coverage kept(Coverage positions) {
    Coverage.Builder kept = new Coverage.Builder();
    positions
        .ranges()
        .forEach(
            (lane, ranges) -> {
              Coverage.Builder claimed = new Coverage.Builder();
              ranges.forEach(range -> claimed.add(lane, range));
              Coverage there = closed().get(lane);
              Coverage left = claimed.build();
              (there == null ? left : left.intersect(there))
                  .ranges(lane)
                  .forEach(range -> kept.add(lane, range));
            });
    return kept.build();
  }

  private synchronized Map<Lane, Coverage> closed() {
    if (closed == null) {
      Coverage covered = lake.master().coverage();
      Map<Lane, Coverage> found = new TreeMap<>();
      for (RegisteredLane lane : lake.lanes().lanes()) {
        if (lane.closed().isPresent()) {
          Coverage.Builder there = new Coverage.Builder();
          covered.ranges(lane.lane()).forEach(range -> there.add(lane.lane(), range));
          found.put(lane.lane(), there.build());
        }
      }
      closed = found;
    }
    return closed;
  }
}
