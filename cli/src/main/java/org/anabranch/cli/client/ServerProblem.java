// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/**
 * A request that the server did not fulfil.
 *
 * @param status the HTTP status
 * @param code a short word for programs
 * @param detail what is wrong
 * @param hint what to do, if the server knows
 * @param retryAfter when to try again, if the server says so
 */
public record ServerProblem(
    int status, String code, String detail, Optional<String> hint, Optional<Duration> retryAfter) {

  /** Reads an RFC 9457 document; anything else speaks for itself. */
  static ServerProblem of(
      int status, Optional<JsonNode> body, String text, Optional<String> retryAfter) {
    String detail =
        body.map(node -> node.path("detail").asText(""))
            .filter(written -> !written.isEmpty())
            .orElseGet(() -> "the server answered " + status + excerpt(text));
    return new ServerProblem(
        status,
        body.map(node -> node.path("code").asText("")).orElse(""),
        detail,
        body.map(node -> node.path("hint").asText("")).filter(hint -> !hint.isEmpty()),
        retryAfter.filter(value -> value.matches("[0-9]{1,6}")).map(ServerProblem::seconds));
  }

  private static Duration seconds(String text) {
    return Duration.ofSeconds(Long.parseLong(text));
  }

  private static String excerpt(String text) {
    String first = text.lines().findFirst().orElse("").strip();
    return first.isEmpty() ? "" : ": " + first.substring(0, Math.min(200, first.length()));
  }

  /** Whether the same request may succeed a little later. */
  public boolean isTemporary() {
    return status == 429 || status == 503;
  }

  /** The problem and what to do about it, in one or two lines. */
  public String render() {
    return detail + hint.map(text -> "\n  " + text).orElse("");
  }
}
