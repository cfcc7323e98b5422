// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.anabranch.log.LogUnavailableException;
import org.anabranch.view.Clock;
import org.anabranch.view.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A step that is tried again after failures that pass by themselves: a log that does not answer, a
 * full disk. Any other failure is for the scheduler.
 */
final class Retrying implements Step {
  private static final Logger LOG = LoggerFactory.getLogger(Retrying.class);
  private static final long PAUSE_MILLIS = 500;

  private final String name;
  private final Step step;
  private final Clock clock;
  private volatile Exception failing;
  private long notBefore;

  Retrying(String name, Step step, Clock clock) {
    this.name = name;
    this.step = step;
    this.clock = clock;
  }

  @Override
  public int step() throws Exception {
    if (failing != null && clock.millis() < notBefore) {
      return 0;
    }
    try {
      int done = step.step();
      failing = null;
      return done;
    } catch (LogUnavailableException | UncheckedIOException | IOException e) {
      if (failing == null) {
        LOG.warn("{} fails and is tried again: {}", name, e.toString());
      }
      failing = e;
      notBefore = clock.millis() + PAUSE_MILLIS;
      return 0;
    }
  }

  /** What fails now, in words. */
  Optional<String> failing() {
    Exception now = failing;
    return now == null ? Optional.empty() : Optional.of(name + ": " + now.getMessage());
  }
}
