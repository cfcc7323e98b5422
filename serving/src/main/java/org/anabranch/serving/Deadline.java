// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import org.anabranch.view.Clock;

/** When a query has to be done. */
final class Deadline {
  private final Clock clock;
  private final long limitMillis;
  private final long end;

  Deadline(Clock clock, long limitMillis) {
    this.clock = clock;
    this.limitMillis = limitMillis;
    this.end = clock.nanos() + Math.min(limitMillis, Integer.MAX_VALUE) * 1_000_000;
  }

  long limitMillis() {
    return limitMillis;
  }

  long leftMillis() {
    return Math.max(0, (end - clock.nanos()) / 1_000_000);
  }

  void check() {
    if (clock.nanos() - end >= 0) {
      throw passed();
    }
  }

  ServingException passed() {
    return new ServingException(
        ServingException.Reason.TIMEOUT,
        "Cannot answer within " + limitMillis + " ms: ask for less, or allow more time");
  }
}
