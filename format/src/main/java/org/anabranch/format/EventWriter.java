// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.anabranch.view.Column;
import org.anabranch.view.Rows;
import org.anabranch.view.Schema;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Vector;

/** Writes rows as JSON objects or CSV rows. Owned by one thread. */
public final class EventWriter {
  private static final CsvStyle PLAIN = new CsvStyle((byte) ',', true);

  private final RowWriter writer;
  private final String contentType;
  private final ByteSink sink = new ByteSink();

  private EventWriter(RowWriter writer, String contentType) {
    this.writer = writer;
    this.contentType = contentType;
  }

  /**
   * Writes rows as events of a stream, in its declared format or, for a stream of lines, in JSON.
   */
  public static EventWriter of(StreamDefinition stream) {
    ColumnWriter[] columns = new ColumnWriter[stream.schema().size()];
    for (int i = 0; i < columns.length; i++) {
      Column column = stream.schema().column(i);
      columns[i] = new ColumnWriter(column.type(), timeFormat(stream, column));
    }
    if (ContentTypes.declared(stream).equals(ContentTypes.CSV)) {
      List<String> tokens = new ArrayList<>();
      String common = stream.options().get("null");
      stream.schema().columns().forEach(c -> tokens.add(c.options().getOrDefault("null", common)));
      return new EventWriter(
          new CsvRowWriter(columns, CsvStyle.of(stream), tokens), ContentTypes.CSV);
    }
    FieldNode fields = JsonDecoder.fields(stream.schema().columns());
    int rest = stream.keepsUnknown() ? columns.length : -1;
    return new EventWriter(new JsonRowWriter(columns, fields, rest), ContentTypes.JSON);
  }

  private static TimeFormat timeFormat(StreamDefinition stream, Column column) {
    return column.type().isTemporal() ? TimeFormat.of(stream, column) : null;
  }

  /** Writes rows as flat JSON objects of the columns' names. */
  public static EventWriter json(Schema schema) {
    List<Column> plain = plain(schema);
    return new EventWriter(
        new JsonRowWriter(writers(schema), JsonDecoder.fields(plain), -1), ContentTypes.JSON);
  }

  /** Writes rows as CSV of all columns. */
  public static EventWriter csv(Schema schema) {
    List<String> tokens = java.util.Collections.nCopies(schema.size(), null);
    return new EventWriter(new CsvRowWriter(writers(schema), PLAIN, tokens), ContentTypes.CSV);
  }

  /** The header line that belongs to {@link #csv}, without its line break. */
  public static byte[] csvHeader(Schema schema) {
    ByteSink out = new ByteSink();
    for (int i = 0; i < schema.size(); i++) {
      if (i > 0) {
        out.add(',');
      }
      byte[] name = StreamReaders.utf8(schema.column(i).name());
      CsvRowWriter.field(name, 0, name.length, PLAIN, null, out);
    }
    return out.toBytes();
  }

  private static List<Column> plain(Schema schema) {
    return schema.columns().stream().map(c -> Column.nullable(c.name(), c.type())).toList();
  }

  private static ColumnWriter[] writers(Schema schema) {
    return schema.columns().stream()
        .map(Column::type)
        .map(t -> new ColumnWriter(t, t.isTemporal() ? new IsoFormat(t) : null))
        .toArray(ColumnWriter[]::new);
  }

  /** What comes out: {@code application/json} or {@code text/csv}. */
  public String contentType() {
    return contentType;
  }

  /** One row, without a line break behind it. */
  public byte[] write(List<Vector> columns, int row) {
    sink.clear();
    writer.write(columns, row, sink);
    return sink.toBytes();
  }

  /** All rows, a line each. */
  public void write(Rows rows, OutputStream out) throws IOException {
    for (int row = 0; row < rows.size(); row++) {
      sink.clear();
      writer.write(rows.columns(), row, sink);
      sink.add('\n');
      out.write(sink.bytes(), 0, sink.length());
    }
  }
}
