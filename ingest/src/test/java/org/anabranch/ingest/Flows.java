// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.log.LaneTail;
import org.anabranch.log.LaneVersion;
import org.anabranch.log.ReadLimits;
import org.anabranch.log.StreamLog;
import org.anabranch.quality.Checks;
import org.anabranch.view.Chunk;
import org.anabranch.view.Clock;
import org.anabranch.view.Column;
import org.anabranch.view.Lane;
import org.anabranch.view.Schema;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.StreamDefinition.Check;
import org.anabranch.view.Type;
import org.anabranch.view.Verdict;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Operator;
import org.anabranch.view.expression.TypeException;
import org.anabranch.view.expression.Typing;
import org.anabranch.view.reference.ReferenceEngine;

/** Streams, bodies and what reads them again. */
final class Flows {
  static final String PATTERN = "(?P<id>\\S+) (?P<origin>\\S*) (?P<delay>\\S*) (?P<note>.*)";
  static final String NDJSON = "application/x-ndjson";

  private Flows() {}

  /**
   * {@code (id BIGINT NOT NULL, origin VARCHAR, delay INTEGER CHECK (delay > 0), note VARCHAR)}.
   */
  static StreamDefinition stream(String name, String format, int partitions, String... options) {
    Schema schema =
        Schema.of(
            Column.required("id", Type.BIGINT),
            Column.nullable("origin", Type.VARCHAR),
            Column.nullable("delay", Type.INTEGER),
            Column.nullable("note", Type.VARCHAR));
    Map<String, String> all = new HashMap<>();
    all.put("format", format);
    all.put("partitions", Integer.toString(partitions));
    if (format.equals("regex")) {
      all.put("pattern", PATTERN);
    }
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    return new StreamDefinition(
        name, schema, List.of(positiveDelay()), all, "CREATE STREAM " + name);
  }

  private static Check positiveDelay() {
    try {
      Expression delay = new Expression.ColumnReference(2, "delay", Type.INTEGER);
      Expression zero = new Expression.Literal(0L, Type.INTEGER);
      return new Check("delay > 0", Typing.call(Operator.GREATER, List.of(delay, zero)));
    } catch (TypeException e) {
      throw new AssertionError(e);
    }
  }

  static Verdict checks(StreamDefinition stream) {
    return new Checks(stream, new ReferenceEngine());
  }

  static Lane lane(StreamLog log, int partition) {
    return new Lane(log.topicId(), 0, partition);
  }

  static IngestStream ingest(StreamLog log, Path directory, Clock clock, IngestLimits limits)
      throws IOException {
    IngestStream ingest =
        new IngestStream(
            log.stream(),
            log,
            partition -> lane(log, partition),
            () -> checks(log.stream()),
            directory,
            clock,
            limits,
            new IngestBudget(1 << 30));
    ingest.recover();
    return ingest;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static LaneTail tail(StreamLog log, int partition, ReadLimits limits) {
    return new LaneTail(
        log,
        lane(log, partition),
        List.of(new LaneVersion(0, log.stream(), checks(log.stream()))),
        limits);
  }

  /** All chunks of a partition, as the tail reads them. */
  static List<Chunk> read(StreamLog log, int partition) throws Exception {
    List<Chunk> chunks = new ArrayList<>();
    try (LaneTail tail = tail(log, partition, ReadLimits.DEFAULT)) {
      tail.subscribe(chunks::add, log.start(partition), -1);
      long left = log.end(partition) - log.start(partition);
      while (left > 0) {
        left -= tail.step();
      }
    }
    return chunks;
  }
}
