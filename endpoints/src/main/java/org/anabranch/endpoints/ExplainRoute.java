// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.anabranch.architecture.Pipeline;
import org.anabranch.architecture.PipelineStatus.ViewStatus;
import org.anabranch.view.Explanation;
import org.anabranch.view.Fold;
import org.anabranch.view.View;
import org.anabranch.view.Window;
import org.anabranch.view.accumulator.Aggregate;
import org.anabranch.view.expression.Expression;

/** Explains a view: what it takes, keeps and shows, and which segments answer for it. */
final class ExplainRoute {
  private final Supplier<Pipeline> pipeline;

  ExplainRoute(Supplier<Pipeline> pipeline) {
    this.pipeline = pipeline;
  }

  void explain(Exchange exchange) throws IOException {
    View view = pipeline.get().serving().view(exchange.parameter(0)).view();
    Map<String, Object> body = definition(view);
    status(view.name()).ifPresent(status -> standing(body, status));
    pipeline
        .get()
        .lastDifference(view.name())
        .ifPresent(difference -> body.put("differenceFromBefore", difference));
    exchange.json(200, body);
  }

  private static Map<String, Object> definition(View view) {
    Fold fold = view.fold();
    Explanation words = Explanation.of(view);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("name", view.name());
    body.put("sql", view.sql());
    body.put("stream", fold.stream());
    body.put("columns", fold.columns());
    words.window().ifPresent(window -> body.put("window", window));
    words.filter().ifPresent(filter -> body.put("filter", filter));
    body.put("keys", words.keys());
    body.put("aggregates", words.states());
    body.put("outputs", words.outputs());
    words.having().ifPresent(having -> body.put("having", having));
    body.put("fold", fold.identity());
    body.put("canonical", canonical(fold));
    return body;
  }

  /** The text that the identity of the fold is made of. */
  private static Map<String, Object> canonical(Fold fold) {
    Map<String, Object> canonical = new LinkedHashMap<>();
    canonical.put("window", fold.window().map(Window::canonical));
    canonical.put("filter", fold.filter().map(Expression::canonical));
    canonical.put("keys", fold.keys().stream().map(Expression::canonical).toList());
    canonical.put("aggregates", fold.aggregates().stream().map(Aggregate::canonical).toList());
    return canonical;
  }

  private static void standing(Map<String, Object> body, ViewStatus status) {
    body.put("state", status.state());
    status.reason().ifPresent(reason -> body.put("reason", reason));
    body.put("tally", status.tally());
    body.put("segments", status.segments());
  }

  private Optional<ViewStatus> status(String view) {
    return pipeline.get().status().streams().stream()
        .map(stream -> stream.views())
        .flatMap(List::stream)
        .filter(status -> status.name().equals(view))
        .findFirst();
  }
}
