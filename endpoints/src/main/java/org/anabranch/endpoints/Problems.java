// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.anabranch.architecture.Failure;
import org.anabranch.architecture.RefusedException;
import org.anabranch.batch.RunInProgressException;
import org.anabranch.ingest.IngestException;
import org.anabranch.serving.ServingException;
import org.anabranch.view.DamagedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where failures of the layers below become statuses and codes. */
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private Problems() {}

  /**
   * What to answer; a failure that no layer knows is a bug, and is in the log under an id.
   *
   * @param place which request it was
   */
  static HttpProblem of(String place, Throwable problem) {
    if (problem instanceof HttpProblem known) {
      return known;
    }
    if (problem instanceof ServingException asked) {
      return of(asked);
    }
    if (problem instanceof IngestException refused) {
      return of(refused);
    }
    if (problem instanceof RunInProgressException running) {
      return HttpProblem.of(409, "running", running.getMessage());
    }
    if (problem instanceof RefusedException refused) {
      return HttpProblem.badRequest("refused", refused.getMessage());
    }
    if (problem instanceof SpoolSpace.NoRoomException full) {
      return of(full);
    }
    if (problem instanceof DamagedException damaged) {
      LOG.error("request {}: {}", place, damaged.getMessage());
      return HttpProblem.damaged(damaged.damage());
    }
    if (problem instanceof InterruptedException) {
      return HttpProblem.of(503, "stopping", "The server is stopping");
    }
    return Failure.of(problem)
        .map(failure -> of(place, failure, problem))
        .orElseGet(() -> unexpected(place, problem));
  }

  static HttpProblem of(SpoolSpace.NoRoomException full) {
    return HttpProblem.of(503, "no-room", "Cannot keep what is on its way: " + full.getMessage())
        .retryAfter(1);
  }

  private static HttpProblem of(ServingException e) {
    int status =
        switch (e.reason()) {
          case REFUSED -> 400;
          case UNKNOWN_RELATION -> 404;
          case PAGE_EXPIRED -> 410;
          case LIMIT -> 413;
          case TIMEOUT, NOT_YET -> 504;
          case BUSY -> 429;
          case UNAVAILABLE -> 503;
          case FAILED -> 422;
        };
    String code =
        e.reason() == ServingException.Reason.UNKNOWN_RELATION ? "not-found" : word(e.reason());
    HttpProblem problem = HttpProblem.of(status, code, e.getMessage());
    return e.mayRetry() ? problem.retryAfter(1) : problem;
  }

  private static HttpProblem of(IngestException e) {
    int status =
        switch (e.kind()) {
          case UNREADABLE_BODY, INCOMPLETE_BODY, UNUSABLE_KEY -> 400;
          case TOO_LARGE -> 413;
          case UNSUPPORTED_TYPE -> 415;
          case KEY_REUSED -> 422;
          case PARTLY_LOST -> 409;
          case BUSY -> 429;
          case LOG_UNAVAILABLE, LOG_REFUSED, UNKNOWN_OUTCOME -> 503;
        };
    boolean ofTheLog =
        e.kind() == IngestException.Kind.LOG_UNAVAILABLE
            || e.kind() == IngestException.Kind.LOG_REFUSED;
    String detail = ofTheLog ? PathText.without(e.getMessage()) : e.getMessage();
    HttpProblem problem = HttpProblem.of(status, word(e.kind()), detail);
    if (e.beginning().isPresent()) {
      problem = problem.withMember("appended", beginning(e.beginning().get()));
    }
    return e.retryAfterMillis() > 0
        ? problem.retryAfter((e.retryAfterMillis() + 999) / 1000)
        : problem;
  }

  private static Map<String, Object> beginning(IngestException.Beginning beginning) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("events", beginning.events());
    entry.put("receipt", beginning.receipt().token());
    return entry;
  }

  private static String word(Enum<?> kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static HttpProblem of(String place, Failure failure, Throwable problem) {
    String detail = PathText.without(failure.message());
    return switch (failure.kind()) {
      case UNAVAILABLE -> HttpProblem.of(503, "unavailable", detail).retryAfter(1);
      case TOO_LARGE -> HttpProblem.of(413, "limit", detail);
      case REFUSED -> HttpProblem.of(503, "refused-below", withId(place, detail, problem));
      case STORAGE ->
          HttpProblem.of(
              503,
              "storage",
              withId(place, "Cannot read or write a file of the server: " + detail, problem));
      case DAMAGED ->
          HttpProblem.of(500, "damaged", withId(place, detail, problem))
              .withHint("see docs/how-to/recover-and-restart.md; what is named there is not read");
    };
  }

  private static String withId(String place, String detail, Throwable problem) {
    return detail + " (the log says more under " + logged(place, problem) + ")";
  }

  /** An error of ours. */
  static HttpProblem unexpected(String place, Throwable problem) {
    return HttpProblem.of(
        500, "internal", "The request failed; the log says more under " + logged(place, problem));
  }

  private static String logged(String place, Throwable problem) {
    String id = UUID.randomUUID().toString().substring(0, 8);
    LOG.error("request {} failed ({})", place, id, problem);
    return id;
  }
}
