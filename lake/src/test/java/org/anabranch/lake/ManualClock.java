// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.util.concurrent.atomic.AtomicLong;
import org.anabranch.view.Clock;

/** A clock that the test moves. */
final class ManualClock implements Clock {
  private final AtomicLong now;

  ManualClock(long millis) {
    now = new AtomicLong(millis);
  }

  void advance(long millis) {
    now.addAndGet(millis);
  }

  @Override
  public long millis() {
    return now.get();
  }

  @Override
  public long nanos() {
    return now.get() * 1_000_000;
  }
}
