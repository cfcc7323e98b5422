// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.Objects;

/** A question that gets no answer, and why. The message is for the one who asked. */
public final class ServingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** What kind of failure it is, and so what the one who asked can do. */
  public enum Reason {
    /** The question is not one: unknown column, wrong value, not allowed or wrong SQL. */
    REFUSED,
    /** There is no relation of that name. */
    UNKNOWN_RELATION,
    /** A page token is not served any more: start again without one. */
    PAGE_EXPIRED,
    /** The answer would pass a limit on rows or memory: ask for less. */
    LIMIT,
    /** It took longer than allowed. */
    TIMEOUT,
    /** The frontier did not reach the awaited receipt in time. */
    NOT_YET,
    /** Too many questions at once: ask again soon. */
    BUSY,
    /** The relation cannot answer now. */
    UNAVAILABLE,
    /** A value cannot be computed or shown: overflow, division by zero, a cast. */
    FAILED
  }

  public ServingException(Reason reason, String message) {
    this(reason, message, null);
  }

  public ServingException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = Objects.requireNonNull(reason, "reason is null");
  }

  public Reason reason() {
    return reason;
  }

  /** Whether the same question may get an answer later. */
  public boolean mayRetry() {
    return reason == Reason.BUSY || reason == Reason.NOT_YET || reason == Reason.UNAVAILABLE;
  }
}
