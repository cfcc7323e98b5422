// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import org.anabranch.batch.Schedule;

/** The layers that an architecture starts. */
public interface Layers {
  /** Reads the durable tilings and opens every lane where it was left. */
  void recover();

  /** Starts to fold the log's tail and to checkpoint. */
  void startSpeed();

  /** Starts to move the log to the lake, and to compact. */
  void startLake();

  /** Starts what folds history: by the schedule, and whenever it is asked for. */
  void startHistory(Schedule schedule);

  /** The configured schedule. */
  Schedule schedule();
}
