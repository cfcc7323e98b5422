// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import org.anabranch.view.Step;

/**
 * Runs steps until it is closed. Production gives each its own thread; a test turns them by hand.
 */
public interface Scheduler extends AutoCloseable {
  /**
   * Runs a step again and again.
   *
   * @param name for the thread and for messages
   * @param step what to run; if it throws, it is run no more and the failure is reported
   */
  Task schedule(String name, Step step);

  /** What was scheduled. */
  java.util.List<Task> tasks();

  /** Stops all tasks and waits for their current steps to end. */
  @Override
  void close();

  /** A scheduled step. */
  interface Task {
    String name();

    /** Why it stopped by itself, or null. */
    Throwable failure();

    /** Stops it and waits for its current step to end. */
    void stop();
  }
}
