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
import org.anabranch.serving.Awaited;
import org.anabranch.serving.CallOff;
import org.anabranch.serving.QueryLimits;
import org.anabranch.serving.SqlService;
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
    long end = System.nanoTime() + question.millis() * 1_000_000;
    String streams = String.join(", ", receipt.coverages().keySet());
    HttpProblem late = Waiting.late(streams, question.millis());
    waits.until(
        exchange,
        () -> pipeline.get().hasReached(receipt),
        question.millis(),
        late,
        read -> {
          // Views have it; files, if the statement reads any, come later.
          Awaited awaited = awaited(read, question, receipt, left(end));
          waits.until(
              read,
              awaited::isReached,
              left(end),
              late,
              later -> answer(later, format, question, left(end)));
        });
  }

  private static long left(long end) {
    return Math.max(0, (end - System.nanoTime()) / 1_000_000);
  }

  /** What the statement reads is to be waited for, files too; it is looked at before. */
  @SuppressWarnings("try") // the watch is closed, nothing else is wanted of it
  private Awaited awaited(Exchange exchange, Question question, Receipt receipt, long millis) {
    CallOff callOff = new CallOff();
    try (ClientWatch watch = exchange.whenGone(callOff::give)) {
      return sql().awaited(question.sql(), receipt, limits(millis), callOff);
    }
  }

  private SqlService sql() {
    return pipeline.get().serving().sql();
  }

  private static QueryLimits limits(long millis) {
    return new QueryLimits(millis, QueryLimits.DEFAULT.rows());
  }

  @SuppressWarnings("try") // the watch is closed, nothing else is wanted of it
  private void answer(Exchange exchange, AnswerFormat format, Question question, long millis)
      throws IOException {
    CallOff callOff = new CallOff();
    try (ClientWatch watch = exchange.whenGone(callOff::give);
        Answer answer = sql().query(question.sql(), limits(millis), callOff)) {
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
