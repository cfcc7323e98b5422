// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.function.Supplier;
import org.anabranch.view.Clock;

/** Waits for what is known to be on its way. */
final class Patience {
  private static final long NANOS = 30_000_000_000L;

  private Patience() {}

  /**
   * Tries until something comes; each try waits a little by itself.
   *
   * @throws LogUnavailableException if nothing comes for long
   */
  static <T> T until(Clock clock, Supplier<T> attempt, String what) {
    long started = clock.nanos();
    while (true) {
      T found = attempt.get();
      if (found != null) {
        return found;
      }
      if (clock.nanos() - started > NANOS) {
        throw new LogUnavailableException(
            "Cannot " + what + ": no answer for " + NANOS / 1_000_000_000L + " s");
      }
    }
  }
}
