// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.util.Optional;
import org.anabranch.view.Fold;
import org.anabranch.view.Pause;
import org.anabranch.view.Step;

/**
 * Keeps what each view's state takes of the heap inside its budget. Beyond half of it the speed
 * layer moves live state to files by itself; a view that is beyond all of it even so is paused by
 * name, and the others go on.
 */
final class StateBudget implements Step {
  private static final long EVERY_MILLIS = 50;

  private final StreamRuntime stream;
  private final Pause pause;

  StateBudget(StreamRuntime stream) {
    this.stream = stream;
    this.pause = new Pause(stream.parts().clock());
  }

  @Override
  public int step() {
    if (!pause.isOver()) {
      return 0;
    }
    pause.begin(EVERY_MILLIS);
    for (Fold fold : stream.speed().folds()) {
      Optional<String> reason = reason(fold.identity());
      reason.ifPresent(text -> stream.backfills().stop(fold, text));
    }
    return 0;
  }

  private Optional<String> reason(String fold) {
    Optional<String> fault = stream.speed().fault(fold);
    long bytes = stream.speed().heapBytes(fold);
    if (fault.isPresent() || bytes <= stream.stateBudget()) {
      return fault;
    }
    String over = "its state takes " + bytes + " bytes, over the budget of " + stream.stateBudget();
    return Optional.of(stream.speed().trouble(fold).map(why -> over + ", and " + why).orElse(over));
  }
}
