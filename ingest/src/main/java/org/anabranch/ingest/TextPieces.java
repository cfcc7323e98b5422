// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.LongFunction;

/** Pieces of text, cut between events. */
final class TextPieces implements FilePieces {
  private final CountedStream raw;
  private final FileContent content;
  private final EventCutter cutter;
  private final String contentType;
  private final int pieceBytes;
  private final LongFunction<String> keys;

  /**
   * @param raw the file as it stands, for progress
   * @param keys the key of a piece that begins at an offset and ends where the content is by then
   */
  TextPieces(
      CountedStream raw,
      FileContent content,
      EventCutter cutter,
      String contentType,
      int pieceBytes,
      LongFunction<String> keys) {
    this.raw = raw;
    this.content = content;
    this.cutter = cutter;
    this.contentType = contentType;
    this.pieceBytes = pieceBytes;
    this.keys = keys;
  }

  @Override
  public FilePiece next() throws IOException {
    FilePiece piece = cut();
    while (piece != null && piece.rows() == 0) {
      piece = cut();
    }
    return piece;
  }

  private FilePiece cut() throws IOException {
    long offset = content.offset();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    long firstLine = cutter.begin(content, body);
    int before = body.size();
    long rows = 0;
    int events = 0;
    while (events >= 0 && body.size() - before < pieceBytes) {
      events = cutter.next(content, body);
      rows += Math.max(events, 0);
    }
    if (events < 0 && body.size() == before) {
      return null;
    }
    cutter.end(body);
    return new FilePiece(keys.apply(offset), body.toByteArray(), contentType, firstLine, rows);
  }

  @Override
  public long bytesRead() {
    return raw.count();
  }

  @Override
  public void close() throws IOException {
    raw.close();
  }
}
