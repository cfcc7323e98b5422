// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.util.concurrent.atomic.AtomicLong;
import org.anabranch.view.Clock;

/** A clock that the test moves. */
final class ManualClock implements Clock {
  private final AtomicLong now = new AtomicLong(1_700_000_000_000L);

  void pass(long millis) {
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
