// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

/**
 * A while in which nothing is due. It is measured, not read off the wall: a clock that is set, by
 * an hour and either way, makes it neither longer nor shorter. Not for use by several threads at
 * once.
 */
public final class Pause {
  private final Clock clock;
  private long until;

  /** A pause that is over. */
  public Pause(Clock clock) {
    this.clock = clock;
    this.until = clock.nanos();
  }

  /** Begins anew. */
  public void begin(long millis) {
    until = clock.nanos() + Math.max(0, millis) * 1_000_000;
  }

  /** Is over now. */
  public void end() {
    until = clock.nanos();
  }

  public boolean isOver() {
    return clock.nanos() - until >= 0;
  }
}
