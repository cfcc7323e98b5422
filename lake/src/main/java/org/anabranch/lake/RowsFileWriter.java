// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.Rows;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Schema;
import org.apache.parquet.schema.PrimitiveType;

/** Writes one data file of rows that come in order of lane and position. */
final class RowsFileWriter implements AutoCloseable {
  /** So many rows of a column are written before the next column's, so that they stay in cache. */
  private static final int STRIPE = 1_024;

  private final Schema schema;
  private final ParquetOutput output;
  private final Map<Lane, Long> rowsOfLane = new LinkedHashMap<>();
  private long rows;

  RowsFileWriter(Path directory, Schema schema, LakeLimits limits) throws IOException {
    this.schema = schema;
    this.output = new ParquetOutput(directory, schema, limits.rowGroupBytes(), true);
  }

  void add(Rows chunk) throws IOException {
    ColumnEncoder[] encoders = encoders(chunk);
    for (int from = 0; from < chunk.size(); from += STRIPE) {
      int to = Math.min(chunk.size(), from + STRIPE);
      for (int column = 0; column < encoders.length; column++) {
        encoders[column].write(output.column(column), from, to);
      }
      output.endRows(to - from);
    }
    rowsOfLane.merge(chunk.lane(), (long) chunk.size(), Long::sum);
    rows += chunk.size();
  }

  long rows() {
    return rows;
  }

  private ColumnEncoder[] encoders(Rows chunk) {
    List<ColumnEncoder> encoders = new ArrayList<>();
    encoders.add(ColumnEncoder.lane(chunk));
    encoders.add(ColumnEncoder.position(chunk));
    encoders.add(ColumnEncoder.appendedAt(chunk));
    for (int column = encoders.size(); column < output.type().getFieldCount(); column++) {
      PrimitiveType type = output.type().getType(column).asPrimitiveType();
      OptionalInt index = chunk.schema().indexOf(schema.columns().get(column).name());
      encoders.add(
          index.isPresent()
              ? ColumnEncoder.of(type, chunk.column(index.getAsInt()))
              : ColumnEncoder.absent(type));
    }
    return encoders.toArray(ColumnEncoder[]::new);
  }

  /** Completes the file, which accounts for the given positions. */
  DataFile finish(Coverage coverage, MetricsConfig metrics) throws IOException {
    List<Run> runs = new ArrayList<>();
    long first = 0;
    for (Map.Entry<Lane, Long> lane : rowsOfLane.entrySet()) {
      runs.add(new Run(lane.getKey(), first, lane.getValue(), coverage.ranges(lane.getKey())));
      first += lane.getValue();
    }
    coverage.ranges().forEach((lane, ranges) -> addEmpty(runs, lane, coverage));
    return output.finish(
        Map.of(
            Properties.LAYOUT,
            String.valueOf(Properties.LAYOUT_VERSION),
            Properties.RUNS,
            Run.format(runs)),
        metrics);
  }

  private void addEmpty(List<Run> runs, Lane lane, Coverage coverage) {
    if (!rowsOfLane.containsKey(lane)) {
      runs.add(new Run(lane, rows, 0, coverage.ranges(lane)));
    }
  }

  @Override
  public void close() throws IOException {
    output.close();
  }
}
