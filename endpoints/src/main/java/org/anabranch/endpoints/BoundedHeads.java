// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * Makes connections on which the head of a request must be complete a while after its first byte.
 * The idle time-out alone begins anew with every byte, so that one byte now and then would hold a
 * connection for ever.
 */
final class BoundedHeads extends HttpConnectionFactory {
  private final long millis;

  BoundedHeads(HttpConfiguration http, long millis) {
    super(http);
    this.millis = millis;
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    HttpConnection connection =
        new BoundedConnection(getHttpConfiguration(), connector, endPoint, millis);
    connection.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
    return configure(connection, connector, endPoint);
  }

  private static final class BoundedConnection extends HttpConnection {
    private final long millis;

    /** Set by the constructor of the class above, so that it must have no initial value. */
    private RequestHandler handler;

    private boolean inHead;
    private long began;
    private long bytesBefore;

    BoundedConnection(HttpConfiguration http, Connector connector, EndPoint end, long millis) {
      super(http, connector, end);
      this.millis = millis;
    }

    @Override
    protected RequestHandler newRequestHandler() {
      handler =
          new RequestHandler() {
            @Override
            public boolean headerComplete() {
              inHead = false;
              return super.headerComplete();
            }
          };
      return handler;
    }

    @Override
    public void onFillable() {
      if (isTooSlow()) {
        getParser().close();
        handler.badMessage(
            new HttpException.RuntimeException(
                HttpStatus.REQUEST_TIMEOUT_408,
                "the head was not complete " + millis + " ms after its first byte"));
        return;
      }
      super.onFillable();
    }

    /** Counts from the first byte of a head; line ends in front of it belong to it. */
    private boolean isTooSlow() {
      HttpParser parser = getParser();
      if (!parser.inHeaderState()) {
        return false;
      }
      long now = System.nanoTime();
      boolean nothingYet = parser.isStart() && getBytesIn() == bytesBefore;
      if (!inHead || nothingYet) {
        inHead = true;
        began = now;
        bytesBefore = getBytesIn();
        return false;
      }
      return now - began > millis * 1_000_000;
    }
  }
}
