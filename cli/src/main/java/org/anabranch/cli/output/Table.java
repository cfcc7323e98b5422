// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Rows under columns. A cell is empty for NULL. */
public final class Table {
  /**
   * A column.
   *
   * @param name its heading
   * @param right whether values are set to the right, as numbers are
   * @param grouped whether eyes see a comma every three digits
   */
  public record Column(String name, boolean right, boolean grouped) {}

  private final List<Column> columns;
  private final List<List<Optional<String>>> rows = new ArrayList<>();

  public Table(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  /** A table with headings; those that end in {@code >} stand over numbers. */
  public static Table of(String... headings) {
    return new Table(
        Arrays.stream(headings)
            .map(
                heading ->
                    heading.endsWith(">")
                        ? new Column(heading.substring(0, heading.length() - 1), true, true)
                        : new Column(heading, false, false))
            .toList());
  }

  /** The table of an answer: {@code columns} with names and types, {@code rows} by name. */
  public static Table ofAnswer(JsonNode answer) {
    List<Column> columns = new ArrayList<>();
    for (JsonNode column : answer.path("columns")) {
      boolean number = isNumber(column.path("type").asText());
      columns.add(new Column(column.path("name").asText(), number, false));
    }
    Table table = new Table(columns);
    for (JsonNode row : answer.path("rows")) {
      table.rows.add(columns.stream().map(column -> cell(row.path(column.name()))).toList());
    }
    return table;
  }

  private static boolean isNumber(String type) {
    return type.startsWith("DECIMAL")
        || type.equals("INTEGER")
        || type.equals("BIGINT")
        || type.equals("DOUBLE");
  }

  private static Optional<String> cell(JsonNode value) {
    return value.isNull() || value.isMissingNode()
        ? Optional.empty()
        : Optional.of(value.isContainerNode() ? value.toString() : value.asText());
  }

  /** Adds a row; null is NULL. */
  public Table row(Object... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "Cannot put " + cells.length + " cells under " + columns.size() + " columns");
    }
    rows.add(
        Arrays.stream(cells).map(cell -> Optional.ofNullable(cell).map(Object::toString)).toList());
    return this;
  }

  public List<Column> columns() {
    return columns;
  }

  public List<List<Optional<String>>> rows() {
    return rows;
  }
}
