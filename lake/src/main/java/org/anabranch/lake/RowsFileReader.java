// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.anabranch.view.Column;
import org.anabranch.view.Coverage;
import org.anabranch.view.LongVector;
import org.anabranch.view.Range;
import org.anabranch.view.Rows;
import org.anabranch.view.Schema;
import org.anabranch.view.Type;
import org.anabranch.view.Vector;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.PrimitiveType;

/** Reads one data file: the rows of the wanted positions, run by run, in chunks. */
final class RowsFileReader implements AutoCloseable {
  private final ParquetInput input;
  private final List<Run> runs;
  private final Schema schema;
  private final List<ColumnDescriptor> columns;
  private final int chunkRows;
  private List<ColumnDecoder> decoders = List.of();
  private int group = -1;
  private long groupStart;
  private long groupEnd;

  /**
   * @param ids the field id of each column of the schema
   */
  RowsFileReader(Path path, Schema schema, int[] ids, int chunkRows) throws IOException {
    this.input = new ParquetInput(path);
    this.runs = runs(input);
    this.schema = schema;
    this.chunkRows = chunkRows;
    this.columns = new ArrayList<>();
    columns.add(column(LakeSchema.POSITION_ID));
    columns.add(column(LakeSchema.APPENDED_AT_ID));
    Arrays.stream(ids).forEach(id -> columns.add(column(id)));
  }

  /** What a data file says it accounts for. */
  static List<Run> runs(ParquetInput input) {
    var footer = input.footer().getFileMetaData().getKeyValueMetaData();
    Properties.requireReadable(footer.get(Properties.LAYOUT), input.path().toString());
    return Run.parse(footer.get(Properties.RUNS));
  }

  List<Run> runs() {
    return runs;
  }

  /** The column of a field id, or null where the file is older than the column. */
  private ColumnDescriptor column(int id) {
    return input.schema().getColumns().stream()
        .filter(column -> column.getPrimitiveType().getId().intValue() == id)
        .findFirst()
        .orElse(null);
  }

  /** A walk over what is wanted of one run; runs of a file are walked in order. */
  Walk walk(Run run, Coverage wanted) {
    return new Walk(run, wanted);
  }

  /** Hands out one piece of a run at a time. */
  final class Walk {
    private final Run run;
    private final Deque<Range> left;
    private final long end;
    private long row;

    private Walk(Run run, Coverage wanted) {
      this.run = run;
      this.left = new ArrayDeque<>(wanted(run, wanted).ranges(run.lane()));
      this.row = run.firstRow();
      this.end = run.firstRow() + run.rows();
    }

    /**
     * Gives the next chunks to the sink; together they account for what is wanted of the run.
     *
     * @return whether there may be more
     */
    boolean step(Consumer<Rows> sink) throws IOException {
      if (row == end || left.isEmpty()) {
        left.forEach(range -> sink.accept(empty(schema, run, range)));
        left.clear();
        return false;
      }
      openGroup(row);
      if (skipsGroup(run, left)) {
        row = Math.min(end, groupEnd);
        return true;
      }
      int count = (int) Math.min(chunkRows, Math.min(end, groupEnd) - row);
      LongVector positions = new LongVector(Type.BIGINT, count);
      decoders.get(0).read(row - groupStart, count, positions);
      emit(run, row, count, positions.values(), row + count == end, left, sink);
      row += count;
      return true;
    }
  }

  static Coverage wanted(Run run, Coverage wanted) {
    return Run.coverage(List.of(run)).intersect(wanted);
  }

  static Rows empty(Schema schema, Run run, Range range) {
    List<Vector> none =
        schema.columns().stream().map(column -> Vector.of(column.type(), 0)).toList();
    return new Rows(schema, run.lane(), range, new long[0], new long[0], none, 0);
  }

