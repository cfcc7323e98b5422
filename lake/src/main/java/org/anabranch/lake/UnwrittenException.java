// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;

/**
 * A file could not be written: no room, a limit, a disk that is read-only. What was there before is
 * as it was, so it is no damage, and it may pass.
 */
final class UnwrittenException extends IOException {
  private static final long serialVersionUID = 1L;

  UnwrittenException(IOException cause) {
    super(cause.getMessage(), cause);
  }

  /** Whether that is what a failure comes from. */
  static boolean isIn(Throwable failure) {
    for (Throwable one = failure; one != null; one = one.getCause()) {
      if (one instanceof UnwrittenException) {
        return true;
      }
    }
    return false;
  }
}
