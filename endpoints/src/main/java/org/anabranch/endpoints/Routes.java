// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.anabranch.architecture.Pipeline;
import org.anabranch.endpoints.Workers.Work;

/** The table of all routes. */
final class Routes {
  private final Supplier<Optional<Pipeline>> pipeline;
  private final long answerBytes;
  private final Waits waits = new Waits();
  private final Verifications verifications = new Verifications();

  /**
   * @param pipeline the pipeline, empty until it has started
   * @param answerBytes the largest answer
   */
  Routes(Supplier<Optional<Pipeline>> pipeline, long answerBytes) {
    this.pipeline = pipeline;
    this.answerBytes = answerBytes;
  }

  List<Route> all() {
    Supplier<Pipeline> started = () -> pipeline.get().orElseThrow();
    List<Route> all = new ArrayList<>(health());
    all.addAll(events(started));
    all.addAll(reads(started));
    all.addAll(operation(started));
    return all;
  }

  private List<Route> health() {
    HealthRoutes health = new HealthRoutes(pipeline);
    return List.of(
        Route.of("GET", "/livez", Work.LIVENESS, health::live).always().takingAnything(),
        Route.of("GET", "/readyz", Work.HEALTH, health::ready).always().takingAnything(),
        Route.of("GET", "/metrics", Work.OPERATION, health::metrics).takingAnything());
  }

  private static List<Route> events(Supplier<Pipeline> started) {
    EventRoutes events = new EventRoutes(started);
    return List.of(
        Route.of("GET", "/v1/streams", Work.OPERATION, events::streams),
        Route.of("POST", "/v1/streams/{}/events", Work.EVENTS, events::append));
  }

  private List<Route> reads(Supplier<Pipeline> started) {
    ViewRoutes views = new ViewRoutes(started, waits, answerBytes);
    SqlRoutes sql = new SqlRoutes(started, waits, answerBytes);
    ExplainRoute explain = new ExplainRoute(started);
    return List.of(
        Route.of("GET", "/v1/views", Work.OPERATION, views::list),
        Route.of("GET", "/v1/views/{}", Work.READS, views::read).takingAnything(),
        Route.of("GET", "/v1/views/{}/explain", Work.OPERATION, explain::explain),
        Route.of("POST", "/v1/sql", Work.READS, sql::query).taking("wait", "timeout"));
  }

  private List<Route> operation(Supplier<Pipeline> started) {
    OperationRoutes operation = new OperationRoutes(started);
    VerifyRoutes verify = new VerifyRoutes(started, verifications);
    return List.of(
        Route.of("GET", "/v1/status", Work.OPERATION, operation::status),
        Route.of("GET", "/v1/receipts/{}", Work.OPERATION, operation::receipt),
        Route.of("POST", "/v1/views/{}/replay", Work.OPERATION, operation::replay),
        Route.of("GET", "/v1/batch", Work.OPERATION, operation::runs),
        Route.of("POST", "/v1/batch", Work.OPERATION, operation::runBatch),
        Route.of("POST", "/v1/verify", Work.OPERATION, verify::start),
        Route.of("GET", "/v1/verify", Work.OPERATION, verify::list),
        Route.of("GET", "/v1/verify/{}", Work.OPERATION, verify::show));
  }

  /** Ends what goes on by itself: waits and verifications. */
  void stop() throws InterruptedException {
    waits.close();
    verifications.stop();
  }
}
