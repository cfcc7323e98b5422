// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import org.anabranch.view.Lane;

/** A lane that starts above the wanted position: retention removed what was not read yet. */
public final class HistoryLostException extends LostPositionException {
  private static final long serialVersionUID = 1L;

  private final long start;

  public HistoryLostException(String stream, Lane lane, long position, long start) {
    super(
        "Cannot read stream '"
            + stream
            + "' on lane "
            + lane
            + " from position "
            + position
            + ": the log starts at position "
            + start
            + "; "
            + (start - position)
            + " positions were removed by the topic's retention before they were read. Raise"
            + " retention.ms and retention.bytes, stop, and"
            + remedy(stream),
        lane,
        position,
        null);
    this.start = start;
  }

  public long start() {
    return start;
  }
}
