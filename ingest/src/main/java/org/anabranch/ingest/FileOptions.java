// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.util.Optional;
import org.anabranch.format.CsvStyle;

/**
 * How to read a file.
 *
 * @param format what it is, where its name and its first bytes do not tell
 * @param delimiter of CSV, where the header line does not tell
 * @param quoted whether fields of CSV may stand in quotes, where the stream does not say it
 * @param ofStream the style of the stream's own CSV
 * @param pieceBytes a piece ends with the event that makes it so large. Keys depend on it, so that
 *     it is the same for every try
 */
public record FileOptions(
    Optional<FileFormat> format,
    Optional<Byte> delimiter,
    Optional<Boolean> quoted,
    CsvStyle ofStream,
    int pieceBytes) {
  public static final FileOptions DEFAULT =
      new FileOptions(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          new CsvStyle((byte) ',', true),
          1 << 20);

  public FileOptions format(FileFormat forced) {
    return new FileOptions(Optional.of(forced), delimiter, quoted, ofStream, pieceBytes);
  }

  /**
   * @param forced one character, or the name of one
   * @throws IllegalArgumentException if it cannot be a delimiter
   */
  public FileOptions delimiter(String forced) {
    byte known = CsvStyle.delimiter(forced);
    return new FileOptions(format, Optional.of(known), quoted, ofStream, pieceBytes);
  }

  /**
   * @param forced {@code double} or {@code none}
   * @throws IllegalArgumentException if it is neither
   */
  public FileOptions quote(String forced) {
    boolean known = CsvStyle.quoted(forced);
    return new FileOptions(format, delimiter, Optional.of(known), ofStream, pieceBytes);
  }

  /** The same for a stream whose options are these. */
  public FileOptions ofStream(String streamDelimiter, String streamQuote) {
    CsvStyle own = new CsvStyle(CsvStyle.delimiter(streamDelimiter), CsvStyle.quoted(streamQuote));
    return new FileOptions(format, delimiter, quoted, own, pieceBytes);
  }

  public FileOptions pieceBytes(int bytes) {
    return new FileOptions(format, delimiter, quoted, ofStream, bytes);
  }
}
