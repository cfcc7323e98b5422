// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.anabranch.serving.process.Frame;
import org.anabranch.serving.process.FrameWriter;
import org.anabranch.serving.process.QueryProcess;

/**
 * A query process and what the server knows about it.
 *
 * @param process the process
 * @param tables the tables of views it keeps
 * @param startedNanos when it was started
 */
record SqlProcess(QueryProcess process, ViewTables tables, long startedNanos) {
  private static final long LONGEST_START_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** Tells a process what it is for; it answers when it is ready. */
  static SqlProcess greet(QueryProcess process, SqlSettings settings, long nanos)
      throws IOException {
    FrameWriter hello = new FrameWriter().number(Frame.VERSION);
    hello.number(settings.memoryMegabytes()).number(settings.threads());
    process.channel().send(Frame.Kind.HELLO, hello);
    return new SqlProcess(process, new ViewTables(settings), nanos);
  }

  /** Whether it will never be ready, as far as one can tell. */
  boolean isStuck(long nanos) {
    return !process.isReady() && nanos - startedNanos > LONGEST_START_NANOS;
  }
}
