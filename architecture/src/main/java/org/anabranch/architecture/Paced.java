// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import org.anabranch.view.Clock;
import org.anabranch.view.Pause;
import org.anabranch.view.Step;

/** A step that rests for a while when it had nothing to do: for looks that cost something. */
final class Paced implements Step {
  private final Step step;
  private final Pause rest;
  private final long restMillis;

  Paced(Step step, Clock clock, long restMillis) {
    this.step = step;
    this.rest = new Pause(clock);
    this.restMillis = restMillis;
  }

  @Override
  public int step() throws Exception {
    if (!rest.isOver()) {
      return 0;
    }
    int done = step.step();
    if (done == 0) {
      rest.begin(restMillis);
    }
    return done;
  }
}
