// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.anabranch.speed.SpeedLayer;
import org.anabranch.view.Clock;
import org.anabranch.view.Fold;
import org.anabranch.view.Pause;
import org.anabranch.view.Step;

/**
 * Removes the folds that no view uses any more. One that was answering a moment ago is kept up to
 * date for a while: a statement may have looked the view up before it changed and pin it only now,
 * and those that have pinned it are to end first.
 */
final class RetiredFolds implements Step {
  /** Longer than a statement takes from the look-up to the pin, its waiting included. */
  static final long KEPT_MILLIS = 60_000;

  static final long EVERY_MILLIS = 500;

  private final StreamViews views;
  private final StreamTilings tilings;
  private final SpeedLayer speed;
  private final BooleanSupplier recovered;
  private final Clock clock;
  private final Map<String, Long> since = new HashMap<>();
  private final Pause pause;

  /**
   * @param recovered whether every view that answered before the start does so again
   */
  RetiredFolds(
      StreamViews views,
      StreamTilings tilings,
      SpeedLayer speed,
      BooleanSupplier recovered,
      Clock clock) {
    this.views = views;
    this.tilings = tilings;
    this.speed = speed;
    this.recovered = recovered;
    this.clock = clock;
    this.pause = new Pause(clock);
  }

  @Override
  public int step() throws IOException {
    long now = clock.nanos();
    if (!pause.isOver() || !recovered.getAsBoolean()) {
      return 0;
    }
    pause.begin(EVERY_MILLIS);
    Set<String> unused = views.unusedFolds();
    since.keySet().retainAll(unused);
    unused.forEach(fold -> since.putIfAbsent(fold, now));
    Set<String> live = speed.folds().stream().map(Fold::identity).collect(Collectors.toSet());
    Set<String> due = new HashSet<>(unused);
    // What nobody has folded since the start, nobody has seen either.
    due.removeIf(fold -> live.contains(fold) && (isYoung(fold, now) || tilings.isUsed(fold)));
    if (due.isEmpty()) {
      return 0;
    }
    views.remove(due);
    return due.size();
  }

  private boolean isYoung(String fold, long now) {
    return now - since.get(fold) < KEPT_MILLIS * 1_000_000;
  }
}
