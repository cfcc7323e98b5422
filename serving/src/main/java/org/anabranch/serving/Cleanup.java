// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.ArrayDeque;
import java.util.Deque;

/** What is to be undone when a query ends, the last first; each is tried even if another fails. */
final class Cleanup implements Runnable {
  private final Deque<Step> steps = new ArrayDeque<>();

  /** One thing to undo. */
  @FunctionalInterface
  interface Step {
    void run() throws Exception;
  }

  void add(Step step) {
    steps.push(step);
  }

  @Override
  public void run() {
    RuntimeException failure = null;
    while (!steps.isEmpty()) {
      try {
        steps.pop().run();
      } catch (Exception e) {
        IllegalStateException one =
            new IllegalStateException("Cannot clean up after a query: " + e.getMessage(), e);
        if (failure == null) {
          failure = one;
        } else {
          failure.addSuppressed(one);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
