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

  /**
   * Writes all of an answer before any of it is sent: a row that cannot be had, a limit or a
   * deadline that is passed still becomes a status of its own, and the next page's token is in the
   * header of every format.
   */
  static void write(Exchange exchange, Answer answer, AnswerFormat format, long limit)
      throws IOException {
    Spool whole = exchange.spool(limit);
    boolean written = false;
    try {
      format.write(answer, whole);
      Receipts.header(exchange, answer.receipt());
      answer.nextPage().ifPresent(token -> exchange.header("Next-Page", token));
      if (!answer.problems().isEmpty()) {
        exchange.header("Cell-Problems", Long.toString(answer.problems().total()));
      }
      exchange.answer(200, format.contentType(), whole);
      written = true;
    } catch (Spool.TooLargeException e) {
      throw new ServingException(
          ServingException.Reason.LIMIT,
          "Cannot give an answer of more than "
              + limit
              + " bytes: ask for fewer rows, or for CSV, which is shorter than JSON",
          e);
    } finally {
      if (!written) {
        whole.close();
      }
    }
  }
}
