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
import org.anabranch.architecture.RefusedException;
import org.anabranch.architecture.VerifyReport;
import org.anabranch.batch.RunInProgressException;
import org.anabranch.view.Receipt;

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
}
