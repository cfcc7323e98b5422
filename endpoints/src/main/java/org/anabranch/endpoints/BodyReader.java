// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * Takes a request's body as it arrives. No thread waits for it, so that slow clients take
 * connections only; and those that are too slow are told so.
 */
final class BodyReader implements Runnable {
  /** How long a body may take before its rate counts. */
  private static final long GRACE_NANOS = 5_000_000_000L;

  private static final long SLOWEST_PER_SECOND = 1_000;

  private final Request request;
  private final Sink sink;
  private final Consumer<HttpProblem> done;
  private final long began = System.nanoTime();
  private long taken;

  /** What becomes of the bytes. */
  interface Sink {
    /** Takes all bytes of a buffer. */
    void take(ByteBuffer bytes) throws IOException, HttpProblem;
  }

  /**
   * @param done is told once: null when the body is whole, or why it is not
   */
  private BodyReader(Request request, Sink sink, Consumer<HttpProblem> done) {
    this.request = request;
    this.sink = sink;
    this.done = done;
  }

  /** Reads all of a body into a spool. */
  static void read(Request request, Spool spool, long limit, Consumer<HttpProblem> done) {
    if (request.getLength() > limit) {
      done.accept(tooLarge(limit));
      return;
    }
    Sink sink =
        bytes -> {
          try {
            spool.write(bytes);
          } catch (Spool.TooLargeException e) {
            throw tooLarge(limit);
          }
        };
    new BodyReader(request, sink, done).run();
  }

  /**
   * Takes what is left of a refused request's body, within bounds, before the refusal is sent. Many
   * clients write the whole body before they read: closing the connection on them would reset it,
   * and they would see a broken pipe instead of the answer that says why.
   */
  static void discard(Request request, long limit, long nanos, Runnable done) {
    // A client that asks before it sends has sent nothing yet, and reading would ask for it all.
    if (request.getHeaders().contains(HttpHeader.EXPECT, "100-continue")) {
      done.run();
      return;
    }
    long deadline = System.nanoTime() + nanos;
    long[] left = {limit};
    Sink nowhere =
        bytes -> {
          left[0] -= bytes.remaining();
          bytes.position(bytes.limit());
          if (left[0] < 0 || System.nanoTime() - deadline > 0) {
            throw tooLarge(limit);
          }
        };
    new BodyReader(request, nowhere, problem -> done.run()).run();
  }

  private static HttpProblem tooLarge(long limit) {
    return HttpProblem.of(413, "too-large", "Cannot take a body of more than " + limit + " bytes")
        .withHint("send the events in several requests");
  }

  @Override
  public void run() {
    try {
      while (true) {
        Content.Chunk chunk = request.read();
        if (chunk == null) {
          request.demand(this);
          return;
        }
        if (Content.Chunk.isFailure(chunk)) {
          throw problem(chunk.getFailure());
        }
        boolean last = chunk.isLast();
        take(chunk);
        if (last) {
          done.accept(null);
          return;
        }
      }
    } catch (HttpProblem problem) {
      done.accept(problem);
    } catch (IOException e) {
      done.accept(Problems.of(Exchange.place(request), e));
    } catch (RuntimeException | Error e) {
      done.accept(Problems.unexpected(Exchange.place(request), e));
    }
  }

  private void take(Content.Chunk chunk) throws IOException, HttpProblem {
    try {
      taken += chunk.remaining();
      sink.take(chunk.getByteBuffer());
    } finally {
      chunk.release();
    }
    long nanos = System.nanoTime() - began;
    if (nanos > GRACE_NANOS && taken < nanos / 1_000_000 * SLOWEST_PER_SECOND / 1_000) {
      throw tooSlow("it came at less than " + SLOWEST_PER_SECOND + " bytes a second");
    }
  }

  private HttpProblem problem(Throwable failure) {
    if (failure instanceof TimeoutException) {
      return tooSlow("nothing came for long");
    }
    String reason =
        failure instanceof HttpException http && http.getReason() != null
            ? http.getReason()
            : "the connection ended first";
    return HttpProblem.badRequest(
            "body", "Cannot read the body behind byte " + taken + ": " + reason)
        .withHint("send as many bytes as Content-Length says, or chunks as HTTP/1.1 has them")
        .endingConnection();
  }

  private HttpProblem tooSlow(String how) {
    return HttpProblem.of(
            408, "too-slow", "Cannot wait for the body after " + taken + " bytes: " + how)
        .withHint("send smaller bodies, or over a faster connection")
        .endingConnection();
  }
}
