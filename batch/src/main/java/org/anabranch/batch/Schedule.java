// SPDX-License-Identifier: Apache-2.0
package org.anabranch.batch;

/** When runs start by themselves. */
@FunctionalInterface
public interface Schedule {
  /** Never by themselves. */
  Schedule NEVER = now -> Long.MAX_VALUE;

  /** The moment of the next run after now, both in epoch milliseconds. */
  long next(long now);

  /** Every so many milliseconds. */
  static Schedule every(long millis) {
    if (millis <= 0) {
      throw new IllegalArgumentException("Cannot run a batch every " + millis + " ms");
    }
    return now -> now + millis;
  }
}
