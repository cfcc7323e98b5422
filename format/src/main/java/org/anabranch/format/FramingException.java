// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.io.IOException;

/** A body that cannot be split into events any further. */
public final class FramingException extends IOException {
  private static final long serialVersionUID = 1;

  private final long line;

  public FramingException(long line, String reason) {
    super(reason);
    this.line = line;
  }

  /** The line at fault, from 1. */
  public long line() {
    return line;
  }
}
