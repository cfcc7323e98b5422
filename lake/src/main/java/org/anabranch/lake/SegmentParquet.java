// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.anabranch.view.Segment;
import org.anabranch.view.segment.SegmentWriter;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.Binary;

/** Segments as Parquet files of two columns: the groups in order of key. */
final class SegmentParquet {
  static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "key", Types.BinaryType.get()),
          Types.NestedField.required(2, "state", Types.BinaryType.get()));

  private SegmentParquet() {}

  static DataFile write(
      String id, Segment segment, Path directory, LakeLimits limits, MetricsConfig metrics)
      throws IOException {
    try (ParquetOutput output =
        new ParquetOutput(directory, SCHEMA, limits.rowGroupBytes(), false)) {
      Segment.Groups groups = segment.scan(null, null);
      while (groups.next()) {
        output.column(0).write(binary(groups.key()), 0, 0);
        output.column(1).write(binary(groups.state()), 0, 0);
        output.endRows(1);
      }
      Map<String, String> footer =
          Map.of(
              Properties.LAYOUT,
              String.valueOf(Properties.LAYOUT_VERSION),
              Properties.SEGMENT_ID,
              id);
      return output.finish(footer, metrics);
    }
  }

  private static Binary binary(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(bytes.position(), copy);
    return Binary.fromConstantByteArray(copy);
  }

  /** Reads all groups of a segment's file into a writer of local files. */
  static void copy(Path file, SegmentWriter writer) throws IOException {
    try (ParquetInput input = new ParquetInput(file)) {
      Properties.requireReadable(
          input.footer().getFileMetaData().getKeyValueMetaData().get(Properties.LAYOUT),
          file.toString());
      for (int group = 0; group < input.rowGroups().size(); group++) {
        List<ColumnReader> columns = input.readRowGroup(group, input.schema().getColumns());
        for (long row = input.rowGroups().get(group).getRowCount(); row > 0; row--) {
          writer.add(next(columns.get(0)), next(columns.get(1)));
        }
      }
    }
  }

  private static ByteBuffer next(ColumnReader column) {
    ByteBuffer bytes = column.getBinary().toByteBuffer();
    column.consume();
    return bytes;
  }
}
