// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import org.anabranch.serving.process.FrameReader;
import org.anabranch.serving.process.FrameWriter;
import org.anabranch.view.Column;
import org.anabranch.view.Schema;
import org.anabranch.view.Type;

/**
 * How a view's answer is kept in DuckDB. A column with a cell that cannot be shown has a column of
 * marks behind the others, the reason where there is one, and is read through a relation that
 * raises it: only a statement that evaluates such a cell fails. Without marks it is a plain table.
 *
 * @param name what the statement calls it
 * @param schema the view's columns
 * @param marks which of them have marks
 */
record ViewTable(String name, Schema schema, BitSet marks) {
  private static final String MARK = Functions.OURS + "mark_";

  static ViewTable read(FrameReader in) {
    String name = in.text();
    Schema schema = in.schema();
    BitSet marks = new BitSet();
    while (in.hasMore()) {
      marks.set(in.number());
    }
    return new ViewTable(name, schema, marks);
  }

  FrameWriter write() {
    FrameWriter out = new FrameWriter().text(name).schema(schema);
    marks.stream().forEach(out::number);
    return out;
  }

  /** What asks for a table to be dropped, see {@link #drop(FrameReader, Statement)}. */
  static FrameWriter drop(String name, BitSet marks) {
    return new FrameWriter().text(name).number(marks.isEmpty() ? 0 : 1);
  }

  /** Drops a table, if it is there. */
  static void drop(FrameReader asked, Statement statement) throws SQLException {
    drop(asked.text(), asked.number() == 1, statement);
  }

  private static void drop(String name, boolean marked, Statement statement) throws SQLException {
    if (marked) {
      statement.execute("DROP VIEW IF EXISTS " + name);
      statement.execute("DROP TABLE IF EXISTS " + name + "_rows");
    } else {
      statement.execute("DROP TABLE IF EXISTS " + name);
    }
  }

  void drop(Statement statement) throws SQLException {
    drop(name, !marks.isEmpty(), statement);
  }

  /** The table that rows are appended to. */
  String rows() {
    return marks.isEmpty() ? name : name + "_rows";
  }

  /** Its columns. */
  Schema stored() {
    List<Column> columns = new ArrayList<>(schema.columns());
    marks.stream().forEach(i -> columns.add(Column.nullable(MARK + i, Type.VARCHAR)));
    return new Schema(columns);
  }

  void create(Statement statement) throws SQLException {
    String columns =
        stored().columns().stream()
            .map(column -> quoted(column) + " " + SqlTypes.name(column.type()))
            .collect(Collectors.joining(", "));
    statement.execute("CREATE TABLE " + rows() + " (" + columns + ")");
    if (!marks.isEmpty()) {
      statement.execute("CREATE VIEW " + name + " AS SELECT " + selected() + " FROM " + rows());
    }
  }

  private static String quoted(Column column) {
    return Workspace.quoted(column.name(), '"');
  }

  private String selected() {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      String column = quoted(schema.column(i));
      columns.add(marks.get(i) ? raising(column, MARK + i) : column);
    }
    return String.join(", ", columns);
  }

  private static String raising(String column, String mark) {
    return "CASE WHEN %s IS NOT NULL THEN error(%s) ELSE %s END AS %s"
        .formatted(mark, mark, column, column);
  }
}
