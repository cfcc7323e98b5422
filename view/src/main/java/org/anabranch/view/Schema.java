// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** The columns of a stream or an answer, in order. Names match without regard to case. */
public final class Schema {
  private final List<Column> columns;
  private final Map<String, Integer> indexes = new HashMap<>();

  public Schema(List<Column> columns) {
    this.columns = List.copyOf(columns);
    for (int i = 0; i < this.columns.size(); i++) {
      String name = this.columns.get(i).name();
      if (indexes.put(folded(name), i) != null) {
        throw new IllegalArgumentException("Cannot have two columns named '" + name + "'");
      }
    }
  }

  public static Schema of(Column... columns) {
    return new Schema(List.of(columns));
  }

  public List<Column> columns() {
    return columns;
  }

  public Column column(int index) {
    return columns.get(index);
  }

  public int size() {
    return columns.size();
  }

  public OptionalInt indexOf(String name) {
    Integer index = indexes.get(folded(name));
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }

  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /** A schema with more columns at the end. */
  public Schema with(List<Column> more) {
    List<Column> all = new ArrayList<>(columns);
    all.addAll(more);
    return new Schema(all);
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Schema schema && columns.equals(schema.columns);
  }

  @Override
  public int hashCode() {
    return columns.hashCode();
  }

  @Override
  public String toString() {
    return columns.toString();
  }
}
