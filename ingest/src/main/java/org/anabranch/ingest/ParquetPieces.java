// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.anabranch.format.EventWriter;
import org.anabranch.lake.ParquetRows;
import org.anabranch.view.Rows;

/** The rows of a Parquet file as JSON objects, one a line; lines and offsets are rows. */
final class ParquetPieces implements FilePieces {
  private final ParquetRows file;
  private final EventWriter writer;
  private final String digest;
  private final int pieceBytes;
  private final long fileBytes;
  private final long fileRows;
  private Rows chunk;
  private int rowInChunk;
  private long row;

  ParquetPieces(Path path, String digest, int pieceBytes) throws IOException {
    this.digest = digest;
    this.pieceBytes = pieceBytes;
    this.fileBytes = Files.size(path);
    this.file = ParquetRows.open(path);
    try {
      this.writer = EventWriter.json(file.schema());
      this.fileRows = file.rows();
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public FilePiece next() throws IOException {
    long first = row;
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (body.size() < pieceBytes && hasRow()) {
      body.writeBytes(writer.write(chunk.columns(), rowInChunk));
      body.write('\n');
      rowInChunk++;
      row++;
    }
    return row == first
        ? null
        : new FilePiece(
            FileSource.key("parquet", digest, first),
            body.toByteArray(),
            FileFormat.PARQUET.contentType(),
            first + 1,
            row - first);
  }

  private boolean hasRow() throws IOException {
    while (chunk == null || rowInChunk == chunk.size()) {
      chunk = file.next();
      rowInChunk = 0;
      if (chunk == null) {
        return false;
      }
    }
    return true;
  }

  @Override
  public long bytesRead() {
    return fileRows == 0 ? fileBytes : (long) ((double) fileBytes * row / fileRows);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
