// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import org.anabranch.log.LogUnavailableException;
import org.anabranch.view.Clock;
import org.anabranch.view.DamagedException;
import org.anabranch.view.Pause;
import org.anabranch.view.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A step that is tried again after failures that pass by themselves or with a hand's help: a log
 * that does not answer, a full disk, a damaged file that is restored. Any other failure is for the
 * scheduler.
 */
final class Retrying implements Step {
  private static final Logger LOG = LoggerFactory.getLogger(Retrying.class);
  private static final long PAUSE_MILLIS = 500;

  private final String name;
  private final Step step;
  private final Predicate<Exception> passes;
  private final Pause pause;
  private volatile Exception failing;

  Retrying(String name, Step step, Clock clock) {
    this(name, step, Retrying::passes, clock);
  }

  private Retrying(String name, Step step, Predicate<Exception> passes, Clock clock) {
    this.name = name;
    this.step = step;
    this.passes = passes;
    this.pause = new Pause(clock);
  }

  /**
   * Reads a log again that did not answer. A subscriber that failed has lost its place, so its
   * failure does not pass, whatever it is.
   */
  static Retrying reading(String name, Step step, Clock clock) {
    return new Retrying(name, step, Retrying::isAway, clock);
  }

  private static boolean passes(Exception failure) {
    return failure instanceof LogUnavailableException
        || failure instanceof UncheckedIOException
        || failure instanceof DamagedException
        || failure instanceof IOException;
  }

  private static boolean isAway(Throwable failure) {
    return failure instanceof LogUnavailableException
        && Arrays.stream(failure.getSuppressed()).allMatch(Retrying::isAway);
  }

  String name() {
    return name;
  }

  @Override
  public int step() throws Exception {
    if (failing != null && !pause.isOver()) {
      return 0;
    }
    try {
      int done = step.step();
      failing = null;
      return done;
    } catch (Exception e) {
      if (!passes.test(e)) {
        throw e;
      }
      if (failing == null) {
        LOG.warn("{} fails and is tried again: {}", name, e.toString());
      }
      failing = e;
      pause.begin(PAUSE_MILLIS);
      return 0;
    }
  }

  /** Whether it fails now because a log does not answer. */
  boolean isLogAway() {
    Exception now = failing;
    return now != null && isAway(now);
  }

  /** What fails now, in words. */
  Optional<String> failing() {
    Exception now = failing;
    return now == null ? Optional.empty() : Optional.of(name + ": " + now.getMessage());
  }
}
