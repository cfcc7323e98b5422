// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import org.anabranch.view.Clock;

/** A clock that goes as far as it is told. */
final class ManualClock implements Clock {
  private volatile long nanos;

  void pass(long millis) {
    nanos += millis * 1_000_000;
  }

  @Override
  public long millis() {
    return nanos / 1_000_000;
  }

  @Override
  public long nanos() {
    return nanos;
  }
}
