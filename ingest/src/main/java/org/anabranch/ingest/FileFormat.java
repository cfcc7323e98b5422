// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.util.Locale;
import java.util.Optional;

/** What a file of events may be. */
public enum FileFormat {
  /** Rows under a header line. */
  CSV("text/csv"),
  /** One object, or an array of objects. */
  JSON("application/json"),
  /** One object a line. */
  NDJSON("application/x-ndjson"),
  /** One event a line, for streams with a pattern. */
  LINES("text/plain"),
  /** Sent as one JSON object a row. */
  PARQUET("application/x-ndjson");

  private final String contentType;

  FileFormat(String contentType) {
    this.contentType = contentType;
  }

  /** What its pieces are sent as. */
  public String contentType() {
    return contentType;
  }

  /** The format of a name, by its extension without {@code .gz}. */
  static Optional<FileFormat> ofName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String plain = lower.endsWith(".gz") ? lower.substring(0, lower.length() - 3) : lower;
    return switch (plain.substring(plain.lastIndexOf('.') + 1)) {
      case "csv", "tsv" -> Optional.of(CSV);
      case "ndjson", "jsonl" -> Optional.of(NDJSON);
      case "log", "txt" -> Optional.of(LINES);
      case "parquet" -> Optional.of(PARQUET);
      default -> Optional.empty();
    };
  }

  /**
   * JSON by its first bytes: an array, or an object that ends with its line and so is one of many,
   * or an object over several lines.
   */
  static Optional<FileFormat> ofContent(byte[] first, int length) {
    int start = start(first, length);
    if (start == length || (first[start] != '[' && first[start] != '{')) {
      return Optional.empty();
    }
    return Optional.of(
        first[start] == '{' && endsWithItsLine(first, start, length) ? NDJSON : JSON);
  }

  /** Behind a byte order mark and white space. */
  private static int start(byte[] first, int length) {
    boolean marked =
        length >= 3
            && first[0] == (byte) 0xef
            && first[1] == (byte) 0xbb
            && first[2] == (byte) 0xbf;
    int start = marked ? 3 : 0;
    while (start < length && isSpace(first[start])) {
      start++;
    }
    return start;
  }

  static boolean isSpace(int next) {
    return next == ' ' || next == '\t' || next == '\r' || next == '\n';
  }

  private static boolean endsWithItsLine(byte[] first, int start, int length) {
    int depth = 0;
    boolean inText = false;
    for (int i = start; i < length && first[i] != '\n'; i++) {
      if (inText && first[i] == '\\') {
        i++;
      } else if (first[i] == '"') {
        inText = !inText;
      } else if (!inText && (first[i] == '{' || first[i] == '[')) {
        depth++;
      } else if (!inText && (first[i] == '}' || first[i] == ']')) {
        depth--;
      }
    }
    return depth == 0;
  }
}
