// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.io.IOException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The way of one request: its route is found, its body arrives, a worker acts, the whole answer is
 * sent. Only the action takes a thread; body and answer go as fast as the client does.
 */
final class Handling {
  private static final long DISCARD_NANOS = 10_000_000_000L;

  private final Server server;
  private final Request request;
  private final Response response;
  private final Callback callback;
  private final Spool body;
  private Exchange exchange;

  /**
   * What all requests share.
   *
   * @param router finds the route
   * @param workers act
   * @param space for bodies and answers on their way
   * @param bodyBytes the largest body
   */
  record Server(Router router, Workers workers, SpoolSpace space, long bodyBytes) {
    /** A refused body is still taken up to so many times the limit of an accepted one. */
    long discardedBytes() {
      return 4 * bodyBytes;
    }
  }

  Handling(Server server, Request request, Response response, Callback callback) {
    this.server = server;
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.body = new Spool(server.space(), server.bodyBytes());
  }

  void begin() {
    // A request that waits, for a receipt or for a slow query, is not idle.
    request.addIdleTimeoutListener(timeout -> false);
    try {
      Router.Found found = server.router().find(request);
      exchange = new Exchange(request, found.parameters(), body, server.space());
      if (found.route().hasBody()) {
        BodyReader.read(request, body, server.bodyBytes(), problem -> arrived(found, problem));
      } else {
        act(found.route(), found.route().action());
      }
    } catch (HttpProblem refused) {
      refuse(refused);
    } catch (RuntimeException | Error e) {
      refuse(Problems.unexpected(Exchange.place(request), e));
    }
  }

  private void arrived(Router.Found found, HttpProblem problem) {
    if (problem == null) {
      act(found.route(), found.route().action());
    } else {
      refuse(problem);
    }
  }

  /** Answers without having read the body, which is taken first. */
  private void refuse(HttpProblem problem) {
    if (problem.endsConnection()) {
      send(Reply.of(problem));
      return;
    }
    BodyReader.discard(
        request, server.discardedBytes(), DISCARD_NANOS, () -> send(Reply.of(problem)));
  }

  private void act(Route route, Route.Action action) {
    try {
      server.workers().run(route.work(), () -> work(route, action));
    } catch (HttpProblem busy) {
      send(Reply.of(busy));
    }
  }

  private void work(Route route, Route.Action action) {
    Reply reply;
    try {
      action.handle(exchange);
      var later = exchange.takeLater();
      if (later.isPresent()) {
        var unused =
            later.get().condition().whenComplete((done, e) -> act(route, later.get().action()));
        return;
      }
      reply = exchange.reply();
    } catch (Exception | StackOverflowError e) {
      reply = Reply.of(Problems.of(Exchange.place(request), e));
    } catch (Error e) {
      send(Reply.of(Problems.unexpected(Exchange.place(request), e)));
      throw e;
    }
    send(reply);
  }

  private void send(Reply reply) {
    try {
      body.close();
    } catch (IOException e) {
      // Its file has no name, and nobody reads it any more.
    }
    Sender.send(request, response, reply, callback);
  }
}
