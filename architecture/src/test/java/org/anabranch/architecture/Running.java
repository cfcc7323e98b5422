// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anabranch.batch.BatchRun;
import org.anabranch.ingest.Acknowledgement;
import org.anabranch.ingest.IngestRequest;
import org.anabranch.sql.Script;
import org.anabranch.view.TilingSource;
import org.anabranch.view.View;
import org.anabranch.view.segment.KeyRange;
import org.anabranch.view.segment.Presenter;
import org.anabranch.view.segment.SegmentMerge;

/** A pipeline that a test runs, with the verbs tests need. */
final class Running implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Pipeline pipeline;

  private Running(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  static Running start(String architecture, String sql, Path data) throws Exception {
    return start(architecture, sql, PipelineSettings.in(data).hasty(100));
  }

  static Running start(String architecture, String sql, PipelineSettings settings)
      throws Exception {
    Running running =
        new Running(
            Pipeline.start(Architecture.of(architecture), Script.parse("test.sql", sql), settings));
    await("ready", () -> running.pipeline.waitingFor().isEmpty());
    return running;
  }

  Pipeline pipeline() {
    return pipeline;
  }

  /** Appends NDJSON events and waits until they are in the answers. */
  Acknowledgement append(String stream, List<String> events) throws Exception {
    byte[] body = String.join("\n", events).getBytes(StandardCharsets.UTF_8);
    Acknowledgement acknowledged =
        pipeline.ingest(stream).accept(IngestRequest.of(body, "application/x-ndjson"));
    await("visible", () -> pipeline.await(acknowledged.receipt(), PATIENCE.toMillis()));
    return acknowledged;
  }

  /** The answer of a view, a text a row. */
  List<String> rows(String name) throws Exception {
    View view = pipeline.view(name).orElseThrow();
    StreamRuntime stream = pipeline.stream(view.fold().stream());
    try (TilingSource.Pinned pinned = stream.tilings().pin()) {
      List<String> rows = new ArrayList<>();
      new Presenter(view)
          .all(new SegmentMerge(view.fold()).scan(pinned.tiling(view.fold()), KeyRange.ALL))
          .forEach(row -> rows.add(Arrays.toString(row.values())));
      return rows;
    }
  }

  /** Waits for the last run to end. */
  BatchRun lastRun() throws Exception {
    await("the run's end", () -> !pipeline.runs().get(pipeline.runs().size() - 1).isRunning());
    return pipeline.runs().get(pipeline.runs().size() - 1);
  }

  /** Something that may be so. */
  interface Condition {
    boolean holds() throws Exception;
  }

  static void await(String what, Condition condition) throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!condition.holds()) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("waited " + PATIENCE + " in vain for: " + what);
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() throws IOException {
    pipeline.close();
  }
}
