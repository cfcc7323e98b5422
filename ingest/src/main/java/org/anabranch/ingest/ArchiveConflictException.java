// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import org.anabranch.view.StaleException;

/**
 * Somebody else writes to the stream's tables: what this archiver holds is no longer what comes
 * next. It does nothing more; where the tables stand is read again at the next start.
 */
public final class ArchiveConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ArchiveConflictException(String stream, StaleException cause) {
    super(
        "Cannot archive stream '"
            + stream
            + "' any further: another process writes to its tables. "
            + cause.getMessage()
            + ". Stop the other process, then start this one again",
        cause);
  }
}
