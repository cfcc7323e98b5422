// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.io.IOException;

/** The pieces of one file, in order. */
interface FilePieces extends AutoCloseable {
  /** The next piece, or null after the last. */
  FilePiece next() throws IOException;

  /** How many bytes of the file have been read. */
  long bytesRead();

  @Override
  void close() throws IOException;
}
