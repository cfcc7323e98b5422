// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anabranch.view.Column;
import org.anabranch.view.Lane;
import org.anabranch.view.Range;
import org.anabranch.view.Rows;
import org.anabranch.view.Schema;
import org.anabranch.view.Vector;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type.Repetition;

/**
 * The rows of somebody's Parquet file, for import. Its columns must be flat; what cannot be kept
 * exactly is refused with column and row; nanoseconds are text.
 */
public final class ParquetRows implements AutoCloseable {
  private static final int CHUNK_ROWS = 8_192;

  /** A position is the row's index in the file. */
  private static final Lane FILE = new Lane("file", 0, 0);

  private final ParquetInput input;
  private final Schema schema;
  private final List<ForeignColumn> columns;
  private List<ColumnDecoder> decoders = List.of();
  private int group = -1;
  private long groupRows;
  private long rowInGroup;
  private long row;

  private ParquetRows(ParquetInput input, List<ForeignColumn> columns) {
    this.input = input;
    this.columns = columns;
    this.schema = new Schema(columns.stream().map(ForeignColumn::column).toList());
  }

  /**
   * Opens a Parquet file. Whatever is wrong with a file, here or when it is read, is a {@link
   * LakeException} that names it in our words; where its bytes are at fault, a {@link
   * ParquetFileException}.
   */
  public static ParquetRows open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new LakeException("Cannot read " + file + ": there is no such file");
    }
    ParquetInput input = new ParquetInput(file);
    try {
      return new ParquetRows(input, columns(input));
    } catch (RuntimeException e) {
      input.close();
      throw e;
    }
  }

  private static List<ForeignColumn> columns(ParquetInput input) {
    List<ForeignColumn> columns = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (org.apache.parquet.schema.Type field : input.schema().getFields()) {
      if (!field.isPrimitive() || field.isRepetition(Repetition.REPEATED)) {
        problems.add("'" + field.getName() + "' is nested");
        continue;
      }
      try {
        columns.add(ForeignColumn.of(field.asPrimitiveType()));
      } catch (LakeException e) {
        problems.add(e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new LakeException(
          "Cannot import " + input.path() + ": columns that are not supported: " + problems);
    }
    return columns;
  }

  /** The columns, with types inferred from the file. */
  public Schema schema() {
    return schema;
  }

  /** How many rows the file has. */
  public long rows() {
    return input.rowGroups().stream().mapToLong(group -> group.getRowCount()).sum();
  }

  /** The next rows, their positions being their indexes in the file, or null after the last. */
  public Rows next() throws IOException {
    while (rowInGroup == groupRows) {
      if (group + 1 == input.rowGroups().size()) {
        return null;
      }
      openGroup();
    }
    int count = (int) Math.min(CHUNK_ROWS, groupRows - rowInGroup);
    List<Vector> vectors = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      vectors.add(decode(i, count));
    }
    long[] positions = new long[count];
    for (int i = 0; i < count; i++) {
      positions[i] = row + i;
    }
    Range range = new Range(row, row + count);
    rowInGroup += count;
    row += count;
    return new Rows(schema, FILE, range, positions, new long[count], vectors, count);
  }

  private Vector decode(int index, int count) {
    Column column = columns.get(index).column();
    Vector vector = Vector.of(column.type(), count);
    try {
      decoders.get(index).read(rowInGroup, count, vector);
      return vector;
    } catch (RuntimeException e) {
      String fault =
          e instanceof LakeException
              ? e.getMessage()
              : "its bytes cannot be decoded; the file is damaged, or written in a way that is not"
                  + " supported";
      throw new ParquetFileException(
          input.path(),
          "column '%s', row %d: %s".formatted(column.name(), row + vector.size(), fault),
          e);
    }
  }

  private void openGroup() throws IOException {
    group++;
    groupRows = input.rowGroups().get(group).getRowCount();
    rowInGroup = 0;
    List<ColumnDescriptor> wanted = input.schema().getColumns();
    List<ColumnReader> readers = input.readRowGroup(group, wanted);
    List<ColumnDecoder> opened = new ArrayList<>();
    for (int i = 0; i < readers.size(); i++) {
      opened.add(new ColumnDecoder(readers.get(i), columns.get(i).value()));
    }
    decoders = opened;
  }

  @Override
  public void close() throws IOException {
    input.close();
  }

  static Column column(PrimitiveType stored, org.anabranch.view.Type type) {
    return stored.isRepetition(Repetition.REQUIRED)
        ? Column.required(stored.getName(), type)
        : Column.nullable(stored.getName(), type);
  }
}
