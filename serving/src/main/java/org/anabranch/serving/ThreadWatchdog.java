// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A watchdog with one thread, which sleeps until the next time has passed. */
public final class ThreadWatchdog implements Watchdog {
  private final ScheduledThreadPoolExecutor thread;

  public ThreadWatchdog() {
    thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread one = new Thread(task, "query-watchdog");
              one.setDaemon(true);
              return one;
            });
    thread.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Runnable after(long millis, Runnable action) {
    ScheduledFuture<?> call = thread.schedule(action, millis, TimeUnit.MILLISECONDS);
    return () -> call.cancel(false);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
