// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

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
import org.anabranch.view.Receipt;

/** Answers one SELECT. */
final class SqlRoutes {
  private final Supplier<Pipeline> pipeline;
  private final Waits waits;
  private final long answerBytes;

  /**
   * @param answerBytes the largest answer
   */
  SqlRoutes(Supplier<Pipeline> pipeline, Waits waits, long answerBytes) {
    this.pipeline = pipeline;
    this.waits = waits;
    this.answerBytes = answerBytes;
  }

  void query(Exchange exchange) throws Exception {
    AnswerFormat format = Answers.format(exchange.header("Accept").orElse("*/*"));
    Question question = question(exchange);
    Waiting.checkTimeout(question.millis());
    if (question.awaited().isEmpty()) {
      answer(exchange, format, question, question.millis());
      return;
    }
    Receipt receipt = question.awaited().get();
    long began = System.nanoTime();
    waits.until(
        exchange,
        () -> pipeline.get().hasReached(receipt),
        question.millis(),
        Waiting.late(String.join(", ", receipt.coverages().keySet()), question.millis()),
        later -> {
          long waited = (System.nanoTime() - began) / 1_000_000;
          answer(later, format, question, Math.max(0, question.millis() - waited));
        });
  }

  private void answer(Exchange exchange, AnswerFormat format, Question question, long millis)
      throws IOException {
    QueryLimits limits = new QueryLimits(millis, QueryLimits.DEFAULT.rows());
    try (Answer answer =
        pipeline.get().serving().sql().query(question.sql(), limits, question.awaited())) {
      Answers.write(exchange, answer, format, answerBytes);
    }
  }

  /** What is asked, and how long it may take with its wait. */
  private record Question(String sql, Optional<Receipt> awaited, long millis) {}

  private static Question question(Exchange exchange) throws IOException, HttpProblem {
    Map<String, String> options = new LinkedHashMap<>(exchange.query());
    String sql;
    if (exchange.header("Content-Type").orElse("").startsWith("application/json")) {
      Members body = Members.of(exchange.body(), "sql", "wait", "timeout");
      for (String option : List.of("wait", "timeout")) {
        body.text(option).ifPresent(text -> options.put(option, text));
      }
      sql = body.text("sql").orElseThrow(SqlRoutes::noStatement);
    } else {
      sql = exchange.text();
    }
    return new Question(
        sql,
        Waiting.receipt(options.get("wait")),
        Waiting.millis(options.get("timeout"), QueryLimits.DEFAULT.timeoutMillis()));
  }

  private static HttpProblem noStatement() {
    return HttpProblem.badRequest("body", "Cannot find the text 'sql' in the body")
        .withHint("send {\"sql\": \"SELECT ...\"}, or the statement alone as text/plain");
  }
}
