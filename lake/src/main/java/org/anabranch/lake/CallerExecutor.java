// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs Iceberg's tasks where they are submitted: a layer has no threads of its own, and Iceberg's
 * pools wait for each other in naps of 10 ms. It is never shut down.
 */
final class CallerExecutor extends AbstractExecutorService {
  static final CallerExecutor INSTANCE = new CallerExecutor();

  private CallerExecutor() {}

  @Override
  public void execute(Runnable task) {
    task.run();
  }

  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return false;
  }
}
