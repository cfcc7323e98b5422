// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.anabranch.view.Column;
import org.anabranch.view.Schema;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.TextVector;
import org.anabranch.view.Vector;

/** The readers of all columns of a stream, and what the formats have in common. */
final class StreamReaders {
  final StreamDefinition stream;
  final ColumnReader[] readers;

  StreamReaders(StreamDefinition stream) {
    this.stream = stream;
    Schema schema = stream.schema();
    this.readers = new ColumnReader[schema.size()];
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < readers.length; i++) {
      try {
        readers[i] = ColumnReader.of(stream, schema.column(i));
      } catch (IllegalArgumentException e) {
        problems.add("column " + schema.column(i).name() + ": " + e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  int size() {
    return readers.length;
  }

  /** The name of the field that a column reads, with dots where it is nested. */
  static String field(Column column) {
    return column.options().getOrDefault("field", column.name());
  }

  /** Fills whatever columns an event had no field for. */
  void fillMissing(RowsBuilder rows) {
    for (int i = 0; i < readers.length; i++) {
      if (!rows.isFilled(i)) {
        readers[i].readMissing(rows.vector(i));
      }
    }
  }

  /** Fills the column of unknown fields, if the stream has one. */
  void fillRest(JsonMembers rest, RowsBuilder rows) {
    if (!stream.keepsUnknown()) {
      return;
    }
    Vector vector = rows.vector(readers.length);
    if (rest == null || rest.isEmpty()) {
      vector.appendNull();
    } else {
      byte[] text = rest.toBytes();
      ((TextVector) vector).appendUtf8(text, 0, text.length);
    }
  }

  /** Whether an event with a field that no column reads is not taken. */
  boolean refusesUnknown() {
    return "reject".equals(stream.options().get("unknown"));
  }

  Rejected unknown(String name) {
    byte[] shown = utf8(name);
    return new Rejected(
        "unknown",
        "",
        "Cannot take the field "
            + Excerpt.of(shown, 0, shown.length)
            + ": no column reads it"
            + NearestField.didYouMean(name, stream));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
