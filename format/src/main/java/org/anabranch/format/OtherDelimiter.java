// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.anabranch.view.StreamDefinition;

/** The delimiter that a header line was probably written with, if not with the one in force. */
final class OtherDelimiter {
  private OtherDelimiter() {}

  /** The style under which most names of a header line are columns; empty if there is none. */
  static Optional<CsvStyle> of(StreamDefinition stream, CsvStyle style, List<String> names) {
    String line = String.join(Character.toString(style.delimiter()), names);
    byte own = CsvStyle.of(stream).delimiter();
    CsvStyle best = null;
    int most = 0;
    for (char delimiter : ((char) own + CsvStyle.USUAL + " :").toCharArray()) {
      CsvStyle other = style.delimiter((byte) delimiter);
      int found = delimiter == style.delimiter() ? 0 : found(stream, other, line);
      if (found > most) {
        best = other;
        most = found;
      }
    }
    return Optional.ofNullable(best);
  }

  private static int found(StreamDefinition stream, CsvStyle style, String line) {
    try {
      return CsvHeader.found(stream, CsvHeader.names(style, line.getBytes(StandardCharsets.UTF_8)));
    } catch (Rejected notSuch) {
      return 0;
    }
  }
}
