// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** An event a line. */
final class LineCutter implements EventCutter {
  @Override
  public long begin(FileContent in, ByteArrayOutputStream piece) {
    return in.line();
  }

  @Override
  public int next(FileContent in, ByteArrayOutputStream piece) throws IOException {
    int first = in.peek();
    if (first < 0) {
      return -1;
    }
    in.takeLine(piece, FileContent.MOST_EVENT_BYTES);
    return first == '\n' || first == '\r' ? 0 : 1;
  }
}
