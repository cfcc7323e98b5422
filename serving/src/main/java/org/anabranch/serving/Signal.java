// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.concurrent.TimeUnit;

/** Tells those who wait for something that it may have come. */
public final class Signal {
  private long count;

  /** How often it was given. */
  public synchronized long count() {
    return count;
  }

  public synchronized void give() {
    count++;
    notifyAll();
  }

  /**
   * Waits until it is given again.
   *
   * @param seen {@link #count} before what is waited for was looked at, so that none is missed
   * @return false if it was not given within the time
   */
  synchronized boolean awaitAfter(long seen, long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (count == seen) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }
}
