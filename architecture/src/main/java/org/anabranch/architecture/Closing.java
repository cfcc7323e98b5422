// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes one thing after the other; each has its turn whatever became of those before. */
final class Closing {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  /** Something to be done at the end. */
  @FunctionalInterface
  interface Last {
    void run() throws Exception;
  }

  private Throwable failure;

  /**
   * Does one thing. A failure is told at the end, after all others had their turn.
   *
   * @param what its name in words
   */
  Closing then(String what, Last last) {
    try {
      last.run();
    } catch (Exception | Error e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      LOG.warn("Cannot close {}: {}", what, e.toString());
      if (failure == null) {
        failure = e;
      } else {
        failure.addSuppressed(e);
      }
    }
    return this;
  }

  /** Throws the first failure, if there was one; the others are with it. */
  void end() throws IOException {
    if (failure instanceof IOException io) {
      throw io;
    }
    if (failure instanceof RuntimeException runtime) {
      throw runtime;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw new IOException("Cannot close: " + failure, failure);
    }
  }
}
