// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

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
   * @return false if it was not given before the deadline
   */
  synchronized boolean awaitAfter(long seen, Deadline deadline) throws InterruptedException {
    while (count == seen) {
      long left = deadline.leftMillis();
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }
}
