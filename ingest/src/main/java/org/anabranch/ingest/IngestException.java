// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.util.Optional;
import org.anabranch.view.Receipt;

/**
 * A request that was not acknowledged. Its kind says what that means for the sender; what had been
 * appended before, of a body that came in pieces, is its beginning.
 */
public final class IngestException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why a request was not acknowledged. */
  public enum Kind {
    /** The body cannot be split into events any further. HTTP 400. */
    UNREADABLE_BODY,
    /** The body ended before its end. HTTP 400. */
    INCOMPLETE_BODY,
    /** The idempotency key cannot be one; nothing was appended. HTTP 400. */
    UNUSABLE_KEY,
    /** The body or an event of it is too large. HTTP 413. */
    TOO_LARGE,
    /** The stream does not take this content type or encoding; nothing was appended. HTTP 415. */
    UNSUPPORTED_TYPE,
    /** The key belongs to another body; nothing was appended. HTTP 422. */
    KEY_REUSED,
    /** Some of the key's events are history and others are lost; nothing was appended. HTTP 409. */
    PARTLY_LOST,
    /** Too much is under way. HTTP 429. */
    BUSY,
    /** The log does not answer. HTTP 503. */
    LOG_UNAVAILABLE,
    /** The log cannot be used until somebody acts. HTTP 503. */
    LOG_REFUSED,
    /** Some events may be in the log. With a key, the request can be repeated. HTTP 503. */
    UNKNOWN_OUTCOME
  }

  /**
   * What is in the log of a request that was not acknowledged.
   *
   * @param events how many events, the first of the body
   * @param receipt where they are
   */
  public record Beginning(long events, Receipt receipt) {}

  private final Kind kind;
  private final long line;
  private final long retryAfterMillis;
  private final transient Optional<Beginning> beginning;

  IngestException(Kind kind, String message, long line, long retryAfterMillis, Throwable cause) {
    this(kind, message, line, retryAfterMillis, Optional.empty(), cause);
  }

  private IngestException(
      Kind kind,
      String message,
      long line,
      long retryAfterMillis,
      Optional<Beginning> beginning,
      Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.beginning = beginning;
    this.line = line;
    this.retryAfterMillis = retryAfterMillis;
  }

  IngestException(Kind kind, String message, Throwable cause) {
    this(kind, message, 0, 0, cause);
  }

  static IngestException retry(Kind kind, String message, long afterMillis, Throwable cause) {
    return new IngestException(kind, message, 0, afterMillis, cause);
  }

  /** The same failure, with what is in the log. */
  IngestException after(Optional<Beginning> appended, boolean hasKey) {
    String text = getMessage();
    if (appended.isPresent()) {
      text += "; the first " + appended.get().events() + " events of the body are in the log: ";
      text +=
          hasKey
              ? "a request with the same key that begins with them does not append them again"
              : "send only what follows them";
    }
    return new IngestException(kind, text, line, retryAfterMillis, appended, this);
  }

  /** What had been appended; nothing was if there is none, unless the outcome is unknown. */
  public Optional<Beginning> beginning() {
    return beginning;
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
