// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Runs what recurses as deep as a query is nested on a thread with a large stack. DuckDB's parser
 * and planner do it natively: on a thread like any other they would end the process.
 */
final class DeepStack {
  /** Address space, of which only what is used takes memory. */
  private static final long BYTES = 256L << 20;

  private DeepStack() {}

  static <T> T run(Supplier<T> work) {
    FutureTask<T> task = new FutureTask<>(work::get);
    Thread thread = new Thread(null, task, "query", BYTES);
    thread.setDaemon(true);
    thread.start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          // The work has a deadline of its own.
          interrupted = true;
          thread.interrupt();
        }
      }
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException failure(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return (RuntimeException) cause;
  }
}
