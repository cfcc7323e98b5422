// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

/** The log cannot be reached or is not ready; nothing was changed, and trying again may help. */
public final class LogUnavailableException extends LogException {
  private static final long serialVersionUID = 1L;

  public LogUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  public LogUnavailableException(String message) {
    this(message, null);
  }
}
