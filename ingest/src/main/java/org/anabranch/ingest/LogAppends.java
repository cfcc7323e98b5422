// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.anabranch.log.Appended;
import org.anabranch.log.Event;
import org.anabranch.log.EventTooLargeException;
import org.anabranch.log.LogException;
import org.anabranch.log.LogUnavailableException;
import org.anabranch.log.StreamLog;
import org.anabranch.log.UnknownOutcomeException;

/** Appends and waits for the acknowledgement. */
final class LogAppends {
  private static final long RETRY_MILLIS = 1_000;

  private final StreamLog log;
  private final long patienceMillis;

  LogAppends(StreamLog log, long patienceMillis) {
    this.log = log;
    this.patienceMillis = patienceMillis;
  }

  /**
   * @throws LogException where the log says so; {@link UnknownOutcomeException} also if it says
   *     nothing for long, or anything else goes wrong once events were handed over
   */
  Appended append(List<Event> events) {
    try {
      return log.append(events).get(patienceMillis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LogException known) {
        throw known;
      }
      throw unknown(events, String.valueOf(e.getCause()), e);
    } catch (TimeoutException e) {
      throw unknown(events, "no acknowledgement for " + patienceMillis + " ms", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown(events, "the waiting was interrupted", e);
    }
  }

  private UnknownOutcomeException unknown(List<Event> events, String why, Exception cause) {
    return new UnknownOutcomeException(
        "Cannot tell which of "
            + events.size()
            + " events were appended to stream '"
            + log.stream().name()
            + "': "
            + why,
        0,
        cause);
  }

  /** What a failure means for the sender. */
  static IngestException failure(LogException problem, boolean hasKey, long line) {
    if (problem instanceof EventTooLargeException) {
      return new IngestException(
          IngestException.Kind.TOO_LARGE,
          problem.getMessage() + (line > 0 ? " (line " + line + ")" : ""),
          line,
          0,
          problem);
    }
    if (problem instanceof LogUnavailableException) {
      return IngestException.retry(
          IngestException.Kind.LOG_UNAVAILABLE, problem.getMessage(), RETRY_MILLIS, problem);
    }
    if (problem instanceof UnknownOutcomeException) {
      return unknown(problem, hasKey, RETRY_MILLIS);
    }
    return new IngestException(IngestException.Kind.LOG_REFUSED, problem.getMessage(), problem);
  }

  static IngestException unknown(LogException problem, boolean hasKey, long retryMillis) {
    String advice =
        hasKey
            ? "; repeat the request with the same idempotency key: what is there stays, what is"
                + " missing is appended"
            : "; sent again it may be there twice: an idempotency key makes repeating safe";
    return IngestException.retry(
        IngestException.Kind.UNKNOWN_OUTCOME,
        problem.getMessage() + advice,
        hasKey ? retryMillis : 0,
        problem);
  }
}
