// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.anabranch.view.Column;
import org.anabranch.view.Rows;
import org.anabranch.view.Schema;

/** Reads rows as Java objects in the order of a schema, whatever order the chunk's own has. */
final class RowReader {
  private final Schema schema;
  private final List<String> needed;

  /**
   * @param schema the columns a row shall have
   * @param needed names of those that are read; the others are null
   */
  RowReader(Schema schema, List<String> needed) {
    this.schema = schema;
    this.needed = needed;
  }

  /**
   * All rows of a chunk.
   *
   * @throws IllegalArgumentException if it lacks a needed column or has it with another type
   */
  List<Object[]> read(Rows rows) {
    int[] sources = sources(rows.schema());
    List<Object[]> all = new ArrayList<>(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      Object[] values = new Object[sources.length];
      for (int column = 0; column < sources.length; column++) {
        values[column] = sources[column] < 0 ? null : rows.column(sources[column]).get(row);
      }
      all.add(values);
    }
    return all;
  }

  private int[] sources(Schema given) {
    int[] sources = new int[schema.size()];
    Arrays.fill(sources, -1);
    for (String name : needed) {
      int index = schema.indexOf(name).orElseThrow();
      sources[index] = source(given, schema.column(index));
    }
    return sources;
  }

  private static int source(Schema given, Column column) {
    OptionalInt source = given.indexOf(column.name());
    if (source.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot read column '" + column.name() + "': the rows only have " + given.names());
    }
    if (!given.column(source.getAsInt()).type().equals(column.type())) {
      throw new IllegalArgumentException(
          "Cannot read column '"
              + column.name()
              + "' as "
              + column.type()
              + ": the rows have it as "
              + given.column(source.getAsInt()).type());
    }
    return source.getAsInt();
  }
}
