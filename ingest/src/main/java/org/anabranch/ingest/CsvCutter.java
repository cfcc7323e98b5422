// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.anabranch.format.CsvStyle;

/** An event a row; every piece begins with the header line. */
final class CsvCutter implements EventCutter {
  private static final int HEADER_BYTES = 64 << 10;

  private final byte delimiter;
  private final boolean quoting;
  private byte[] header;
  private long headerLines;
  private boolean severalFields;

  /** An empty line is a row where rows have one field only. */
  private boolean keepsNoEmptyLines;

  CsvCutter(CsvStyle style) {
    this.delimiter = style.delimiter();
    this.quoting = style.quoted();
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
    if (line.size() == 0) {
      throw in.failure(first, "it has no header line");
    }
    header = line.toByteArray();
    if (endsLinesByReturns(header)) {
      throw in.failure(first, "carriage returns end its lines; let line feeds end them");
    }
    keepsNoEmptyLines = severalFields;
    headerLines = in.line() - first;
  }

  /** A carriage return that no line feed follows, where nothing is quoted. */
  private static boolean endsLinesByReturns(byte[] line) {
    boolean alone = false;
    for (int i = 0; i < line.length; i++) {
      if (line[i] == '"') {
        return false;
      }
      alone |= line[i] == '\r' && (i + 1 == line.length || line[i + 1] != '\n');
    }
    return alone;
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
    boolean empty = first == '\n' || first == '\r';
    return empty && keepsNoEmptyLines ? 0 : 1;
  }

  /** Hot: once a byte. A quote opens a quoted field only where a field starts. */
  private void row(FileContent in, ByteArrayOutputStream piece) throws IOException {
    long line = in.line();
    int most = piece.size() + FileContent.MOST_EVENT_BYTES;
    boolean atFieldStart = true;
    int next = in.take(piece);
    while (next >= 0 && next != '\n') {
      if (next == '"' && atFieldStart && quoting) {
        next = quoted(in, piece, line, most);
        atFieldStart = false;
      } else {
        atFieldStart = next == delimiter;
        severalFields |= atFieldStart;
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
