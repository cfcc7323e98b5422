// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.concurrent.atomic.AtomicLong;
import org.anabranch.view.Clock;

/** A clock that goes as far as it is told. */
final class ManualClock implements Clock {
  private final AtomicLong nanos = new AtomicLong();

  void pass(long millis) {
    nanos.addAndGet(millis * 1_000_000);
  }

  @Override
  public long millis() {
    return nanos.get() / 1_000_000;
  }

  @Override
  public long nanos() {
    return nanos.get();
  }
}
