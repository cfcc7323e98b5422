// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An answer that is whole before its first byte is sent: whatever can fail has a status, and the
 * length is known to the client.
 *
 * @param headers without those that follow from the content
 * @param inline the content, unless it is spooled
 * @param spooled the content of which there may be much; closed by whoever sends the reply
 * @param otherwise what to say if this cannot be sent and nothing of it has been
 */
record Reply(
    int status,
    String contentType,
    Map<String, String> headers,
    byte[] inline,
    Optional<Spool> spooled,
    Optional<HttpProblem> otherwise) {
  private static final byte[] NOTHING = {};

  Reply {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  static Reply of(int status, String contentType, Map<String, String> headers, byte[] content) {
    return new Reply(status, contentType, headers, content, Optional.empty(), Optional.empty());
  }

  static Reply of(int status, String contentType, Map<String, String> headers, Spool content) {
    return new Reply(status, contentType, headers, NOTHING, Optional.of(content), Optional.empty());
  }

  static Reply of(HttpProblem problem) {
    Map<String, String> headers = new LinkedHashMap<>();
    problem.allow().ifPresent(methods -> headers.put("Allow", methods));
    problem
        .retryAfterSeconds()
        .ifPresent(seconds -> headers.put("Retry-After", Long.toString(seconds)));
    if (problem.endsConnection()) {
      headers.put("Connection", "close");
    }
    return of(problem.status(), HttpProblem.CONTENT_TYPE, headers, bytes(problem));
  }

  private static byte[] bytes(HttpProblem problem) {
    try {
      return Json.bytes(problem.document());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write texts and numbers as JSON", e);
    }
  }

  Reply or(HttpProblem problem) {
    return new Reply(status, contentType, headers, inline, spooled, Optional.of(problem));
  }

  long size() {
    return spooled.map(Spool::size).orElse((long) inline.length);
  }

  /**
   * Reads some of the content.
   *
   * @return how many bytes, -1 at the end
   */
  int read(long position, ByteBuffer into) throws IOException {
    if (spooled.isPresent()) {
      return spooled.get().read(position, into);
    }
    int count = (int) Math.min(into.remaining(), inline.length - position);
    if (count <= 0) {
      return -1;
    }
    into.put(inline, (int) position, count);
    return count;
  }
}
