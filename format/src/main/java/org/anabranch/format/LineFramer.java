// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.io.IOException;

/** One event a line; lines without anything are skipped. */
final class LineFramer implements FrameReader {
  private final FrameWindow window;
  private final String contentType;
  private boolean begun;

  LineFramer(FrameWindow window, String contentType) {
    this.window = window;
    this.contentType = contentType;
  }

  @Override
  public Frame next() throws IOException {
    if (!begun) {
      window.skipByteOrderMark();
      begun = true;
    }
    while (true) {
      window.advance();
      boolean ended = window.takeThrough((byte) '\n');
      if (window.length() == 0) {
        return null;
      }
      int lineEnd = ended ? 1 : 0;
      int without = window.last(lineEnd + 1) == '\r' ? lineEnd + 1 : lineEnd;
      if (!isSkipped(without)) {
        return window.frame(without, contentType);
      }
    }
  }

  private boolean isSkipped(int without) {
    return contentType.equals(ContentTypes.JSON)
        ? window.isBlank(without)
        : window.length() == without;
  }

  @Override
  public void passSoFar() {
    window.passScanned();
  }
}
