// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.io.IOException;

/** A file that cannot be read as what it is said to be. The message names file and line. */
public final class FileException extends IOException {
  private static final long serialVersionUID = 1L;

  private final long line;

  FileException(String message, long line, Throwable cause) {
    super(message, cause);
    this.line = line;
  }

  /** The line at fault, from 1, or 0. */
  public long line() {
    return line;
  }
}
