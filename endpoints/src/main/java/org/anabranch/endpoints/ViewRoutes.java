// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.anabranch.architecture.Pipeline;
import org.anabranch.architecture.Serving;
import org.anabranch.serving.Answer;
import org.anabranch.serving.AnswerFormat;
import org.anabranch.serving.Filter;
import org.anabranch.serving.Filter.Test;
import org.anabranch.serving.Order;
import org.anabranch.serving.ReadRequest;
import org.anabranch.serving.Relation;
import org.anabranch.serving.ViewRelation;
import org.anabranch.view.Column;
import org.anabranch.view.Coverage;
import org.anabranch.view.Schema;

/** Reads views by key and range. */
final class ViewRoutes {
  private static final Set<String> RESERVED = Set.of("order", "limit", "page", "wait", "timeout");
  private static final long DEFAULT_WAIT_MILLIS = 10_000;
  private static final Map<String, Test> TESTS =
      Map.of(
          "eq", Test.EQUAL,
          "lt", Test.LESS,
          "lte", Test.LESS_OR_EQUAL,
          "gt", Test.GREATER,
          "gte", Test.GREATER_OR_EQUAL);

  private final Supplier<Pipeline> pipeline;
  private final Waits waits;
  private final long answerBytes;

  /**
   * @param answerBytes the largest answer
   */
  ViewRoutes(Supplier<Pipeline> pipeline, Waits waits, long answerBytes) {
    this.pipeline = pipeline;
    this.waits = waits;
    this.answerBytes = answerBytes;
  }

  void list(Exchange exchange) throws IOException {
    List<Object> views = new ArrayList<>();
    for (Relation relation : pipeline.get().serving().relations()) {
      if (relation instanceof ViewRelation view) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", view.name());
        entry.put("stream", view.view().fold().stream());
        entry.put("state", view.unavailable().isPresent() ? "unavailable" : "answering");
        view.unavailable().ifPresent(reason -> entry.put("reason", reason));
        entry.put("columns", view.schema().columns().stream().map(ViewRoutes::column).toList());
        views.add(entry);
      }
    }
    exchange.json(200, Map.of("views", views));
  }

  private static Map<String, Object> column(Column column) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", column.name());
    entry.put("type", column.type().toString());
    return entry;
  }

  void read(Exchange exchange) throws Exception {
    Serving serving = pipeline.get().serving();
    AnswerFormat format = Answers.format(exchange.header("Accept").orElse("*/*"));
    ViewRelation view = serving.view(exchange.parameter(0));
    ReadRequest request = request(exchange.query(), view.schema());
    Waiting.checkTimeout(request.timeoutMillis());
    Optional<Coverage> awaited = awaited(view, request);
    if (awaited.isEmpty()) {
      answer(exchange, format, request);
      return;
    }
    String stream = view.view().fold().stream();
    waits.until(
        exchange,
        () -> view.source().await(awaited.get(), 0),
        request.timeoutMillis(),
        Waiting.late(stream, request.timeoutMillis()),
        later -> answer(later, format, request));
  }

  /** What is worth waiting for: what cannot be answered at all is refused at once. */
  private static Optional<Coverage> awaited(ViewRelation view, ReadRequest request) {
    String stream = view.view().fold().stream();
    return view.unavailable().isPresent()
        ? Optional.empty()
        : request.awaited().flatMap(receipt -> receipt.of(stream));
  }

  private void answer(Exchange exchange, AnswerFormat format, ReadRequest request)
      throws IOException {
    Serving serving = pipeline.get().serving();
    ViewRelation view = serving.view(exchange.parameter(0));
    try (Answer answer = serving.views().read(view, request)) {
      Answers.write(exchange, answer, format, answerBytes);
    }
  }

  private static ReadRequest request(Map<String, String> query, Schema schema) throws HttpProblem {
    List<Filter> filters = new ArrayList<>();
    for (Map.Entry<String, String> entry : query.entrySet()) {
      if (!RESERVED.contains(entry.getKey())) {
        filters.add(filter(entry.getKey(), entry.getValue(), schema));
      }
    }
    return new ReadRequest(
        filters,
        order(query.getOrDefault("order", "")),
        limit(query.get("limit"), schema),
        Optional.ofNullable(query.get("page")),
        Waiting.receipt(query.get("wait")),
        Waiting.millis(query.get("timeout"), DEFAULT_WAIT_MILLIS));
  }

  private static Filter filter(String name, String value, Schema schema) throws HttpProblem {
    int dot = name.lastIndexOf('.');
    Test test = dot < 0 ? null : TESTS.get(name.substring(dot + 1));
    if (test == null && dot > 0 && schema.indexOf(name.substring(0, dot)).isPresent()) {
      throw HttpProblem.badRequest(
          "query",
          "Cannot compare column '%s' by '%s': there are .eq, .lt, .lte, .gt and .gte"
              .formatted(name.substring(0, dot), name.substring(dot)));
    }
    return test == null
        ? Filter.equal(name, value)
        : new Filter(name.substring(0, dot), test, List.of(value));
  }

  private static List<Order> order(String text) throws HttpProblem {
    List<Order> order = new ArrayList<>();
    for (String column : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      boolean descending = column.startsWith("-");
      if (column.length() == (descending ? 1 : 0)) {
        throw HttpProblem.badRequest(
            "query", "Cannot order by '" + text + "': write columns as in order=a,-b");
      }
      order.add(new Order(descending ? column.substring(1) : column, descending));
    }
    return order;
  }

  private static int limit(String text, Schema schema) throws HttpProblem {
    if (text == null) {
      return ReadRequest.DEFAULT_LIMIT;
    }
    if (!text.matches("[0-9]{1,9}")) {
      String column =
          schema.indexOf("limit").isPresent() ? ": write limit.eq=" + text + " for the column" : "";
      throw HttpProblem.badRequest(
          "query", "Cannot read limit '" + text + "' as a number of rows" + column);
    }
    return Integer.parseInt(text);
  }
}
