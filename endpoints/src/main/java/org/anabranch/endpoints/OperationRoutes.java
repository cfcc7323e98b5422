// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.anabranch.architecture.Pipeline;
import org.anabranch.architecture.PipelineStatus.ViewStatus;
import org.anabranch.architecture.RefusedException;
import org.anabranch.architecture.VerifyReport;
import org.anabranch.batch.RunInProgressException;
import org.anabranch.view.Fold;
import org.anabranch.view.Receipt;
import org.anabranch.view.View;
import org.anabranch.view.accumulator.Aggregate;
import org.anabranch.view.expression.Expression;

/** Status, batch runs, replays, verification. */
final class OperationRoutes {
  private final Supplier<Pipeline> pipeline;

  OperationRoutes(Supplier<Pipeline> pipeline) {
    this.pipeline = pipeline;
  }

  void status(Exchange exchange) throws IOException {
    exchange.json(200, pipeline.get().status());
  }

  void runs(Exchange exchange) throws IOException {
    exchange.json(200, Map.of("runs", pipeline.get().runs()));
  }

  void runBatch(Exchange exchange) throws IOException, HttpProblem {
    byte[] body = exchange.body();
    boolean full = body.length > 0 && Json.object(body).path("full").asBoolean(false);
    try {
      exchange.json(202, Map.of("run", pipeline.get().runBatch(full)));
    } catch (RunInProgressException e) {
      throw HttpProblem.of(409, "running", e.getMessage());
    } catch (RefusedException e) {
      throw HttpProblem.badRequest("refused", e.getMessage());
    }
  }

  void replay(Exchange exchange) throws IOException, HttpProblem {
    try {
      exchange.json(202, Map.of("run", pipeline.get().replay(exchange.parameter(0))));
    } catch (RunInProgressException e) {
      throw HttpProblem.of(409, "running", e.getMessage());
    } catch (RefusedException e) {
      throw HttpProblem.notFound(e.getMessage());
    }
  }

  void verify(Exchange exchange) throws IOException, HttpProblem {
    byte[] body = exchange.body();
    List<String> views = new ArrayList<>();
    if (body.length > 0) {
      for (JsonNode view : Json.object(body).path("views")) {
        views.add(view.asText());
      }
    }
    try {
      List<VerifyReport> reports = pipeline.get().verify(views);
      boolean identical = reports.stream().allMatch(VerifyReport::identical);
      exchange.json(
          200,
          Map.of(
              "identical",
              identical,
              "reports",
              reports.stream().map(OperationRoutes::report).toList()));
    } catch (RefusedException e) {
      throw HttpProblem.badRequest("refused", e.getMessage());
    }
  }

  private static Map<String, Object> report(VerifyReport report) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("view", report.view());
    entry.put("identical", report.identical());
    entry.put("receipt", report.receipt().token());
    entry.put("positionsFromLog", report.positionsFromLog());
    entry.put("positionsFromLake", report.positionsFromLake());
    entry.put("rows", report.rows());
    entry.put("groups", report.groups());
    entry.put("difference", report.difference());
    entry.put("durationMillis", report.durationMillis());
    return entry;
  }

  void receipt(Exchange exchange) throws IOException, HttpProblem {
    Receipt receipt = Waiting.receipt(exchange.parameter(0)).orElseThrow();
    try {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("token", receipt.token());
      body.put("coverages", receipt.coverages());
      body.put("reached", pipeline.get().await(receipt, 0));
      exchange.json(200, body);
    } catch (RefusedException e) {
      throw HttpProblem.notFound(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw HttpProblem.of(503, "stopping", "The server is stopping");
    }
  }

  void explain(Exchange exchange) throws IOException, HttpProblem {
    View view = view(exchange.parameter(0));
    Fold fold = view.fold();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("name", view.name());
    body.put("sql", view.sql());
    body.put("stream", fold.stream());
    body.put("fold", fold.identity());
    fold.window().ifPresent(window -> body.put("window", window.canonical()));
    fold.filter().ifPresent(filter -> body.put("filter", filter.canonical()));
    body.put("keys", fold.keys().stream().map(Expression::canonical).toList());
    body.put("aggregates", fold.aggregates().stream().map(Aggregate::canonical).toList());
    view.having().ifPresent(having -> body.put("having", having.canonical()));
    body.put("outputs", view.outputs().stream().map(OperationRoutes::output).toList());
    body.put("segments", segments(view.name()));
    pipeline
        .get()
        .lastDifference(view.name())
        .ifPresent(difference -> body.put("differenceFromBefore", difference));
    exchange.json(200, body);
  }

  private View view(String name) throws HttpProblem {
    return pipeline
        .get()
        .view(name)
        .orElseThrow(() -> HttpProblem.notFound("There is no view '" + name + "'"));
  }

  private static Map<String, Object> output(View.Output output) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", output.name());
    entry.put("expression", output.expression().canonical());
    entry.put("type", output.expression().type().toString());
    return entry;
  }

  private Object segments(String view) {
    return pipeline.get().status().streams().stream()
        .flatMap(stream -> stream.views().stream())
        .filter(status -> status.name().equals(view))
        .findFirst()
        .map(ViewStatus::segments)
        .orElse(List.of());
  }
}
