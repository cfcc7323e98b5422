// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.util.ArrayDeque;
import java.util.Deque;
import org.anabranch.view.Clock;

/** Rows per second over about the last ten seconds. */
final class Rate {
  private static final long WINDOW_NANOS = 10_000_000_000L;
  private static final long SAMPLE_NANOS = 500_000_000L;

  private final Clock clock;
  private final Deque<long[]> samples = new ArrayDeque<>();

  Rate(Clock clock) {
    this.clock = clock;
  }

  /** Notes how many rows there are by now. */
  synchronized void total(long rows) {
    long now = clock.nanos();
    if (samples.isEmpty() || now - samples.peekLast()[0] >= SAMPLE_NANOS) {
      samples.addLast(new long[] {now, rows});
      while (samples.size() > 2 && now - samples.peekFirst()[0] > WINDOW_NANOS) {
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
    return last[0] == first[0] ? 0 : (last[1] - first[1]) * 1e9 / (last[0] - first[0]);
  }
}
