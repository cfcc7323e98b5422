// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * A file as it was when all of it was digested.
 *
 * @param path where it is
 * @param size in bytes
 * @param modified when it was changed last
 * @param digest the SHA-256 of its bytes
 */
record DigestedFile(Path path, long size, FileTime modified, String digest) {
  /** Reads a file to its end. */
  static DigestedFile of(Path path) throws IOException {
    long size = Files.size(path);
    FileTime modified = Files.getLastModifiedTime(path);
    return new DigestedFile(path, size, modified, FileDigest.of(path));
  }

  /**
   * Returns if what is there is what was digested.
   *
   * @throws FileException if it was changed or removed
   */
  void requireUnchanged() throws IOException {
    String what = "changed";
    try {
      if (Files.size(path) == size && Files.getLastModifiedTime(path).equals(modified)) {
        return;
      }
    } catch (NoSuchFileException e) {
      what = "removed";
    }
    throw new FileException(
        "Cannot go on with "
            + path
            + ": it was "
            + what
            + " while it was read; import it again when it is complete",
        0);
  }
}
