// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.io.IOException;
import java.util.Locale;
import org.anabranch.serving.Answer;
import org.anabranch.serving.AnswerFormat;
import org.anabranch.serving.ServingException;

/** Writes answers in the format that was asked for. */
final class Answers {
  private Answers() {}

  /**
   * The best format for an Accept header.
   *
   * @throws HttpProblem if none is acceptable
   */
  static AnswerFormat format(String accept) throws HttpProblem {
    AnswerFormat best = null;
    double bestQuality = 0;
    for (String part : accept.split(",", -1)) {
      String[] pieces = part.trim().toLowerCase(Locale.ROOT).split(";", -1);
      AnswerFormat format = named(pieces[0].trim());
      double quality = quality(pieces);
      if (format != null && quality > bestQuality) {
        best = format;
        bestQuality = quality;
      }
    }
    if (best == null) {
      throw HttpProblem.of(406, "accept", "Cannot answer as '" + accept + "'")
          .withHint("ask for application/json, application/x-ndjson or text/csv");
    }
    return best;
  }

  private static AnswerFormat named(String type) {
    return switch (type) {
      case "", "*/*", "application/*", "application/json" -> AnswerFormat.JSON;
      case "application/x-ndjson" -> AnswerFormat.NDJSON;
      case "text/csv", "text/*" -> AnswerFormat.CSV;
      default -> null;
    };
  }

  private static double quality(String[] pieces) {
    for (String piece : pieces) {
      if (piece.trim().startsWith("q=")) {
        try {
          return Double.parseDouble(piece.trim().substring(2));
        } catch (NumberFormatException e) {
          return 0;
        }
      }
    }
    return 1;
  }

  /** Writes an answer with its receipt in the header; the next page's token follows the rows. */
  static void write(Exchange exchange, Answer answer, AnswerFormat format) throws IOException {
    exchange.header("Receipt", answer.receipt().token());
    // The first bytes are held back, so that what fails at once still has a status of its own.
    HeldOutput out = new HeldOutput(() -> exchange.start(200, format.contentType()), 64 * 1024);
    boolean written = false;
    try {
      format.write(answer, out);
      answer
          .nextPage()
          .ifPresent(token -> out.beforeStart(() -> exchange.header("Next-Page", token)));
      written = true;
    } finally {
      if (!written) {
        out.fail();
      }
      out.close();
    }
  }

  static HttpProblem problem(ServingException e) {
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
        e.reason() == ServingException.Reason.UNKNOWN_RELATION
            ? "not-found"
            : e.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
    HttpProblem problem = HttpProblem.of(status, code, e.getMessage());
    return e.mayRetry() ? problem.retryAfter(1) : problem;
  }
}
