// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Notices that a client goes away while its request is worked on: nobody reads from a connection
 * then, whose end would show only when the answer is sent. What a client sends ahead of the answer
 * is given back to the connection. Closed before the answer is sent.
 */
final class ClientWatch implements Callback, AutoCloseable {
  private static final int SENT_AHEAD = 4 << 10;

  private final AbstractEndPoint endPoint;
  private final Connection.UpgradeTo connection;
  private final Runnable gone;
  private boolean over;

  private ClientWatch(AbstractEndPoint endPoint, Connection.UpgradeTo connection, Runnable gone) {
    this.endPoint = endPoint;
    this.connection = connection;
    this.gone = gone;
  }

  /** Does something if the client goes away; never on a connection that cannot be watched. */
  static ClientWatch of(Request request, Runnable gone) {
    Connection connection = request.getConnectionMetaData().getConnection();
    boolean watchable =
        connection instanceof Connection.UpgradeTo
            && connection.getEndPoint() instanceof AbstractEndPoint;
    ClientWatch watch =
        watchable
            ? new ClientWatch(
                (AbstractEndPoint) connection.getEndPoint(),
                (Connection.UpgradeTo) connection,
                gone)
            : new ClientWatch(null, null, gone);
    watch.begin(watchable);
    return watch;
  }

  private synchronized void begin(boolean watchable) {
    over = !watchable || !endPoint.tryFillInterested(this);
  }

  /** Something arrived: its end, or what belongs to the next request. */
  @Override
  public void succeeded() {
    if (look()) {
      gone.run();
    }
  }

  private synchronized boolean look() {
    if (over) {
      return false;
    }
    try {
      ByteBuffer ahead = BufferUtil.allocate(SENT_AHEAD);
      int read = endPoint.fill(ahead);
      over = read != 0 || !endPoint.tryFillInterested(this);
      if (read > 0) {
        connection.onUpgradeTo(ahead);
      }
      return read < 0;
    } catch (IOException reset) {
      over = true;
      return true;
    }
  }

  @Override
  public void failed(Throwable cause) {
    // The watch is over, or the connection: then the answer finds out.
  }

  @Override
  public void close() {
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
    }
    endPoint.getFillInterest().onFail(new CancellationException());
  }
}
