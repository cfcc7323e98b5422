// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.sql.SQLException;
import java.sql.Statement;

/**
 * Cancels a statement when its time has passed, until it is closed. DuckDB forgets a cancel that
 * comes before the statement has begun, so that it is cancelled again and again.
 */
final class StatementLimit implements AutoCloseable {
  private static final long AGAIN_MILLIS = 10;

  private final Statement statement;
  private final Watchdog watchdog;
  private Runnable callOff;
  private boolean over;

  StatementLimit(Statement statement, Watchdog watchdog, long millis) {
    this.statement = statement;
    this.watchdog = watchdog;
    synchronized (this) {
      callOff = watchdog.after(millis, this::cancel);
    }
  }

  /** Cancels now: the time that is left is not wanted any more. */
  synchronized void cancel() {
    if (over) {
      return;
    }
    callOff.run();
    try {
      statement.cancel();
    } catch (SQLException e) {
      // A statement that cannot be cancelled has not begun or is over: the next call tells which.
    }
    callOff = watchdog.after(AGAIN_MILLIS, this::cancel);
  }

  /** After this the statement is not touched any more. */
  @Override
  public synchronized void close() {
    over = true;
    callOff.run();
  }
}
