// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

/**
 * One event inside a body. Its bytes belong to the body or to the reader's buffer: they are read
 * before the reader goes on.
 *
 * @param line the line on which it starts, from 1
 * @param bytes an array that contains it
 * @param offset where it starts
 * @param length how long it is
 * @param contentType what it is, as {@link EventDecoder#decode} takes it; never empty
 */
public record Frame(long line, byte[] bytes, int offset, int length, String contentType) {
  /** A copy of the event's bytes. */
  public byte[] copy() {
    return java.util.Arrays.copyOfRange(bytes, offset, offset + length);
  }
}
