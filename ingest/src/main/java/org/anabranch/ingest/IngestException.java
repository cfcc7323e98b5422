// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

/** A request that was not acknowledged. Its kind says what that means for the sender. */
public final class IngestException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why a request was not acknowledged. */
  public enum Kind {
    /** The body cannot be split into events; nothing was appended. HTTP 400. */
    UNREADABLE_BODY,
    /** The idempotency key cannot be one; nothing was appended. HTTP 400. */
    UNUSABLE_KEY,
    /** The body or an event of it is too large; nothing was appended. HTTP 413. */
    TOO_LARGE,
    /** The stream does not take this content type or encoding; nothing was appended. HTTP 415. */
    UNSUPPORTED_TYPE,
    /** The key belongs to another body; nothing was appended. HTTP 422. */
    KEY_REUSED,
    /** Too much is under way; nothing was appended. HTTP 429. */
    BUSY,
    /** The log does not answer; nothing was appended. HTTP 503. */
    LOG_UNAVAILABLE,
    /** The log cannot be used until somebody acts. HTTP 503. */
    LOG_REFUSED,
    /** Some events may be in the log. With a key, the request can be repeated. HTTP 503. */
    UNKNOWN_OUTCOME
  }

  private final Kind kind;
  private final long line;
  private final long retryAfterMillis;

  IngestException(Kind kind, String message, long line, long retryAfterMillis, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.line = line;
    this.retryAfterMillis = retryAfterMillis;
  }

  IngestException(Kind kind, String message, Throwable cause) {
    this(kind, message, 0, 0, cause);
  }

  static IngestException retry(Kind kind, String message, long afterMillis, Throwable cause) {
    return new IngestException(kind, message, 0, afterMillis, cause);
  }

  public Kind kind() {
    return kind;
  }

  /** The line at fault, from the request's first line, or 0. */
  public long line() {
    return line;
  }

  /** When to try again, in milliseconds, or 0 if trying again does not help. */
  public long retryAfterMillis() {
    return retryAfterMillis;
  }
}
