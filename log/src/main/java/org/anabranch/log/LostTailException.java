// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import org.anabranch.view.Lane;

/** A lane that ends below, or diverged below, a position that is accounted for already. */
public final class LostTailException extends LostPositionException {
  private static final long serialVersionUID = 1L;

  private final long end;

  /**
   * @param position where reading was to go on
   * @param end where what the log and its reader agree on ends
   */
  public LostTailException(String stream, Lane lane, long position, long end, Throwable cause) {
    super(
        "Cannot read stream '"
            + stream
            + "' on lane "
            + lane
            + " from position "
            + position
            + ": the log holds what was read only up to position "
            + end
            + "; its tail was lost, and positions from there on mean other events. Restore the log,"
            + " or accept the gap",
        lane,
        position,
        cause);
    this.end = end;
  }

  private LostTailException(String message, Lane lane, long position, long end) {
    super(message, lane, position, null);
    this.end = end;
  }

  /** The same of a log that ends below what was acknowledged. */
  public static LostTailException acknowledged(
      String stream, Lane lane, long acknowledged, long end) {
    return new LostTailException(
        "Cannot open stream '"
            + stream
            + "' on lane "
            + lane
            + ": events up to position "
            + acknowledged
            + " were acknowledged, and what is left ends at position "
            + end
            + ": "
            + (acknowledged - end)
            + " acknowledged positions are lost. Restore the log, or accept the gap",
        lane,
        acknowledged,
        end);
  }

  public long end() {
    return end;
  }
}
