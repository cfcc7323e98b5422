// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.client;

import java.io.IOException;

/** An answer that had begun and is not whole: what was read of it is not all there is. */
public final class CutAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  public CutAnswerException(String reason, IOException cause) {
    super(
        "The answer was cut off: "
            + reason
            + "\n  what was printed is not all of it; ask again, and see the server's log if it"
            + " stopped",
        cause);
  }
}
