// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.anabranch.architecture.Pipeline;
import org.anabranch.architecture.RefusedException;
import org.anabranch.batch.RunInProgressException;
import org.anabranch.view.Coverage;
import org.anabranch.view.Receipt;

/** Status, batch runs, replays, receipts. */
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

  void runBatch(Exchange exchange)
      throws IOException, HttpProblem, RefusedException, RunInProgressException {
    boolean full = Members.of(exchange.body(), "full").truth("full", false);
    exchange.json(202, Map.of("run", pipeline.get().runBatch(full)));
  }

  void replay(Exchange exchange) throws IOException, HttpProblem, RunInProgressException {
    String view = exchange.parameter(0);
    if (pipeline.get().view(view).isPresent()) {
      Members.of(exchange.body());
    }
    try {
      exchange.json(202, Map.of("run", pipeline.get().replay(view)));
    } catch (RefusedException e) {
      throw HttpProblem.notFound(e.getMessage());
    }
  }

  void receipt(Exchange exchange) throws IOException, HttpProblem, InterruptedException {
    Receipt receipt = Waiting.receipt(exchange.parameter(0)).orElseThrow();
    Map<String, Object> ends = new LinkedHashMap<>();
    receipt.coverages().forEach((stream, coverage) -> ends.put(stream, ends(coverage)));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("token", receipt.token());
    body.put("ends", ends);
    try {
      body.put("reached", pipeline.get().await(receipt, 0));
    } catch (RefusedException e) {
      throw HttpProblem.notFound(e.getMessage());
    }
    exchange.json(200, body);
  }

  private static Map<String, Long> ends(Coverage coverage) {
    Map<String, Long> ends = new LinkedHashMap<>();
    coverage.ends().forEach((lane, end) -> ends.put(lane.toString(), end));
    return ends;
  }
}
