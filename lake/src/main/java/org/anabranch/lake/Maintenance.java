// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.util.List;
import org.anabranch.view.Step;

/** All that keeps a stream's tables small, one piece of work a step. */
final class Maintenance implements Step {
  private final List<Step> steps;

  Maintenance(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  @Override
  public int step() throws Exception {
    for (Step step : steps) {
      int done = step.step();
      if (done > 0) {
        return done;
      }
    }
    return 0;
  }
}
