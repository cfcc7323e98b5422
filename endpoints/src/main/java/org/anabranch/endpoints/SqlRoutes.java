// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
  private final Supplier<Pipeline> pipeline;

  SqlRoutes(Supplier<Pipeline> pipeline) {
    this.pipeline = pipeline;
  }

  void query(Exchange exchange) throws IOException, HttpProblem {
    AnswerFormat format = Answers.format(exchange.header("Accept").orElse("*/*"));
    byte[] body = exchange.body();
    String sql;
    Optional<Receipt> wait;
    if (exchange.header("Content-Type").orElse("").startsWith("application/json")) {
      JsonNode question = Json.object(body);
      sql = text(question, "sql");
      wait = Waiting.receipt(question.has("wait") ? text(question, "wait") : null);
    } else {
      sql = new String(body, StandardCharsets.UTF_8);
      wait = Waiting.receipt(exchange.query().get("wait"));
    }
    try (Answer answer = pipeline.get().serving().sql().query(sql, QueryLimits.DEFAULT, wait)) {
      Answers.write(exchange, answer, format);
    } catch (ServingException e) {
      throw Answers.problem(e);
    }
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
