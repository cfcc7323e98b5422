// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.nio.file.Path;

/** A Parquet file that is not one, or of which a part cannot be read: it names file and part. */
public final class ParquetFileException extends LakeException {
  private static final long serialVersionUID = 1L;

  ParquetFileException(Path file, String fault, Throwable cause) {
    super("Cannot read " + file + ": " + fault, cause);
  }
}
