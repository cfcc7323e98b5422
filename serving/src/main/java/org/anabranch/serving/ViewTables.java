// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.serving.ServingException.Reason;
import org.anabranch.view.Coverage;
import org.anabranch.view.Tiling;
import org.anabranch.view.View;
import org.anabranch.view.segment.KeyRange;
import org.anabranch.view.segment.Presenter;
import org.anabranch.view.segment.ShownGroup;
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
    private ViewTable stored;

    private Table(Key key, String name) {
      this.key = key;
      this.name = name;
    }

    String name() {
      return name;
    }

    /** The groups among the rows for which HAVING cannot be decided. */
    Problems undecided() {
      return stored.undecided();
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
          load(table, tiling, deadline);
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
    dropped.forEach(this::drop);
  }

  /** How many tables there are. */
  synchronized int size() {
    return tables.size();
  }

  private void drop(Table table) {
    if (table.stored == null) {
      return;
    }
    try (DuckDBConnection connection = workspace.connect()) {
      table.stored.drop(connection);
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot drop a view's table: " + e.getMessage(), e);
    }
  }

  /** Fills a table; again with marks for columns that turn out to have cells not to be shown. */
  private void load(Table table, Tiling tiling, Deadline deadline) throws SQLException {
    View view = table.key.view();
    BitSet marked = new BitSet();
    try (DuckDBConnection connection = workspace.connect();
        Statement statement = connection.createStatement()) {
      while (true) {
        ViewTable stored = new ViewTable(table.name, view.schema(), view.name(), marked);
        stored.create(statement);
        table.stored = stored;
        long rows;
        try (DuckDBAppender appender = connection.createAppender(stored.rows())) {
          rows = fill(appender, stored, walk(view, tiling, deadline), view.name());
        }
        if (stored.missed().isEmpty()) {
          table.rows = rows;
          return;
        }
        marked.or(stored.missed());
        stored.drop(statement);
      }
    }
  }

  private static RowWalk walk(View view, Tiling tiling, Deadline deadline) {
    return new RowWalk(
        view,
        new Presenter(view),
        tiling,
        Conditions.of(view.name(), view.schema(), List.of()),
        List.of(KeyRange.ALL),
        null,
        deadline);
  }

  private long fill(DuckDBAppender appender, ViewTable stored, RowWalk walk, String view)
      throws SQLException {
    long rows = 0;
    for (ShownGroup row = walk.next(); row != null; row = walk.next()) {
      if (++rows > settings.viewRows()) {
        throw new ServingException(
            Reason.LIMIT,
            "Cannot query view "
                + view
                + ": it has more than "
                + settings.viewRows()
                + " rows; read it by key or range instead");
      }
      stored.append(appender, row);
    }
    return rows;
  }
}
