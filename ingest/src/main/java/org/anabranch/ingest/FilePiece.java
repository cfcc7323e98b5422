// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.io.ByteArrayInputStream;
import java.util.Optional;

/**
 * A part of a file as the body of one request.
 *
 * @param key its idempotency key: the same content at the same place has the same key
 * @param body the bytes
 * @param contentType what they are
 * @param firstLine the line of the file that the body's first line stands for, from 1; of Parquet
 *     the row
 * @param rows about how many events it has: lines without anything are not counted
 */
public record FilePiece(String key, byte[] body, String contentType, long firstLine, long rows) {
  /** The line of the file for a line of the body. */
  public long line(long lineOfBody) {
    return firstLine + lineOfBody - 1;
  }

  /** The request to send. */
  public IngestRequest request() {
    return new IngestRequest(
        () -> new ByteArrayInputStream(body), contentType, "", Optional.of(key), firstLine);
  }
}
