// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.util.function.IntConsumer;
import org.anabranch.log.StreamLog;
import org.anabranch.view.Clock;
import org.anabranch.view.Pause;
import org.anabranch.view.Step;

/** Looks every few seconds whether a topic has got more partitions, and has their lanes opened. */
final class NewPartitions implements Step {
  private static final long EVERY_MILLIS = 2_000;

  private final StreamLog log;
  private final IntConsumer lanes;
  private final Pause pause;
  private int known;

  /**
   * @param lanes opens the lane of a partition if it is new
   */
  NewPartitions(StreamLog log, IntConsumer lanes, Clock clock) {
    this.log = log;
    this.lanes = lanes;
    this.known = log.partitions().size();
    this.pause = new Pause(clock);
    pause.begin(EVERY_MILLIS);
  }

  @Override
  public int step() {
    if (!pause.isOver()) {
      return 0;
    }
    pause.begin(EVERY_MILLIS);
    int before = known;
    for (int partition : log.refresh()) {
      if (partition >= known) {
        lanes.accept(partition);
        known = partition + 1;
      }
    }
    return known - before;
  }
}