  /** Gives out what of a piece of a run is wanted, and keeps in {@code left} what may follow. */
  private void emit(
      Run run,
      long row,
      int count,
      long[] positions,
      boolean last,
      Deque<Range> left,
      Consumer<Rows> sink) {
    while (!left.isEmpty()) {
      Range range = left.peek();
      int from = lowerBound(positions, count, range.from());
      int to = lowerBound(positions, count, range.to());
      if (to < count || last) {
        sink.accept(rows(run, range, positions, row, from, to));
        left.poll();
        continue;
      }
      if (to > from) {
        Range part = new Range(range.from(), positions[count - 1] + 1);
        sink.accept(rows(run, part, positions, row, from, to));
        left.poll();
        if (part.to() < range.to()) {
          left.push(new Range(part.to(), range.to()));
        }
      }
      return;
    }
  }

  private Rows rows(Run run, Range range, long[] positions, long row, int from, int to) {
    int size = to - from;
    LongVector appendedAt = new LongVector(Type.INSTANT, size);
    decode(1, row + from, size, appendedAt);
    List<Vector> vectors = new ArrayList<>(schema.size());
    for (int column = 0; column < schema.size(); column++) {
      Vector vector = Vector.of(schema.column(column).type(), size);
      decode(column + 2, row + from, size, vector);
      vectors.add(vector);
    }
    long[] own = from == 0 ? positions : Arrays.copyOfRange(positions, from, to);
    return new Rows(schema, run.lane(), range, own, appendedAt.values(), vectors, size);
  }

  private void decode(int column, long row, int count, Vector target) {
    ColumnDecoder decoder = decoders.get(column);
    if (decoder != null) {
      decoder.read(row - groupStart, count, target);
      return;
    }
    for (int i = 0; i < count; i++) {
      target.appendNull();
    }
  }

  private static int lowerBound(long[] positions, int count, long position) {
    int found = Arrays.binarySearch(positions, 0, count, position);
    return found >= 0 ? found : -found - 1;
  }

  /** Moves to the row group of a row; groups are passed forwards only. */
  private void openGroup(long row) {
    while (row >= groupEnd) {
      group++;
      groupStart = groupEnd;
      groupEnd += input.rowGroups().get(group).getRowCount();
      decoders = null;
    }
  }

  /** Whether no wanted position is among the rows of this group; otherwise it is open. */
  private boolean skipsGroup(Run run, Deque<Range> left) throws IOException {
    if (decoders != null) {
      return false;
    }
    boolean alone = run.firstRow() <= groupStart && groupEnd <= run.firstRow() + run.rows();
    if (alone && !mayHave(left)) {
      return true;
    }
    List<ColumnReader> readers = input.readRowGroup(group, columns);
    List<ColumnDecoder> opened = new ArrayList<>();
    for (int i = 0; i < readers.size(); i++) {
      opened.add(readers.get(i) == null ? null : decoder(readers.get(i), i));
    }
    decoders = opened;
    return false;
  }

  private boolean mayHave(Deque<Range> left) {
    var statistics =
        input.rowGroups().get(group).getColumns().stream()
            .filter(chunk -> chunk.getPath().equals(path(columns.get(0))))
            .findFirst()
            .orElseThrow()
            .getStatistics();
    long least = (Long) statistics.genericGetMin();
    long most = (Long) statistics.genericGetMax();
    return left.stream().anyMatch(range -> range.from() <= most && least < range.to());
  }

  private static org.apache.parquet.hadoop.metadata.ColumnPath path(ColumnDescriptor column) {
    return org.apache.parquet.hadoop.metadata.ColumnPath.get(column.getPath());
  }

  private ColumnDecoder decoder(ColumnReader reader, int index) {
    PrimitiveType stored = columns.get(index).getPrimitiveType();
    Type type =
        index == 0 ? Type.BIGINT : index == 1 ? Type.INSTANT : column(schema, index - 2).type();
    return new ColumnDecoder(reader, ColumnDecoder.value(stored, type));
  }

  private static Column column(Schema schema, int index) {
    return schema.column(index);
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
