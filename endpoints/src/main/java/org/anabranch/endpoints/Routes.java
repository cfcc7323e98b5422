// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.anabranch.architecture.Pipeline;

/** The table of all routes. */
final class Routes {
  private final Supplier<Optional<Pipeline>> pipeline;

  Routes(Supplier<Optional<Pipeline>> pipeline) {
    this.pipeline = pipeline;
  }

  List<Route> all() {
    Supplier<Pipeline> started = () -> pipeline.get().orElseThrow();
    HealthRoutes health = new HealthRoutes(pipeline);
    EventRoutes events = new EventRoutes(started);
    ViewRoutes views = new ViewRoutes(started);
    SqlRoutes sql = new SqlRoutes(started);
    OperationRoutes operation = new OperationRoutes(started);
    return List.of(
        new Route("GET", "/livez", false, health::live),
        new Route("GET", "/readyz", false, health::ready),
        new Route("GET", "/metrics", true, health::metrics),
        new Route("GET", "/v1/status", true, operation::status),
        new Route("GET", "/v1/streams", true, events::streams),
        new Route("POST", "/v1/streams/{}/events", true, events::append),
        new Route("GET", "/v1/views", true, views::list),
        new Route("GET", "/v1/views/{}", true, views::read),
        new Route("GET", "/v1/views/{}/explain", true, new ExplainRoute(started)::explain),
        new Route("POST", "/v1/views/{}/replay", true, operation::replay),
        new Route("POST", "/v1/sql", true, sql::query),
        new Route("GET", "/v1/receipts/{}", true, operation::receipt),
        new Route("GET", "/v1/batch", true, operation::runs),
        new Route("POST", "/v1/batch", true, operation::runBatch),
        new Route("POST", "/v1/verify", true, operation::verify));
  }
}
