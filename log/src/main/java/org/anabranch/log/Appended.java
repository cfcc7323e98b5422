// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where the log put each event of a request, in the order of the request. */
public final class Appended {
  private final int[] partitions;
  private final long[] positions;
  private final long[] times;

  /** The arrays are kept, not copied. */
  public Appended(int[] partitions, long[] positions, long[] times) {
    if (partitions.length != positions.length || partitions.length != times.length) {
      throw new IllegalArgumentException(
          "Cannot describe "
              + partitions.length
              + " events with "
              + positions.length
              + " positions and "
              + times.length
              + " times");
    }
    this.partitions = partitions;
    this.positions = positions;
    this.times = times;
  }

  public int size() {
    return positions.length;
  }

  public int partition(int event) {
    return partitions[event];
  }

  public long position(int event) {
    return positions[event];
  }

  /** When the log took the event, in epoch milliseconds of its own clock. */
  public long appendedAt(int event) {
    return times[event];
  }

  /** One past the last position on every partition that took an event. */
  public SortedMap<Integer, Long> ends() {
    SortedMap<Integer, Long> ends = new TreeMap<>();
    for (int event = 0; event < positions.length; event++) {
      // Events of one partition come together.
      boolean lastOfRun =
          event + 1 == positions.length
              || partitions[event + 1] != partitions[event]
              || positions[event + 1] < positions[event];
      if (lastOfRun) {
        ends.merge(partitions[event], positions[event] + 1, Math::max);
      }
    }
    return ends;
  }

  @Override
  public String toString() {
    return "Appended[partitions="
        + Arrays.toString(partitions)
        + ", positions="
        + Arrays.toString(positions)
        + "]";
  }
}
