// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

/** Calls back when a time has passed. Production has a thread for it; a test calls by hand. */
public interface Watchdog extends AutoCloseable {
  /**
   * Calls back once, on another thread.
   *
   * @return what calls it off; what has begun is not ended
   */
  Runnable after(long millis, Runnable action);

  @Override
  void close();
}
