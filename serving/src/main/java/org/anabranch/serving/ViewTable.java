// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import org.anabranch.view.Schema;
import org.anabranch.view.Type;
import org.anabranch.view.segment.CellProblem;
import org.anabranch.view.segment.ShownGroup;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * How a view's answer is kept in DuckDB. A column with a cell that cannot be shown has a column of
 * marks beside it, the reason where there is one, and is read through a relation that raises it:
 * only a statement that evaluates such a cell fails. Without such columns it is a plain table.
 */
final class ViewTable {
  private static final String MARK = Functions.OURS + "mark_";

  private final String name;
  private final Schema schema;
  private final String view;

  /** The columns that have marks. */
  private final BitSet marked;

  /** Columns that have a cell that cannot be shown, and no marks. */
  private final BitSet missed = new BitSet();

  private final Problems undecided = new Problems();

  ViewTable(String name, Schema schema, String view, BitSet marked) {
    this.name = name;
    this.schema = schema;
    this.view = view;
    this.marked = (BitSet) marked.clone();
  }

  /** The table that rows are appended to. */
  String rows() {
    return marked.isEmpty() ? name : name + "_rows";
  }

  void create(Statement statement) throws SQLException {
    drop(statement);
    List<String> columns = new ArrayList<>();
    schema
        .columns()
        .forEach(
            column ->
                columns.add(
                    Workspace.quoted(column.name(), '"') + " " + SqlTypes.name(column.type())));
    marked.stream().forEach(column -> columns.add(MARK + column + " VARCHAR"));
    statement.execute("CREATE TABLE " + rows() + " (" + String.join(", ", columns) + ")");
    if (!marked.isEmpty()) {
      statement.execute("CREATE VIEW " + name + " AS SELECT " + selected() + " FROM " + rows());
    }
  }

  private String selected() {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      String column = Workspace.quoted(schema.column(i).name(), '"');
      String mark = MARK + i;
      columns.add(
          marked.get(i)
              ? "CASE WHEN "
                  + mark
                  + " IS NOT NULL THEN error("
                  + mark
                  + ") ELSE "
                  + column
                  + " END AS "
                  + column
              : column);
    }
    return columns.stream().collect(Collectors.joining(", "));
  }

  void append(DuckDBAppender appender, ShownGroup group) throws SQLException {
    appender.beginRow();
    Object[] values = group.values();
    for (int i = 0; i < values.length; i++) {
      SqlTypes.append(appender, values[i], schema.column(i).type());
    }
    for (int i = marked.nextSetBit(0); i >= 0; i = marked.nextSetBit(i + 1)) {
      String mark = group.problem(i).map(problem -> problem.inWords(view)).orElse(null);
      SqlTypes.append(appender, mark, Type.VARCHAR);
    }
    appender.endRow();
    if (!group.problems().isEmpty()) {
      note(group.problems());
    }
  }

  private void note(List<CellProblem> problems) {
    for (CellProblem problem : problems) {
      if (problem.index() < 0) {
        undecided.add(List.of(problem));
      } else if (!marked.get(problem.index())) {
        missed.set(problem.index());
      }
    }
  }

  /** The columns that need marks and have none: the table is of no use then. */
  BitSet missed() {
    return missed;
  }

  /** The groups that are among the rows although HAVING cannot be decided for them. */
  Problems undecided() {
    return undecided;
  }

  /** Removes the table, and what a load that failed may have left. */
  void drop(Statement statement) throws SQLException {
    if (marked.isEmpty()) {
      statement.execute("DROP TABLE IF EXISTS " + name);
    } else {
      statement.execute("DROP VIEW IF EXISTS " + name);
      statement.execute("DROP TABLE IF EXISTS " + rows());
    }
  }

  void drop(DuckDBConnection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      drop(statement);
    }
  }
}
