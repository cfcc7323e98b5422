// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.nio.charset.StandardCharsets;
import org.anabranch.view.StreamDefinition;

/** The content types of single events. */
final class ContentTypes {
  static final String JSON = "application/json";
  static final String CSV = "text/csv";
  static final String LINE = "text/plain";

  /** A row in the order of a header line, which follows. */
  static final String CSV_WITH_HEADER = "text/csv;header=";

  /** The first bytes of an event that is longer than events may be; its length follows. */
  static final String OVERSIZE = "application/octet-stream;oversize=";

  private ContentTypes() {}

  /** What the stream's declared format is called. */
  static String declared(StreamDefinition stream) {
    return switch (stream.format()) {
      case "json" -> JSON;
      case "csv" -> CSV;
      case "regex" -> LINE;
      default ->
          throw new IllegalArgumentException(
              "Cannot read format '"
                  + stream.format()
                  + "' of stream "
                  + stream.name()
                  + ": it may be json, csv or regex");
    };
  }

  static String withHeader(byte[] bytes, int offset, int length) {
    return CSV_WITH_HEADER + new String(bytes, offset, length, StandardCharsets.UTF_8);
  }
}
