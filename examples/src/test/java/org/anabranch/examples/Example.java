// SPDX-License-Identifier: Apache-2.0
package org.anabranch.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.anabranch.architecture.Architecture;
import org.anabranch.architecture.Pipeline;
import org.anabranch.architecture.PipelineSettings;
import org.anabranch.batch.BatchRun;
import org.anabranch.ingest.Acknowledgement;
import org.anabranch.ingest.FileOptions;
import org.anabranch.ingest.FilePiece;
import org.anabranch.ingest.FileSource;
import org.anabranch.serving.Answer;
import org.anabranch.serving.QueryLimits;
import org.anabranch.sql.Script;
import org.anabranch.view.Receipt;

/** A pipeline of this folder that a test runs. */
final class Example implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Pipeline pipeline;
  private Receipt last;
  private long accepted;
  private long rejected;

  private Example(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  static Example start(String architecture, String name, Path data) throws Exception {
    Path sql = Path.of(name, "pipeline.sql");
    Script script = Script.parse(sql.toString(), Files.readString(sql));
    return new Example(
        Pipeline.start(Architecture.of(architecture), script, PipelineSettings.in(data)));
  }

  Pipeline pipeline() {
    return pipeline;
  }

  /** Sends a file, piece by piece. */
  void ingest(String stream, Path file) throws Exception {
    try (FileSource source = FileSource.open(file, FileOptions.DEFAULT)) {
      for (FilePiece piece = source.next(); piece != null; piece = source.next()) {
        Acknowledgement acknowledged = pipeline.ingest(stream).accept(piece.request());
        accepted += acknowledged.accepted();
        rejected += acknowledged.rejected();
        last = acknowledged.receipt();
        awaitVisible();
      }
    }
  }

  private void awaitVisible() throws Exception {
    assertTrue(pipeline.await(last, PATIENCE.toMillis()), "not visible in time");
  }

  long accepted() {
    return accepted;
  }

  long rejected() {
    return rejected;
  }

  void runBatch() throws Exception {
    pipeline.runBatch(false);
    Instant deadline = Instant.now().plus(PATIENCE);
    while (lastRun().isRunning() && Instant.now().isBefore(deadline)) {
      Thread.onSpinWait();
    }
    assertEquals(BatchRun.Outcome.PUBLISHED, lastRun().outcome(), lastRun().toString());
  }

  private BatchRun lastRun() {
    List<BatchRun> runs = pipeline.runs();
    return runs.get(runs.size() - 1);
  }

  /** The rows of a query, a text a row. */
  List<String> sql(String query) {
    List<String> rows = new ArrayList<>();
    try (Answer answer =
        pipeline
            .serving()
            .sql()
            .query(query, new QueryLimits(120_000, 1_000_000), Optional.ofNullable(last))) {
      for (Object[] row = answer.next(); row != null; row = answer.next()) {
        rows.add(Arrays.toString(row));
      }
    }
    return rows;
  }

  void verified() throws Exception {
    pipeline
        .verify(List.of())
        .forEach(report -> assertTrue(report.identical(), report::toString));
  }

  @Override
  public void close() throws IOException {
    pipeline.close();
  }
}
