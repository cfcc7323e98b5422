// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.anabranch.architecture.Pipeline;
import org.anabranch.architecture.RefusedException;

/** Recomputation of views, which goes on by itself and is asked for. */
final class VerifyRoutes {
  private final Supplier<Pipeline> pipeline;
  private final Verifications verifications;

  VerifyRoutes(Supplier<Pipeline> pipeline, Verifications verifications) {
    this.pipeline = pipeline;
    this.verifications = verifications;
  }

  void start(Exchange exchange) throws IOException, HttpProblem, RefusedException {
    List<String> named = Members.of(exchange.body(), "views").texts("views");
    Pipeline verified = pipeline.get();
    VerifyRun run =
        verifications.start(
            verified.verifiable(named), verified::verify, e -> Problems.of(exchange.place(), e));
    exchange.json(202, Map.of("verification", run.id()));
  }

  void list(Exchange exchange) throws IOException {
    exchange.json(
        200,
        Map.of("verifications", verifications.all().stream().map(VerifyRun::document).toList()));
  }

  void show(Exchange exchange) throws IOException, HttpProblem {
    String id = exchange.parameter(0);
    VerifyRun run =
        verifications
            .find(id)
            .orElseThrow(
                () ->
                    HttpProblem.notFound("Cannot find verification '" + id + "'")
                        .withHint("the last ones of this process are under GET /v1/verify"));
    exchange.json(200, run.document());
  }
}
