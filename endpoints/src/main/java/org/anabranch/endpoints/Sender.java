// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;

/**
 * Sends a reply as fast as its client reads; no thread waits for that. What fails on the way fails
 * the request, and Jetty then cuts the connection: the client sees that it has less than was
 * announced.
 */
final class Sender extends IteratingCallback {
  /** Of a request whose answer cannot be sent: the problem to tell, if there is a chance to. */
  static final String OTHERWISE = Sender.class.getName();

  private static final int PIECE_BYTES = 64 << 10;

  /** How long an answer may take before its rate counts. */
  private static final long GRACE_NANOS = 30_000_000_000L;

  private static final long SLOWEST_PER_SECOND = 1_000;

  private final Request request;
  private final Response response;
  private final Reply reply;
  private final Callback callback;
  private final ByteBuffer piece;
  private final long began = System.nanoTime();
  private long sent;
  private boolean last;

  private Sender(Request request, Response response, Reply reply, Callback callback) {
    this.request = request;
    this.response = response;
    this.reply = reply;
    this.callback = callback;
    this.piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, reply.size()));
  }

  static void send(Request request, Response response, Reply reply, Callback callback) {
    response.setStatus(reply.status());
    reply.headers().forEach(response.getHeaders()::put);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.contentType());
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, reply.size());
    new Sender(request, response, reply, callback).iterate();
  }

  @Override
  protected Action process() throws IOException {
    if (last) {
      return Action.SUCCEEDED;
    }
    long nanos = System.nanoTime() - began;
    if (nanos > GRACE_NANOS && sent < nanos / 1_000_000_000 * SLOWEST_PER_SECOND) {
      throw new IOException("Cannot wait for a client that reads so slowly");
    }
    piece.clear();
    if (!"HEAD".equals(request.getMethod())) {
      reply.read(sent, piece);
    }
    piece.flip();
    sent += piece.remaining();
    last = sent == reply.size() || !piece.hasRemaining();
    response.write(last, piece, this);
    return Action.SCHEDULED;
  }

  @Override
  protected void onCompleteSuccess() {
    release();
    callback.succeeded();
  }

  @Override
  protected void onCompleteFailure(Throwable cause) {
    release();
    reply.otherwise().ifPresent(problem -> request.setAttribute(OTHERWISE, problem));
    callback.failed(cause);
  }

  private void release() {
    if (reply.spooled().isPresent()) {
      try {
        reply.spooled().get().close();
      } catch (IOException e) {
        // Its file has no name, and its bytes were sent or are not needed.
      }
    }
  }
}
