// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.io.IOException;
import org.anabranch.view.Fold;
import org.anabranch.view.Step;

/**
 * Keeps the live state of each view inside its budget. Beyond half of it a checkpoint moves the
 * state to files; a view that is beyond all of it even so is paused by name, and the others go on.
 */
final class StateBudget implements Step {
  private static final long EVERY_MILLIS = 50;

  private final StreamRuntime stream;
  private long last;

  StateBudget(StreamRuntime stream) {
    this.stream = stream;
  }

  @Override
  public int step() throws IOException {
    long now = stream.parts().clock().millis();
    if (now - last < EVERY_MILLIS) {
      return 0;
    }
    last = now;
    long budget = stream.parts().settings().stateBudget();
    for (Fold fold : stream.speed().folds()) {
      long bytes = stream.speed().bytes(fold.identity());
      if (bytes > budget) {
        pause(fold, bytes, budget);
      } else if (bytes > budget / 2) {
        stream.checkpoint().checkpoint();
      }
    }
    return 1;
  }

  private void pause(Fold fold, long bytes, long budget) {
    stream.speed().close(fold.identity());
    String reason =
        "paused: its live state takes "
            + bytes
            + " bytes, over the budget of "
            + budget
            + "; start again with a larger --state-budget";
    for (ViewSlot slot : stream.views().slots()) {
      boolean uses =
          slot.answering().stream()
              .anyMatch(view -> view.fold().identity().equals(fold.identity()));
      if (uses) {
        slot.pause("view " + slot.name() + " is " + reason);
      }
    }
  }
}
