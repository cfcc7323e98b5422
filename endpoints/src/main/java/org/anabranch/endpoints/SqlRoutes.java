// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.anabranch.architecture.Pipeline;
import org.anabranch.serving.Answer;
import org.anabranch.serving.AnswerFormat;
import org.anabranch.serving.QueryLimits;
import org.anabranch.serving.ServingException;
import org.anabranch.view.Receipt;

/** Answers one SELECT. */
final class SqlRoutes {
  private static final long LONGEST_MILLIS = 600_000;

  private final Supplier<Pipeline> pipeline;

  SqlRoutes(Supplier<Pipeline> pipeline) {
    this.pipeline = pipeline;
  }

  void query(Exchange exchange) throws IOException, HttpProblem {
    AnswerFormat format = Answers.format(exchange.header("Accept").orElse("*/*"));
    Map<String, String> question = new LinkedHashMap<>(exchange.query());
    if (exchange.header("Content-Type").orElse("").startsWith("application/json")) {
      JsonNode body = Json.object(exchange.body());
      question.put("sql", text(body, "sql"));
      for (String option : List.of("wait", "timeout")) {
        if (body.has(option)) {
          question.put(option, text(body, option));
        }
      }
    } else {
      question.put("sql", exchange.text());
    }
    Optional<Receipt> wait = Waiting.receipt(question.get("wait"));
    QueryLimits limits = limits(question.get("timeout"));
    try (Answer answer = pipeline.get().serving().sql().query(question.get("sql"), limits, wait)) {
      Answers.write(exchange, answer, format);
    } catch (ServingException e) {
      throw Answers.problem(e);
    }
  }

  private static QueryLimits limits(String timeout) throws HttpProblem {
    long millis = Waiting.millis(timeout, QueryLimits.DEFAULT.timeoutMillis());
    if (millis > LONGEST_MILLIS) {
      throw HttpProblem.badRequest(
          "query",
          "Cannot allow a query " + timeout + ": at most " + LONGEST_MILLIS / 60_000 + "m");
    }
    return new QueryLimits(millis, QueryLimits.DEFAULT.rows());
  }

  private static String text(JsonNode question, String field) throws HttpProblem {
    JsonNode value = question.get(field);
    if (value == null || !value.isTextual()) {
      throw HttpProblem.badRequest("body", "Cannot find the text '" + field + "' in the body")
          .withHint("send {\"sql\": \"SELECT ...\"}, or the statement alone as text/plain");
    }
    return value.textValue();
  }
}
