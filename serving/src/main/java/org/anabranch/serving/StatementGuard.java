// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.serving.process.QueryProcess;

/**
 * Ends the process of a statement that does not end in time by itself, or takes too much memory,
 * until it is closed. What runs natively is not asked.
 */
final class StatementGuard implements AutoCloseable {
  /** The process may still answer by itself that the time has passed, and live on. */
  static final long GRACE_MILLIS = 500;

  private static final long LOOK_MILLIS = 50;

  private final QueryProcess process;
  private final Watchdog watchdog;
  private final List<Runnable> ends = new ArrayList<>();
  private Runnable nextLook = () -> {};
  private boolean over;

  StatementGuard(QueryProcess process, Watchdog watchdog, long millis) {
    this.process = process;
    this.watchdog = watchdog;
    endWithin(millis);
    look();
  }

  /** The statement has to be over after that time, and a grace. */
  synchronized void endWithin(long millis) {
    ends.add(watchdog.after(millis + GRACE_MILLIS, this::end));
  }

  private synchronized void end() {
    if (!over) {
      process.kill(QueryProcess.Cause.TIME);
    }
  }

  private synchronized void look() {
    if (over) {
      return;
    }
    if (process.isTooLarge()) {
      process.kill(QueryProcess.Cause.MEMORY);
    } else {
      nextLook = watchdog.after(LOOK_MILLIS, this::look);
    }
  }

  /** After this the process is not touched any more. */
  @Override
  public synchronized void close() {
    over = true;
    nextLook.run();
    ends.forEach(Runnable::run);
  }
}
