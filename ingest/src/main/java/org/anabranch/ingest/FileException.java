// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.io.IOException;

/**
 * A file that cannot be read, or not as what it is said to be: whatever goes wrong with a file is
 * one of these. The message names the file, and the line where there is one.
 */
public final class FileException extends IOException {
  private static final long serialVersionUID = 1L;

  private final long line;

  FileException(String message, long line) {
    this(message, line, null);
  }

  FileException(String message, long line, Throwable cause) {
    super(message, cause);
    this.line = line;
  }

  /** The line at fault, from 1, or 0. */
  public long line() {
    return line;
  }
}
