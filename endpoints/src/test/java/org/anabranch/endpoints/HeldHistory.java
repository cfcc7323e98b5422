// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.util.List;
import org.anabranch.architecture.Scheduler;
import org.anabranch.architecture.ThreadScheduler;
import org.anabranch.view.Step;

/** Runs everything but the batch layer, which stands still until it is released. */
final class HeldHistory implements Scheduler {
  private final Scheduler threads = new ThreadScheduler();
  private volatile boolean released;

  void release() {
    released = true;
  }

  @Override
  public Task schedule(String name, Step step) {
    return threads.schedule(name, name.equals("history") ? () -> released ? step.step() : 0 : step);
  }

  @Override
  public List<Task> tasks() {
    return threads.tasks();
  }

  @Override
  public void close() {
    threads.close();
  }
}
