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
import java.util.stream.Stream;
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
import org.anabranch.serving.ReadRequest;
import org.anabranch.serving.ViewRelation;
import org.anabranch.sql.Script;
import org.anabranch.view.Receipt;
import org.anabranch.view.View;

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
    return of(architecture, name, Files.readString(Path.of(name, "pipeline.sql")), data);
  }

  /** With more views, and in one lane: the order of the file is the order that decides ties. */
  static Example oneLane(String architecture, String name, String views, Path data)
      throws Exception {
    String sql = Files.readString(Path.of(name, "pipeline.sql"));
    return of(
        architecture, name, sql.replace("'partitions' = '2'", "'partitions' = '1'") + views, data);
  }

  private static Example of(String architecture, String name, String sql, Path data)
      throws Exception {
    Script script = Script.parse(name + "/pipeline.sql", sql);
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

  /** The definitions of all views. */
  List<View> views() {
    return relations().map(ViewRelation::view).toList();
  }

  /** The rows of a view, read without SQL. */
  List<Object[]> rows(String view) {
    ViewRelation relation =
        relations().filter(one -> one.name().equals(view)).findFirst().orElseThrow();
    List<Object[]> rows = new ArrayList<>();
    try (Answer answer =
        pipeline.serving().views().read(relation, ReadRequest.FIRST.limitedTo(100_000))) {
      for (Object[] row = answer.next(); row != null; row = answer.next()) {
        rows.add(row);
      }
    }
    return rows;
  }

  private Stream<ViewRelation> relations() {
    return pipeline.serving().relations().stream()
        .filter(ViewRelation.class::isInstance)
        .map(ViewRelation.class::cast);
  }

  void verified() throws Exception {
    pipeline.verify(List.of()).forEach(report -> assertTrue(report.identical(), report::toString));
  }

  @Override
  public void close() throws IOException {
    pipeline.close();
  }
}
