// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anabranch.view.Receipt;

/** The parameters of a read that waits for a receipt. */
final class Waiting {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m)?");

  private static final long LONGEST_MILLIS = 600_000;

  private Waiting() {}

  /** A request does not take longer than this. */
  static void checkTimeout(long millis) throws HttpProblem {
    if (millis > LONGEST_MILLIS) {
      throw HttpProblem.badRequest(
          "query",
          "Cannot allow a timeout of " + millis + " ms: at most " + LONGEST_MILLIS / 60_000 + "m");
    }
  }

  static HttpProblem late(String streams, long millis) {
    return HttpProblem.of(
            504,
            "not-yet",
            "Cannot answer yet: stream "
                + streams
                + " did not reach the awaited receipt within "
                + millis
                + " ms")
        .retryAfter(1);
  }

  static Optional<Receipt> receipt(String token) throws HttpProblem {
    if (token == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Receipt.parse(token));
    } catch (IllegalArgumentException e) {
      throw HttpProblem.badRequest("receipt", e.getMessage());
    }
  }

  static long millis(String text, long otherwise) throws HttpProblem {
    if (text == null) {
      return otherwise;
    }
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw HttpProblem.badRequest(
          "query", "Cannot read timeout '" + text + "': write 500ms, 10s or 1m");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2) == null ? "s" : matcher.group(2)) {
      case "ms" -> number;
      case "m" -> number * 60_000;
      default -> number * 1_000;
    };
  }
}
