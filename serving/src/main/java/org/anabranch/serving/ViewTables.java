// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.anabranch.serving.ServingException.Reason;
import org.anabranch.view.Coverage;
import org.anabranch.view.Schema;
import org.anabranch.view.Tiling;
import org.anabranch.view.View;
import org.anabranch.view.segment.KeyRange;
import org.anabranch.view.segment.Presenter;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * The answers of views as tables of a workspace, one a view and frontier, kept for the next query
 * while there is room.
 */
final class ViewTables {
  private final Workspace workspace;
  private final SqlSettings settings;
  private final Map<Key, Table> tables = new LinkedHashMap<>();
  private long created;

  ViewTables(Workspace workspace, SqlSettings settings) {
    this.workspace = workspace;
    this.settings = settings;
  }

  private record Key(View view, Coverage frontier) {}

  /** A table in use, until it is released. */
  final class Table {
    private final Key key;
    private final String name;
    private int users;
    private long rows = -1;

    private Table(Key key, String name) {
      this.key = key;
      this.name = name;
    }

    String name() {
      return name;
    }

    void release() {
      ViewTables.this.release(this);
    }
  }

  /** The table of a view's answer. */
  Table acquire(View view, Tiling tiling, Deadline deadline) throws SQLException {
    Table table = using(new Key(view, tiling.coverage()));
    try {
      synchronized (table) {
        if (table.rows < 0) {
          table.rows = load(table.name, view, tiling, deadline);
        }
      }
      return table;
    } catch (SQLException | RuntimeException | Error e) {
      release(table);
      throw e;
    }
  }

  private synchronized Table using(Key key) {
    Table table = tables.get(key);
    if (table == null) {
      table = new Table(key, Functions.OURS + "view_" + created++);
    } else {
      tables.remove(key);
    }
    // Behind all others: the longest unused is first.
    tables.put(key, table);
    table.users++;
    return table;
  }

  private void release(Table table) {
    List<Table> dropped = new ArrayList<>();
    synchronized (this) {
      table.users--;
      long kept = 0;
      Map<View, Table> newest = new HashMap<>();
      for (Table other : tables.values()) {
        kept += Math.max(0, other.rows);
        newest.put(other.key.view(), other);
      }
      for (Table other : List.copyOf(tables.values())) {
        boolean outdated = newest.get(other.key.view()) != other;
        if (other.users == 0 && (other.rows < 0 || outdated || kept > settings.cachedRows())) {
          kept -= Math.max(0, other.rows);
          tables.remove(other.key);
          dropped.add(other);
        }
      }
    }
    dropped.forEach(one -> drop(one.name));
  }

  /** How many tables there are. */
  synchronized int size() {
    return tables.size();
  }

  private void drop(String name) {
    try (DuckDBConnection connection = workspace.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot drop a view's table: " + e.getMessage(), e);
    }
  }

  private long load(String name, View view, Tiling tiling, Deadline deadline) throws SQLException {
    Schema schema = view.schema();
    Presenter presenter = new Presenter(view);
    RowWalk walk =
        new RowWalk(
            view,
            presenter,
            tiling,
            Conditions.of(view.name(), schema, List.of()),
            List.of(KeyRange.ALL),
            null,
            deadline);
    try (DuckDBConnection connection = workspace.connect();
        Statement statement = connection.createStatement()) {
      // A load that failed before may have left its table.
      statement.execute("CREATE OR REPLACE TABLE " + name + columns(schema));
      try (DuckDBAppender appender = connection.createAppender(name)) {
        return fill(appender, schema, walk, view.name());
      }
    }
  }

  private long fill(DuckDBAppender appender, Schema schema, RowWalk walk, String view)
      throws SQLException {
    long rows = 0;
    for (Object[] row = walk.next(); row != null; row = walk.next()) {
      if (++rows > settings.viewRows()) {
        throw new ServingException(
            Reason.LIMIT,
            "Cannot query view "
                + view
                + ": it has more than "
                + settings.viewRows()
                + " rows; read it by key or range instead");
      }
      appender.beginRow();
      for (int i = 0; i < row.length; i++) {
        SqlTypes.append(appender, row[i], schema.column(i).type());
      }
      appender.endRow();
    }
    return rows;
  }

  private static String columns(Schema schema) {
    return schema.columns().stream()
        .map(column -> Workspace.quoted(column.name(), '"') + " " + SqlTypes.name(column.type()))
        .collect(Collectors.joining(", ", " (", ")"));
  }
}
