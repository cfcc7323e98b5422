// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import org.anabranch.view.Lane;

/** Bytes of the log that fail their checksum or cannot be read as records. */
public final class CorruptLogException extends LogException {
  private static final long serialVersionUID = 1L;

  public CorruptLogException(String stream, Lane lane, long position, Throwable cause) {
    super(
        "Cannot read stream '"
            + stream
            + "' on lane "
            + lane
            + " at position "
            + position
            + ": the log is damaged there: "
            + cause.getMessage(),
        cause);
  }
}
