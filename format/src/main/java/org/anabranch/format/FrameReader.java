// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.io.IOException;

/** A run of events out of one body, in bounded memory. */
public interface FrameReader {
  /**
   * The next event, or null after the last. Its bytes are valid until the next call.
   *
   * @throws FramingException if the body cannot be split any further; events before this were
   *     already handed out
   */
  Frame next() throws IOException;

  /** Takes the bytes of a body, in their order. */
  @FunctionalInterface
  interface Body {
    void take(byte[] bytes, int offset, int length);
  }

  /**
   * Passes on the body's bytes up to the end of the last event, to whom the reader was opened with;
   * after the end of the body all of them.
   */
  void passSoFar();
}
