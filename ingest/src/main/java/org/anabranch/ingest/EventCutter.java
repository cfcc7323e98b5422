// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Finds where events end, and nothing else about them. */
interface EventCutter {
  /**
   * Begins a piece.
   *
   * @return the line of the file that the piece's first line stands for
   */
  long begin(FileContent in, ByteArrayOutputStream piece) throws IOException;

  /**
   * Moves the next event, with what separates it, into the piece.
   *
   * @return how many events that is: 0 for a line without anything, -1 at the end of the file
   */
  int next(FileContent in, ByteArrayOutputStream piece) throws IOException;

  /** Ends a piece. */
  default void end(ByteArrayOutputStream piece) {}
}
