// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A body of events for one stream, as its sender made it.
 *
 * @param body opens the bytes, as they were sent; it is read once, as it comes, and not closed
 * @param contentType as in the HTTP header, with its parameters
 * @param contentEncoding {@code gzip}, or {@code identity} or empty
 * @param idempotencyKey names the request: a repeat with the same key changes nothing
 * @param firstLine the number of the body's first line in what its sender sees, from 1
 */
public record IngestRequest(
    Supplier<InputStream> body,
    String contentType,
    String contentEncoding,
    Optional<String> idempotencyKey,
    long firstLine) {
  public IngestRequest {
    Objects.requireNonNull(body, "body is null");
    Objects.requireNonNull(contentType, "contentType is null");
    Objects.requireNonNull(contentEncoding, "contentEncoding is null");
    Objects.requireNonNull(idempotencyKey, "idempotencyKey is null");
    if (firstLine < 1) {
      throw new IllegalArgumentException("Cannot count lines from " + firstLine);
    }
  }

  /** A plain body without a key. */
  public static IngestRequest of(byte[] body, String contentType) {
    return new IngestRequest(
        () -> new ByteArrayInputStream(body), contentType, "", Optional.empty(), 1);
  }

  public IngestRequest withKey(String key) {
    return new IngestRequest(body, contentType, contentEncoding, Optional.of(key), firstLine);
  }

  public IngestRequest withEncoding(String encoding) {
    return new IngestRequest(body, contentType, encoding, idempotencyKey, firstLine);
  }
}
