// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.anabranch.architecture.Pipeline;

/** What supervisors and monitors ask. */
final class HealthRoutes {
  private final Supplier<Optional<Pipeline>> pipeline;

  HealthRoutes(Supplier<Optional<Pipeline>> pipeline) {
    this.pipeline = pipeline;
  }

  /** The process answers. */
  void live(Exchange exchange) {
    exchange.text(200, "text/plain; charset=utf-8", "ok\n");
  }

  /** Every lane has reached the log end that was seen at start. */
  void ready(Exchange exchange) throws IOException {
    List<String> waitingFor =
        pipeline.get().map(Pipeline::waitingFor).orElse(List.of("the pipeline is starting"));
    boolean ready = waitingFor.isEmpty();
    exchange.json(ready ? 200 : 503, Map.of("ready", ready, "waitingFor", waitingFor));
  }

  void metrics(Exchange exchange) {
    exchange.text(
        200,
        "text/plain; version=0.0.4; charset=utf-8",
        new MetricsText(pipeline.get().orElseThrow().status()).write());
  }
}
