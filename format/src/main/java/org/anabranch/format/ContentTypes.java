// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anabranch.view.StreamDefinition;

/** The content types of single events. */
final class ContentTypes {
  static final String JSON = "application/json";
  static final String CSV = "text/csv";
  static final String LINE = "text/plain";

  /** The fields are in the order of a header line, which follows to the end. */
  private static final String HEADER = ";header=";

  private static final Pattern CSV_TYPE =
      Pattern.compile(
          "text/csv(?:;delimiter=%([0-7][0-9A-F]);quote=(double|none))?(?:;header=(.*))?",
          Pattern.DOTALL);

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

  /**
   * What a row of CSV is: its style where it is not the stream's own, and the header line where the
   * fields are not the declared columns in their order.
   */
  static String csv(CsvStyle style, CsvStyle own, Optional<String> headerLine) {
    return CSV
        + (style.equals(own) ? "" : style.parameters())
        + headerLine.map(line -> HEADER + line).orElse("");
  }

  /** Reads what {@link #csv} wrote; empty for anything else. */
  static Optional<CsvType> readCsv(String contentType, CsvStyle own) {
    Matcher matcher = CSV_TYPE.matcher(contentType);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    CsvStyle style =
        matcher.group(1) == null
            ? own
            : new CsvStyle(
                (byte) Integer.parseInt(matcher.group(1), 16), matcher.group(2).equals("double"));
    return Optional.of(new CsvType(style, Optional.ofNullable(matcher.group(3))));
  }

  /** A row of CSV. */
  record CsvType(CsvStyle style, Optional<String> headerLine) {}
}
