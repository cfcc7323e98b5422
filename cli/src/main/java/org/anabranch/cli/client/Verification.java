// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A recomputation on the server, followed to its end. */
public final class Verification {
  private static final long POLL_MILLIS = 50;

  private Verification() {}

  /**
   * Verifies views, all where none is named.
   *
   * @param watcher is shown how far it is
   * @return what it found
   * @throws ServerException if it cannot be done to the end
   */
  public static JsonNode run(Server server, List<String> views, Consumer<JsonNode> watcher)
      throws IOException {
    ObjectNode request = Server.JSON.createObjectNode();
    if (!views.isEmpty()) {
      views.forEach(request.putArray("views")::add);
    }
    String path = "/v1/verify/" + server.post("/v1/verify", request).path("verification").asText();
    while (true) {
      JsonNode now = server.get(path);
      switch (now.path("state").asText()) {
        case "DONE" -> {
          return now;
        }
        case "RUNNING" -> {
          watcher.accept(now);
          Patience.pause(POLL_MILLIS);
        }
        default -> throw failure(now.path("problem"));
      }
    }
  }

  private static ServerException failure(JsonNode problem) {
    int status = problem.path("status").asInt(500);
    return new ServerException(
        ServerProblem.of(status, Optional.of(problem), "", Optional.empty()));
  }
}
