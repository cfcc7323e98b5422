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
            + "; its tail was lost, and positions from there on mean other events. Stop, and"
            + remedy(stream),
        lane,
        position,
        cause);
    this.end = end;
  }

  public long end() {
    return end;
  }
}
