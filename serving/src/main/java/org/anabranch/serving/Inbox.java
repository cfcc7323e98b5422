// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.anabranch.serving.process.Frame;

/**
 * What the server has sent and the worker has not taken yet. A cancel is known at once, also to a
 * worker that is running a statement and takes nothing.
 */
final class Inbox {
  private static final int MOST = 8;

  private final BlockingQueue<Frame> frames = new ArrayBlockingQueue<>(MOST);
  private boolean cancelled;
  private StatementLimit running;

  /** A statement whose answer nobody wants any more. */
  static final class Cancelled extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Cancelled() {
      super("cancelled", null, false, false);
    }
  }

  /** Takes a frame in; waits while there are too many. */
  void put(Frame frame) throws InterruptedException {
    switch (frame.kind()) {
      // The server sends the next statement only when it knows that the one before is over.
      case STATEMENT -> cancelled(false);
      case CANCEL -> cancelled(true);
      default -> {}
    }
    frames.put(frame);
  }

  private synchronized void cancelled(boolean value) {
    cancelled = value;
    if (value && running != null) {
      running.cancel();
    }
  }

  /** The next frame, between statements. */
  Frame next() throws InterruptedException {
    return frames.take();
  }

  /**
   * The next frame of a statement.
   *
   * @throws Cancelled if there will be none
   */
  Frame nextOfStatement() throws InterruptedException {
    Frame frame = frames.take();
    if (frame.kind() == Frame.Kind.CANCEL) {
      throw new Cancelled();
    }
    return frame;
  }

  /** From now on a cancel reaches what runs, or nothing if that is null. */
  synchronized void runs(StatementLimit limit) {
    running = limit;
    if (limit != null) {
      checkWanted();
    }
  }

  /**
   * Goes on only if the answer is still wanted.
   *
   * @throws Cancelled if it is not
   */
  synchronized void checkWanted() {
    if (cancelled) {
      throw new Cancelled();
    }
  }
}
