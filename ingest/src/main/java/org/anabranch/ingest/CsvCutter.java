// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/** An event a row; every piece begins with the header line. */
final class CsvCutter implements EventCutter {
  private static final String DELIMITERS = ",;\t|";
  private static final int HEADER_BYTES = 64 << 10;

  private final Optional<Character> forced;
  private int delimiter;
  private byte[] header;
  private long headerLines;

  CsvCutter(Optional<Character> delimiter) {
    this.forced = delimiter;
  }

  @Override
  public long begin(FileContent in, ByteArrayOutputStream piece) throws IOException {
    if (header == null) {
      header(in);
    }
    piece.writeBytes(header);
    return in.line() - headerLines;
  }

  private void header(FileContent in) throws IOException {
    delimiter = forced.isPresent() ? forced.get() : delimiter(in.beginning());
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    long first = in.line();
    while (line.size() == 0 && in.peek() >= 0) {
      first = in.line();
      row(in, line);
      if (isEmpty(line)) {
        line.reset();
      }
    }
    if (line.size() > HEADER_BYTES) {
      throw in.failure(first, "the header line has more than " + HEADER_BYTES + " bytes");
    }
    header = line.toByteArray();
    headerLines = in.line() - first;
  }

  /** The one of the usual delimiters that the first line has most, outside of quotes. */
  private static int delimiter(byte[] beginning) {
    int[] counts = new int[DELIMITERS.length()];
    boolean quoted = false;
    boolean inLine = false;
    for (int i = 0; i < beginning.length && !(inLine && !quoted && beginning[i] == '\n'); i++) {
      quoted ^= beginning[i] == '"';
      inLine |= !FileFormat.isSpace(beginning[i]);
      int which = quoted ? -1 : DELIMITERS.indexOf(beginning[i]);
      if (which >= 0) {
        counts[which]++;
      }
    }
    int most = 0;
    for (int i = 1; i < counts.length; i++) {
      most = counts[i] > counts[most] ? i : most;
    }
    return DELIMITERS.charAt(most);
  }

  private static boolean isEmpty(ByteArrayOutputStream line) {
    String text = line.size() > 2 ? "" : line.toString(java.nio.charset.StandardCharsets.US_ASCII);
    return text.equals("\n") || text.equals("\r\n");
  }

  @Override
  public int next(FileContent in, ByteArrayOutputStream piece) throws IOException {
    int first = in.peek();
    if (first < 0) {
      return -1;
    }
    row(in, piece);
    return first == '\n' || first == '\r' ? 0 : 1;
  }

  /** Hot: once a byte. A quote opens a quoted field only where a field starts. */
  private void row(FileContent in, ByteArrayOutputStream piece) throws IOException {
    long line = in.line();
    int most = piece.size() + FileContent.MOST_EVENT_BYTES;
    boolean atFieldStart = true;
    int next = in.take(piece);
    while (next >= 0 && next != '\n') {
      if (next == '"' && atFieldStart) {
        next = quoted(in, piece, line, most);
        atFieldStart = false;
      } else {
        atFieldStart = next == delimiter;
        next = in.take(piece);
      }
      in.requireSize(piece.size() <= most, line);
    }
  }

  /** Takes a quoted field; the first byte behind it. */
  private static int quoted(FileContent in, ByteArrayOutputStream piece, long line, int most)
      throws IOException {
    while (true) {
      int next = in.take(piece);
      if (next < 0) {
        throw in.failure(line, "a quoted field in the row there is never closed");
      }
      in.requireSize(piece.size() <= most, line);
      if (next == '"') {
        int behind = in.take(piece);
        if (behind != '"') {
          return behind;
        }
      }
    }
  }
}
