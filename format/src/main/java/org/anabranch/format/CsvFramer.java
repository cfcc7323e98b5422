// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.io.IOException;
import org.anabranch.view.StreamDefinition;

/**
 * One event a CSV row, which may hold line breaks in quoted fields; the first row is the header.
 */
final class CsvFramer implements FrameReader {
  private static final int HEADER_BYTES = 64 << 10;

  private final FrameWindow window;
  private final StreamDefinition stream;
  private final byte delimiter;
  private final boolean hasHeader;
  private String contentType;
  private boolean keepsEmptyLines;

  CsvFramer(FrameWindow window, StreamDefinition stream, boolean hasHeader) {
    this.window = window;
    this.stream = stream;
    this.delimiter = CsvDecoder.delimiter(stream);
    this.hasHeader = hasHeader;
  }

  @Override
  public Frame next() throws IOException {
    if (contentType == null) {
      window.skipByteOrderMark();
      contentType = ContentTypes.CSV;
      keepsEmptyLines = !hasHeader && stream.schema().size() == 1;
      if (hasHeader) {
        header();
      }
    }
    return row();
  }

  private void header() throws IOException {
    Frame frame = row();
    if (frame == null) {
      throw new FramingException(window.line(), "Cannot read CSV without a header line");
    }
    if (frame.length() > HEADER_BYTES || !frame.contentType().equals(ContentTypes.CSV)) {
      throw new FramingException(
          frame.line(), "Cannot read a header line of more than " + HEADER_BYTES + " bytes");
    }
    try {
      CsvHeader header =
          CsvHeader.parse(stream, delimiter, frame.bytes(), frame.offset(), frame.length());
      keepsEmptyLines = header.size() == 1;
      if (!header.isDeclared(stream)) {
        contentType = ContentTypes.withHeader(frame.bytes(), frame.offset(), frame.length());
      }
    } catch (Rejected e) {
      throw new FramingException(frame.line(), e.getMessage());
    }
  }

  private Frame row() throws IOException {
    while (true) {
      window.advance();
      boolean ended = takeRow();
      if (window.length() == 0) {
        return null;
      }
      int lineEnd = ended ? 1 : 0;
      int without = window.last(lineEnd + 1) == '\r' ? lineEnd + 1 : lineEnd;
      if (keepsEmptyLines || window.length() > without) {
        return window.frame(without, contentType);
      }
    }
  }

  /** Looks at one row with its line break; false if the body ends first. */
  private boolean takeRow() throws IOException {
    boolean atFieldStart = true;
    int next = window.take();
    while (next >= 0 && next != '\n') {
      if (next == '"' && atFieldStart) {
        next = takeQuoted();
        atFieldStart = false;
      } else {
        atFieldStart = next == delimiter;
        next = window.take();
      }
    }
    return next == '\n';
  }

  /** Looks at a quoted field; the first byte behind it. */
  private int takeQuoted() throws IOException {
    while (window.takeThrough((byte) '"')) {
      int next = window.take();
      if (next != '"') {
        return next;
      }
    }
    throw new FramingException(
        window.line(),
        "Cannot split the CSV: a quoted field in the row of line "
            + window.line()
            + " is never closed");
  }

  @Override
  public void passSoFar() {
    window.passScanned();
  }
}
