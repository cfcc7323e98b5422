// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.anabranch.view.StreamDefinition;

/**
 * One event a CSV row, which may hold line breaks in quoted fields; the first row is the header.
 */
final class CsvFramer implements FrameReader {
  private static final int HEADER_BYTES = 64 << 10;

  private final FrameWindow window;
  private final StreamDefinition stream;
  private final CsvStyle own;
  private final CsvStyle style;
  private final boolean hasHeader;
  private String contentType;
  private boolean keepsEmptyLines;

  CsvFramer(FrameWindow window, StreamDefinition stream, CsvStyle style, boolean hasHeader) {
    this.window = window;
    this.stream = stream;
    this.own = CsvStyle.of(stream);
    this.style = style;
    this.hasHeader = hasHeader;
  }

  @Override
  public Frame next() throws IOException {
    if (contentType == null) {
      window.skipByteOrderMark();
      contentType = ContentTypes.csv(style, own, Optional.empty());
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
    if (frame.length() > HEADER_BYTES || frame.contentType().startsWith(ContentTypes.OVERSIZE)) {
      throw new FramingException(
          frame.line(), "Cannot read a header line of more than " + HEADER_BYTES + " bytes");
    }
    try {
      byte[] line = frame.copy();
      CsvHeader header = CsvHeader.parse(stream, style, stored(line));
      keepsEmptyLines = header.size() == 1;
      Optional<String> other =
          header.isDeclared(stream) ? Optional.empty() : Optional.of(stored(line));
      contentType = ContentTypes.csv(style, own, other);
    } catch (Rejected e) {
      throw new FramingException(frame.line(), e.getMessage());
    }
  }

  /**
   * The header line as it is stored with rows: blanks around names are no part of them, and are
   * taken away here, once, so that it always means what it meant when it was stored.
   */
  private String stored(byte[] line) {
    List<String> names = CsvHeader.names(style, line);
    List<String> trimmed = names.stream().map(CsvFramer::trimmed).toList();
    return trimmed.equals(names)
        ? new String(line, StandardCharsets.UTF_8)
        : CsvHeader.line(style, trimmed);
  }

  private static String trimmed(String name) {
    int from = 0;
    int to = name.length();
    while (from < to && isBlank(name.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(name.charAt(to - 1))) {
      to--;
    }
    return name.substring(from, to);
  }

  /** White space of any script, and the mark that some programs put in front of UTF-8. */
  private static boolean isBlank(char next) {
    return Character.isWhitespace(next) || Character.isSpaceChar(next) || next == '\ufeff';
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
      if (next == '"' && atFieldStart && style.quoted()) {
        next = takeQuoted();
        atFieldStart = false;
      } else {
        atFieldStart = next == style.delimiter();
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
