// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.server.Request;

/** Finds the route of a request; what is not in the table, or not allowed, is refused. */
final class Router {
  private final List<Route> routes;
  private final BooleanSupplier started;
  private final Optional<Set<String>> hosts;

  /**
   * @param started whether the pipeline has started
   * @param hosts the names by which it may be called, against rebinding of names; empty for any
   */
  Router(List<Route> routes, BooleanSupplier started, Optional<Set<String>> hosts) {
    this.routes = List.copyOf(routes);
    this.started = started;
    this.hosts = hosts;
  }

  /**
   * A route and what stands in its variable places.
   *
   * @param route the route
   * @param parameters the segments
   */
  record Found(Route route, List<String> parameters) {}

  Found find(Request request) throws HttpProblem {
    checkHost(request);
    SameOrigin.check(request);
    List<String> segments = segments(Request.getPathInContext(request));
    Set<String> methods = new TreeSet<>();
    for (Route route : routes) {
      Optional<List<String>> parameters = route.match(segments);
      if (parameters.isPresent() && route.takes(request.getMethod())) {
        check(route, request);
        return new Found(route, parameters.get());
      }
      parameters.ifPresent(ignored -> methods.add(route.method()));
    }
    throw methods.isEmpty() ? nothing(request) : otherMethod(request, String.join(", ", methods));
  }

  private void check(Route route, Request request) throws HttpProblem {
    if (route.needsPipeline() && !started.getAsBoolean()) {
      throw HttpProblem.of(503, "starting", "The pipeline is starting").retryAfter(1);
    }
    if (route.parameters().isPresent()) {
      Set<String> known = route.parameters().get();
      for (String name : Exchange.query(request).keySet()) {
        if (!known.contains(name)) {
          throw Members.unknown("query", "parameter", name, known);
        }
      }
    }
  }

  private static HttpProblem nothing(Request request) {
    return HttpProblem.notFound("There is nothing at " + Request.getPathInContext(request))
        .withHint("see GET /v1/views, GET /v1/streams and GET /v1/status");
  }

  private static HttpProblem otherMethod(Request request, String methods) {
    return HttpProblem.of(
            405,
            "method",
            "Cannot " + request.getMethod() + " " + Request.getPathInContext(request))
        .allowing(methods)
        .withHint("it takes " + methods);
  }

  private void checkHost(Request request) throws HttpProblem {
    String host = Request.getServerName(request);
    if (hosts.isPresent() && (host == null || !hosts.get().contains(host))) {
      throw HttpProblem.of(
          421, "host", "Cannot answer for host '" + host + "': this server is " + hosts.get());
    }
  }

  private static List<String> segments(String path) throws HttpProblem {
    try {
      return Arrays.stream(path.substring(1).split("/", -1))
          .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
          .toList();
    } catch (RuntimeException e) {
      // "*" of OPTIONS has no first character to leave out, and % wants two digits.
      throw HttpProblem.badRequest("path", "Cannot read the path '" + path + "'")
          .withHint("write % as %25");
    }
  }
}
