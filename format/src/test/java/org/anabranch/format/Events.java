// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anabranch.view.Column;
import org.anabranch.view.Rejection;
import org.anabranch.view.Schema;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Type;
import org.anabranch.view.Vector;

/** Streams and single events for tests. */
final class Events {
  private Events() {}

  static StreamDefinition stream(Map<String, String> options, Column... columns) {
    return new StreamDefinition(
        "test", Schema.of(columns), List.of(), options, "CREATE STREAM test");
  }

  static StreamDefinition json(Column... columns) {
    return stream(Map.of("format", "json"), columns);
  }

  static StreamDefinition csv(Column... columns) {
    return stream(Map.of("format", "csv"), columns);
  }

  static Column column(String name, Type type, String... options) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < options.length; i += 2) {
      map.put(options[i], options[i + 1]);
    }
    return new Column(name, type, true, Optional.empty(), map);
  }

  static Column withDefault(String name, Type type, boolean nullable, Object value) {
    return new Column(name, type, nullable, Optional.of(value), Map.of());
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A decoded event: a rejection or the values of its row. */
  record Outcome(Rejection rejection, List<Object> values, long unknownFields) {
    Object value(int column) {
      if (rejection != null) {
        throw new AssertionError("rejected: " + rejection);
      }
      return values.get(column);
    }

    /** The rejection's code, or null. */
    String code() {
      return rejection == null ? null : rejection.code();
    }
  }

  static Outcome decode(StreamDefinition stream, String event) {
    return decode(stream, event, "");
  }

  static Outcome decode(StreamDefinition stream, String event, String contentType) {
    byte[] bytes = bytes(event);
    return decode(Decoders.of(stream), stream, bytes, 0, bytes.length, contentType);
  }

  static Outcome decode(
      EventDecoder decoder,
      StreamDefinition stream,
      byte[] bytes,
      int offset,
      int length,
      String contentType) {
    RowsBuilder rows = new RowsBuilder(stream);
    Rejection rejection = decoder.decode(bytes, offset, length, contentType, rows);
    if (rejection != null) {
      return new Outcome(rejection, null, 0);
    }
    rows.commitRow(0, 0);
    List<Object> values = new ArrayList<>();
    for (Vector vector : rows.vectors()) {
      values.add(vector.get(0));
    }
    return new Outcome(null, values, rows.unknownFields());
  }
}
