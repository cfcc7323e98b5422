// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * Takes what is left of a refused request's body, within bounds, before the refusal is sent. Many
 * clients write the whole body before they read: closing the connection on them would reset it, and
 * they would see a broken pipe instead of the answer that says why.
 */
final class UnreadBody {
  private static final long LONGEST_NANOS = 10_000_000_000L;

  private final long limit;

  /**
   * @param limit at most so many bytes are taken; a client that sends more is cut off
   */
  UnreadBody(long limit) {
    this.limit = limit;
  }

  void discard(Request request) {
    if (waitsForPermission(request)) {
      return;
    }
    long deadline = System.nanoTime() + LONGEST_NANOS;
    byte[] scratch = new byte[64 << 10];
    InputStream in = Content.Source.asInputStream(request);
    try {
      int count = 0;
      for (long taken = 0; count >= 0 && taken < limit; taken += count) {
        count = System.nanoTime() < deadline ? in.read(scratch) : -1;
      }
    } catch (IOException gone) {
      // Who has hung up needs no answer, and the answer's own failure says so.
    }
  }

  /** A client that asks before it sends has sent nothing yet, and reading would ask for it all. */
  private static boolean waitsForPermission(Request request) {
    return request.getHeaders().contains(HttpHeader.EXPECT, "100-continue");
  }
}
