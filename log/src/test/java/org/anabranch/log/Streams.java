// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.anabranch.view.Column;
import org.anabranch.view.Lane;
import org.anabranch.view.Schema;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Type;
import org.anabranch.view.Verdict;

/** Streams and events for tests: {@code (id BIGINT NOT NULL, note VARCHAR)} as JSON. */
final class Streams {
  static final Verdict ACCEPT_ALL = rows -> null;

  private Streams() {}

  static StreamDefinition stream(String name, int partitions) {
    return new StreamDefinition(
        name,
        Schema.of(Column.required("id", Type.BIGINT), Column.nullable("note", Type.VARCHAR)),
        List.of(),
        Map.of("partitions", Integer.toString(partitions)),
        "");
  }

  static byte[] json(long id) {
    return ("{\"id\":" + id + ",\"note\":\"n" + id + "\"}").getBytes(StandardCharsets.UTF_8);
  }

  static Event event(long id, int partition) {
    return new Event(json(id), null, partition, Map.of());
  }

  static Lane lane(StreamLog log, int partition) {
    return new Lane(log.topicId(), 0, partition);
  }

  static String text(LogRecord record) {
    return new String(record.bytes(), record.offset(), record.length(), StandardCharsets.UTF_8);
  }
}
