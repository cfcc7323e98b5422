// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.serving.ServingException.Reason;
import org.anabranch.serving.process.Frame;
import org.anabranch.serving.process.FrameWriter;
import org.anabranch.view.Coverage;
import org.anabranch.view.Tiling;
import org.anabranch.view.View;
import org.anabranch.view.segment.KeyRange;
import org.anabranch.view.segment.Presenter;
import org.anabranch.view.segment.ShownGroup;

/**
 * The answers of views that a query process has as tables, one a view and frontier, kept for the
 * next query while there is room.
 */
final class ViewTables {
  private final SqlSettings settings;
  private final Map<Key, Table> tables = new LinkedHashMap<>();
  private long created;

  ViewTables(SqlSettings settings) {
    this.settings = settings;
  }

  /** The same limits over tables of another database. */
  ViewTables empty() {
    return new ViewTables(settings);
  }

  private record Key(View view, Coverage frontier) {}

  /** A table in use, until it is released. */
  final class Table {
    private final Key key;
    private final String name;
    private int users;
    private long sent;
    private long rows = -1;
    private MarkedRows marked;

    private Table(Key key, String name) {
      this.key = key;
      this.name = name;
      this.marked = new MarkedRows(key.view(), new BitSet());
    }

    String name() {
      return name;
    }

    /** Whether the process has its rows. */
    boolean isLoaded() {
      return rows >= 0;
    }

    /** Sends its rows. */
    void load(Tiling tiling, Deadline deadline, RowBlocks.Sender process) throws IOException {
      sent = ViewTables.this.load(this, tiling, deadline, process);
    }

    /**
     * The process has taken them.
     *
     * @return whether that is enough; if not, it drops what it took and is sent them again, with
     *     marks for columns that turned out to have cells that cannot be shown
     */
    boolean loaded() {
      if (!marked.missed().isEmpty()) {
        return false;
      }
      rows = sent;
      return true;
    }

    /** What drops the table. */
    FrameWriter drop() {
      return ViewTable.drop(name, marked.marks());
    }

    /** The next rows that are sent have the marks that were missed. */
    void markMissed() {
      marked = marked.withMissed();
    }

    /** The groups among the rows for which HAVING cannot be decided. */
    Problems undecided() {
      return marked.undecided();
    }

    /**
     * Ends a use.
     *
     * @return tables that the process need not keep
     */
    List<Table> release() {
      return ViewTables.this.release(this);
    }
  }

  /** The table of a view's answer. */
  synchronized Table acquire(View view, Tiling tiling) {
    Key key = new Key(view, tiling.coverage());
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

  private synchronized List<Table> release(Table table) {
    List<Table> dropped = new ArrayList<>();
    table.users--;
    long kept = 0;
    Map<View, Table> newest = new HashMap<>();
    for (Table other : tables.values()) {
      kept += Math.max(0, other.rows);
      newest.put(other.key.view(), other);
    }
    for (Table other : List.copyOf(tables.values())) {
      boolean outdated = newest.get(other.key.view()) != other;
      if (other.users == 0 && (!other.isLoaded() || outdated || kept > settings.cachedRows())) {
        kept -= Math.max(0, other.rows);
        tables.remove(other.key);
        if (other.isLoaded()) {
          dropped.add(other);
        }
      }
    }
    return dropped;
  }

  /** How many tables there are. */
  synchronized int size() {
    return tables.size();
  }

  private long load(Table table, Tiling tiling, Deadline deadline, RowBlocks.Sender process)
      throws IOException {
    View view = table.key.view();
    RowWalk walk =
        new RowWalk(
            view,
            new Presenter(view),
            tiling,
            Conditions.of(view.name(), view.schema(), List.of()),
            List.of(KeyRange.ALL),
            null,
            deadline);
    ViewTable stored = new ViewTable(table.name, view.schema(), table.marked.marks());
    process.send(Frame.Kind.TABLE, stored.write());
    RowBlocks blocks = new RowBlocks(process, stored.stored());
    long rows = fill(blocks, table.marked, walk, view.name());
    process.send(Frame.Kind.TABLE_END, new FrameWriter());
    return rows;
  }

  private long fill(RowBlocks blocks, MarkedRows marked, RowWalk walk, String view)
      throws IOException {
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
      blocks.add(marked.row(row));
    }
    blocks.end();
    return rows;
  }
}
