// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import org.anabranch.view.Lane;

/** A position that was to be read next and is not in the log, on one side of it or the other. */
public abstract sealed class LostPositionException extends LogException
    permits HistoryLostException, LostTailException {
  private static final long serialVersionUID = 1L;

  private final transient Lane lane;
  private final long position;

  LostPositionException(String message, Lane lane, long position, Throwable cause) {
    super(message, cause);
    this.lane = lane;
    this.position = position;
  }

  /** What helps: the next start settles what the lake has, and asks about the rest. */
  static String remedy(String stream) {
    return " start again: what the lake has stays, and what is gone is named then. Bring the log"
        + " back as it was before that, or go on without it: --accept-gap "
        + stream;
  }

  public Lane lane() {
    return lane;
  }

  public long position() {
    return position;
  }
}
