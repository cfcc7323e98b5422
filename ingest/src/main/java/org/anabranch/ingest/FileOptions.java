// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.util.Optional;

/**
 * How to read a file.
 *
 * @param format what it is, where its name and its first bytes do not tell
 * @param delimiter of CSV, where the header line does not tell
 * @param pieceBytes a piece ends with the event that makes it so large. Keys depend on it, so that
 *     it is the same for every try
 */
public record FileOptions(
    Optional<FileFormat> format, Optional<Character> delimiter, int pieceBytes) {
  public static final FileOptions DEFAULT =
      new FileOptions(Optional.empty(), Optional.empty(), 1 << 20);

  public FileOptions format(FileFormat forced) {
    return new FileOptions(Optional.of(forced), delimiter, pieceBytes);
  }

  public FileOptions delimiter(char forced) {
    return new FileOptions(format, Optional.of(forced), pieceBytes);
  }

  public FileOptions pieceBytes(int bytes) {
    return new FileOptions(format, delimiter, bytes);
  }
}
