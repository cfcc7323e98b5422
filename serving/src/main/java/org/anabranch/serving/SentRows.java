// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import org.anabranch.serving.process.Frame;
import org.anabranch.serving.process.FrameReader;

/** The rows of a table as the server sends them. */
final class SentRows {
  private final Inbox inbox;
  private boolean ended;

  SentRows(Inbox inbox) {
    this.inbox = inbox;
  }

  /** The next block of rows, or null after the last. */
  FrameReader next() throws InterruptedException {
    if (ended) {
      return null;
    }
    Frame frame = inbox.nextOfStatement();
    ended = frame.kind() == Frame.Kind.TABLE_END;
    return ended ? null : frame.reader();
  }

  /** Takes what is left, of a table that cannot be had. */
  void skip() throws InterruptedException {
    while (!ended) {
      next();
    }
  }
}
