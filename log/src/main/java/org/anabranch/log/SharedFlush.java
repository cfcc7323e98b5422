// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Flushes for many at once: who comes while a flush is under way shares the one after it. */
final class SharedFlush {
  private final Runnable flush;
  private final Executor executor;
  private CompletableFuture<Void> waiting = new CompletableFuture<>();
  private boolean wanted;
  private boolean running;

  SharedFlush(Runnable flush, Executor executor) {
    this.flush = flush;
    this.executor = executor;
  }

  /** Done when a flush that began after this call has ended. */
  CompletableFuture<Void> next() {
    CompletableFuture<Void> mine;
    boolean idle;
    synchronized (this) {
      mine = waiting;
      wanted = true;
      idle = !running;
      running = true;
    }
    if (idle) {
      executor.execute(this::turns);
    }
    return mine;
  }

  private void turns() {
    for (CompletableFuture<Void> shared = take(); shared != null; shared = take()) {
      try {
        flush.run();
        shared.complete(null);
      } catch (RuntimeException e) {
        shared.completeExceptionally(
            new LogUnavailableException(
                "Cannot flush what was acknowledged: " + e.getMessage(), e));
      }
    }
  }

  private synchronized CompletableFuture<Void> take() {
    if (!wanted) {
      running = false;
      return null;
    }
    wanted = false;
    CompletableFuture<Void> shared = waiting;
    waiting = new CompletableFuture<>();
    return shared;
  }
}
