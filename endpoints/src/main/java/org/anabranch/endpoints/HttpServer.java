// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.io.IOException;
import java.net.BindException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.anabranch.architecture.Pipeline;
import org.anabranch.architecture.RefusedException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP server. It listens before the pipeline has started, so that a supervisor can ask how it
 * is doing; whatever needs the pipeline is answered 503 until then.
 */
public final class HttpServer implements AutoCloseable {
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  /** These read what arrives and write what is whole: none of them ever waits. */
  private static final int TRANSPORT_THREADS = 16;

  private static final long GRACE_MILLIS = 10_000;

  private final Server server;
  private final ServerConnector connector;
  private final String host;
  private final Workers workers;
  private final Routes routes;

  private HttpServer(
      Server server, ServerConnector connector, String host, Workers workers, Routes routes) {
    this.server = server;
    this.connector = connector;
    this.host = host;
    this.workers = workers;
    this.routes = routes;
  }

  /**
   * Starts to listen.
   *
   * @param pipeline the pipeline, empty until it has started
   * @throws RefusedException if the interface is not loopback and that was not accepted
   */
  public static HttpServer start(HttpSettings settings, Supplier<Optional<Pipeline>> pipeline)
      throws IOException, RefusedException {
    boolean loopback = settings.isLoopback();
    if (!loopback && !settings.acceptPublicBind()) {
      throw new RefusedException(
          "Cannot listen on "
              + settings.host()
              + ": everybody who reaches it could read and write, there is no authentication;"
              + " listen on 127.0.0.1, or say --accept-public-bind if the network is trusted");
    }
    QueuedThreadPool threads = new QueuedThreadPool(TRANSPORT_THREADS, 4);
    threads.setName("http");
    Server server = new Server(threads);
    ServerConnector connector = connector(server, settings);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(settings.connections(), connector));
    server.setErrorHandler(new ProblemPages());
    Workers workers = new Workers(settings.threads());
    Routes routes = new Routes(pipeline, settings.answerBytes());
    GracefulHandler graceful = new GracefulHandler();
    graceful.setHandler(
        handler(
            settings, pipeline, workers, routes, loopback ? Optional.of(LOCAL) : Optional.empty()));
    server.setHandler(graceful);
    server.setStopTimeout(GRACE_MILLIS);
    start(server, settings);
    return new HttpServer(server, connector, settings.host(), workers, routes);
  }

  private static Handler handler(
      HttpSettings settings,
      Supplier<Optional<Pipeline>> pipeline,
      Workers workers,
      Routes routes,
      Optional<Set<String>> hosts) {
    Router router = new Router(routes.all(), () -> pipeline.get().isPresent(), hosts);
    SpoolSpace space =
        new SpoolSpace(
            settings.scratch(), HttpSettings.spoolMemoryBytes(), HttpSettings.SCRATCH_BYTES);
    Handling.Server shared = new Handling.Server(router, workers, space, settings.bodyBytes());
    return new Handler.Abstract.NonBlocking() {
      @Override
      public boolean handle(Request request, Response response, Callback callback) {
        new Handling(shared, request, response, callback).begin();
        return true;
      }
    };
  }

  private static ServerConnector connector(Server server, HttpSettings settings) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(settings.headerBytes());
    // A receipt's header is far below; nothing may be appended whose answer has no room.
    http.setMaxResponseHeaderSize(2 * Receipts.LONGEST_HEADER + (8 << 10));
    ServerConnector connector =
        new ServerConnector(server, 1, 1, new BoundedHeads(http, settings.idleMillis()));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(settings.idleMillis());
    return connector;
  }

  private static void start(Server server, HttpSettings settings)
      throws IOException, RefusedException {
    try {
      server.start();
    } catch (Exception e) {
      stopQuietly(server, e);
      if (e instanceof BindException || e.getCause() instanceof BindException) {
        throw new RefusedException(
            "Cannot listen on "
                + settings.host()
                + ":"
                + settings.port()
                + ": the port is taken; choose another with --listen, port 0 for a free one");
      }
      throw new IOException("Cannot start the HTTP server: " + e.getMessage(), e);
    }
  }

  private static void stopQuietly(Server server, Exception cause) {
    try {
      server.stop();
    } catch (Exception e) {
      cause.addSuppressed(e);
    }
  }

  /** The port that is listened on. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Where to reach it. */
  public String url() {
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
  }

  /** Takes no more requests, and waits a while for those that are under way. */
  @Override
  public void close() throws IOException {
    try {
      routes.stop();
      server.stop();
      workers.stop();
    } catch (Exception e) {
      throw new IOException("Cannot stop the HTTP server: " + e.getMessage(), e);
    }
  }
}
