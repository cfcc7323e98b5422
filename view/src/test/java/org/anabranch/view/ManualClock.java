// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.concurrent.atomic.AtomicLong;

/** A clock that the test moves. */
public final class ManualClock implements Clock {
  private final AtomicLong now;
  private final AtomicLong setBy = new AtomicLong();

  public ManualClock(long millis) {
    now = new AtomicLong(millis);
  }

  public void advance(long millis) {
    now.addAndGet(millis);
  }

  /** Sets what the wall shows forward or back, as an operator does; no time passes by it. */
  public void set(long byMillis) {
    setBy.addAndGet(byMillis);
  }

  @Override
  public long millis() {
    return now.get() + setBy.get();
  }

  @Override
  public long nanos() {
    return now.get() * 1_000_000;
  }
}
