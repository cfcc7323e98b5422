// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

/**
 * An append of which it is not known what of it happened: events that were not acknowledged may be
 * in the log or not. Repeating it may append them twice; their idempotency headers tell.
 */
public final class UnknownOutcomeException extends LogException {
  private static final long serialVersionUID = 1L;

  private final int acknowledged;

  public UnknownOutcomeException(String message, int acknowledged, Throwable cause) {
    super(message, cause);
    this.acknowledged = acknowledged;
  }

  /** How many events of the request are known to be in the log. */
  public int acknowledged() {
    return acknowledged;
  }
}
