// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

/**
 * A thread for what recurses as deep as a query is nested. DuckDB's parser and planner do it
 * natively: on a thread like any other they would end the process.
 */
final class DeepStack {
  /** Address space, of which only what is used takes memory. */
  private static final long BYTES = 256L << 20;

  private DeepStack() {}

  static void start(Runnable work) {
    Thread thread = new Thread(null, work, "query", BYTES);
    thread.setDaemon(true);
    thread.start();
  }
}
