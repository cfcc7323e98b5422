// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.anabranch.view.DamagedException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends each request to its route; what is not in the table is refused. */
final class Router extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(Router.class);

  /** A refused body is still taken up to so many times the limit of an accepted one. */
  private static final long REFUSED_BODIES = 4;

  private final List<Route> routes;
  private final BooleanSupplier started;
  private final Optional<Set<String>> hosts;
  private final long bodyLimit;
  private final UnreadBody unread;

  /**
   * @param started whether the pipeline has started
   * @param hosts the names by which it may be called, against rebinding of names; empty for any
   */
  Router(List<Route> routes, BooleanSupplier started, Optional<Set<String>> hosts, long bodyLimit) {
    this.routes = List.copyOf(routes);
    this.started = started;
    this.hosts = hosts;
    this.bodyLimit = bodyLimit;
    this.unread = new UnreadBody(REFUSED_BODIES * bodyLimit);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Exchange plain = new Exchange(request, response, List.of(), bodyLimit);
    try {
      route(request, response);
      callback.succeeded();
    } catch (HttpProblem problem) {
      answer(request, plain, problem, callback);
    } catch (DamagedException damaged) {
      LOG.error("request {} {}: {}", request.getMethod(), path(request), damaged.getMessage());
      answer(request, plain, HttpProblem.damaged(damaged.damage()), callback);
    } catch (Exception e) {
      String id = UUID.randomUUID().toString().substring(0, 8);
      LOG.error("request {} {} failed ({})", request.getMethod(), path(request), id, e);
      answer(
          request,
          plain,
          HttpProblem.of(500, "internal", "The request failed; the log says more under " + id),
          callback);
    }
    return true;
  }

  private static String path(Request request) {
    return request.getHttpURI().getPath();
  }

  private void answer(Request request, Exchange exchange, HttpProblem problem, Callback callback) {
    try {
      if (exchange.isCommitted()) {
        callback.failed(problem);
        return;
      }
      unread.discard(request);
      exchange.problem(problem);
      callback.succeeded();
    } catch (Exception gone) {
      callback.failed(gone);
    }
  }

  private void route(Request request, Response response) throws Exception {
    checkHost(request);
    List<String> segments = segments(Request.getPathInContext(request));
    Set<String> methods = new TreeSet<>();
    for (Route route : routes) {
      Optional<List<String>> parameters = route.match(segments);
      if (parameters.isEmpty()) {
        continue;
      }
      if (route.takes(request.getMethod())) {
        if (route.needsPipeline() && !started.getAsBoolean()) {
          throw HttpProblem.of(503, "starting", "The pipeline is starting").retryAfter(1);
        }
        route.action().handle(new Exchange(request, response, parameters.get(), bodyLimit));
        return;
      }
      methods.add(route.method());
    }
    if (!methods.isEmpty()) {
      throw HttpProblem.of(
              405,
              "method",
              "Cannot " + request.getMethod() + " " + Request.getPathInContext(request))
          .allowing(String.join(", ", methods))
          .withHint("it takes " + String.join(", ", methods));
    }
    throw HttpProblem.notFound("There is nothing at " + Request.getPathInContext(request))
        .withHint("see GET /v1/views, GET /v1/streams and GET /v1/status");
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
    } catch (IllegalArgumentException e) {
      throw HttpProblem.badRequest("path", "Cannot read the path '" + path + "'")
          .withHint("write % as %25");
    }
  }
}
