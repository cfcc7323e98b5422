// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import org.anabranch.view.Rejection;

/**
 * Decodes events of one stream and validates them fully: types, NOT NULL, limits. CHECKs are judged
 * elsewhere. Owned by one thread.
 */
public interface EventDecoder {
  /**
   * Decodes one event into the builder's open row, which the caller then commits or, after a
   * rejection, rolls back.
   *
   * @param contentType empty for the stream's declared format; {@code application/json}, {@code
   *     text/csv} (declared column order), {@code text/csv;header=...} (the order of that header
   *     line) or {@code text/plain} for an event that stands in the log in another format
   * @return null for a well-formed row, else why it is not one
   */
  Rejection decode(byte[] bytes, int offset, int length, String contentType, RowsBuilder rows);
}
