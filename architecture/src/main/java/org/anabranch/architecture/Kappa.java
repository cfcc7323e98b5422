// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import org.anabranch.batch.Schedule;

/**
 * One streaming layer; history by replay.
 *
 * <p>The speed layer folds the log's tail, and its checkpointed segments are what answers for good.
 * A replay makes a cut, folds history up to it anew and puts the result in the place of the
 * segments below. Every answer is
 *
 * <pre>
 *   merge(checkpointed segments, live segments)
 * </pre>
 */
public final class Kappa implements Architecture {
  @Override
  public String name() {
    return "kappa";
  }

  @Override
  public boolean hasBatchLayer() {
    return false;
  }

  @Override
  public void start(Layers layers) {
    layers.recover();
    layers.startSpeed();
    layers.startLake();
    layers.startHistory(Schedule.NEVER);
  }
}
