// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.util.ArrayDeque;
import java.util.Deque;
import org.anabranch.view.Clock;

/** Rows per second over about the last ten seconds. */
final class Rate {
  private static final long WINDOW_MILLIS = 10_000;
  private static final long SAMPLE_MILLIS = 500;

  private final Clock clock;
  private final Deque<long[]> samples = new ArrayDeque<>();

  Rate(Clock clock) {
    this.clock = clock;
  }

  /** Notes how many rows there are by now. */
  synchronized void total(long rows) {
    long now = clock.millis();
    if (samples.isEmpty() || now - samples.peekLast()[0] >= SAMPLE_MILLIS) {
      samples.addLast(new long[] {now, rows});
      while (samples.size() > 2 && now - samples.peekFirst()[0] > WINDOW_MILLIS) {
        samples.removeFirst();
      }
    }
  }

  synchronized double perSecond() {
    if (samples.size() < 2) {
      return 0;
    }
    long[] first = samples.peekFirst();
    long[] last = samples.peekLast();
    return last[0] == first[0] ? 0 : (last[1] - first[1]) * 1000.0 / (last[0] - first[0]);
  }
}
