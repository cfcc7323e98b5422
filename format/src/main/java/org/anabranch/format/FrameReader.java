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
}
