// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.io.IOException;
import java.net.BindException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.anabranch.architecture.Pipeline;
import org.anabranch.architecture.RefusedException;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.server.handler.MinimumDataRateHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP server. It listens before the pipeline has started, so that a supervisor can ask how it
 * is doing; whatever needs the pipeline is answered 503 until then.
 */
public final class HttpServer implements AutoCloseable {
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  /** Bytes a second: who sends less keeps a thread from others. */
  private static final long SLOWEST_READ = 1_000;

  private static final long GRACE_MILLIS = 10_000;

  private final Server server;
  private final ServerConnector connector;
  private final String host;

  private HttpServer(Server server, ServerConnector connector, String host) {
    this.server = server;
    this.connector = connector;
    this.host = host;
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
    QueuedThreadPool threads = new QueuedThreadPool(settings.threads(), 4);
    threads.setName("http");
    Server server = new Server(threads);
    ServerConnector connector = connector(server, settings);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(settings.connections(), connector));
    Router router =
        new Router(
            new Routes(pipeline).all(),
            () -> pipeline.get().isPresent(),
            loopback ? Optional.of(LOCAL) : Optional.empty(),
            settings.bodyBytes());
    MinimumDataRateHandler steady = new MinimumDataRateHandler(SLOWEST_READ, 0);
    steady.setHandler(router);
    GracefulHandler graceful = new GracefulHandler();
    graceful.setHandler(steady);
    server.setHandler(graceful);
    server.setStopTimeout(GRACE_MILLIS);
    start(server, settings);
    return new HttpServer(server, connector, settings.host());
  }

  private static ServerConnector connector(Server server, HttpSettings settings) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(settings.headerBytes());
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
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
      server.stop();
    } catch (Exception e) {
      throw new IOException("Cannot stop the HTTP server: " + e.getMessage(), e);
    }
  }
}
