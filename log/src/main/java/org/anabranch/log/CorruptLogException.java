// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import org.anabranch.view.Lane;

/** Bytes of the log that fail their checksum or cannot be read as records. */
public final class CorruptLogException extends LogException {
  private static final long serialVersionUID = 1L;

  private final transient Lane lane;
  private final long position;

  /**
   * @param place where the damaged bytes are, in words
   * @param problem what is wrong there, in words
   */
  public CorruptLogException(
      String stream, Lane lane, long position, String place, String problem, Throwable cause) {
    super(
        "Cannot read stream '"
            + stream
            + "' on lane "
            + lane
            + " at position "
            + position
            + ": "
            + place
            + " is damaged there: "
            + problem
            + ". Restore it from a copy; positions that the lake has are answered from there all"
            + " the same",
        cause);
    this.lane = lane;
    this.position = position;
  }

  public Lane lane() {
    return lane;
  }

  public long position() {
    return position;
  }
}
