// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

/** An event larger than the topic takes; nothing of its request was appended. */
public final class EventTooLargeException extends LogException {
  private static final long serialVersionUID = 1L;

  private final int index;

  public EventTooLargeException(String stream, int index, long bytes, long limit) {
    super(
        "Cannot append event "
            + index
            + " of the request to stream '"
            + stream
            + "': it takes "
            + bytes
            + " bytes, the topic takes at most "
            + limit
            + "; nothing was appended. Send smaller events, or raise the topic's max.message.bytes",
        null);
    this.index = index;
  }

  /** Which event of the request it is, from 0. */
  public int index() {
    return index;
  }
}
