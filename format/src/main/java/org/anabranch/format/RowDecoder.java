// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

/** Decodes events of one format; the bytes are valid UTF-8 and not too long. */
interface RowDecoder {
  /**
   * @throws Rejected if the event is not a well-formed row; the open row is then half filled
   */
  void decode(byte[] bytes, int offset, int length, RowsBuilder rows);
}
