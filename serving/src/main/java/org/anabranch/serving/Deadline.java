// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import org.anabranch.view.Clock;

/** When an answer has to be there. */
final class Deadline {
  private final Clock clock;
  private final long limitMillis;
  private final String question;
  private final String advice;
  private final long end;

  private Deadline(Clock clock, long limitMillis, String question, String advice) {
    this.clock = clock;
    this.limitMillis = limitMillis;
    this.question = question;
    this.advice = advice;
    this.end = clock.nanos() + Math.min(limitMillis, Integer.MAX_VALUE) * 1_000_000;
  }

  static Deadline ofQuery(Clock clock, long limitMillis) {
    return new Deadline(
        clock, limitMillis, "answer the query", "ask for less, or allow more time (timeout)");
  }

  static Deadline ofRead(Clock clock, long limitMillis, String view) {
    return new Deadline(
        clock,
        limitMillis,
        "read view " + view,
        "name more of its group keys or a shorter range, or take smaller pages in order of key");
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
        "Cannot " + question + " within " + limitMillis + " ms: " + advice);
  }
}
