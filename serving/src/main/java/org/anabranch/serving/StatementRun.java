// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.serving.process.Frame;
import org.anabranch.serving.process.FrameChannel;
import org.anabranch.serving.process.FrameReader;
import org.anabranch.serving.process.FrameWriter;
import org.anabranch.view.Clock;
import org.anabranch.view.Schema;
import org.anabranch.view.Type;
import org.duckdb.DuckDBConnection;

/**
 * One statement in a query process: it is parsed, passes the {@link Gate}, gets the rows of what it
 * names from the server, runs, and its rows go back. Every step answers the server's last frame.
 */
final class StatementRun {
  private final FrameChannel server;
  private final Inbox inbox;
  private final Watchdog watchdog;
  private final Clock clock;
  private final Parser parser;
  private final SqlSettings settings;
  private final Cleanup cleanup;
  private Workspace workspace;

  StatementRun(
      FrameChannel server,
      Inbox inbox,
      Watchdog watchdog,
      Clock clock,
      Parser parser,
      Workspace shared,
      SqlSettings settings,
      Cleanup cleanup) {
    this.server = server;
    this.inbox = inbox;
    this.watchdog = watchdog;
    this.clock = clock;
    this.parser = parser;
    this.workspace = shared;
    this.settings = settings;
    this.cleanup = cleanup;
  }

  void run(String sql) throws IOException, InterruptedException {
    Gate.Passed passed = Gate.pass(sql, parser.parse(sql), new AskedCatalog(server, inbox));
    FrameWriter needed = new FrameWriter().number(passed.relations().size());
    passed.relations().forEach((table, relation) -> needed.text(table).text(relation.name()));
    server.send(Frame.Kind.NEEDED, needed);
    FrameReader go = load();
    Deadline deadline = Deadline.ofQuery(clock, go.longNumber());
    long mostRows = go.longNumber();
    Map<String, String> names = new HashMap<>();
    while (go.hasMore()) {
      names.put(go.text(), go.text());
    }
    try {
      execute(parser.text(passed.tree(names)), passed.types(), deadline, mostRows);
    } catch (SQLException e) {
      inbox.checkWanted();
      throw SqlErrors.of(e, deadline);
    }
  }

  /** Takes in files and tables until the statement may run. */
  private FrameReader load() throws IOException, InterruptedException {
    while (true) {
      Frame frame = inbox.nextOfStatement();
      try {
        switch (frame.kind()) {
          case FILES -> open(FileTable.readAll(frame.reader()));
          case TABLE -> table(frame.reader());
          case DROP -> workspace.drop(frame.reader());
          case RUN -> {
            return frame.reader();
          }
          default -> throw new IllegalStateException("Cannot take " + frame.kind() + " now");
        }
      } catch (SQLException e) {
        throw SqlErrors.of(e, Deadline.ofQuery(clock, 0));
      }
      if (frame.kind() != Frame.Kind.DROP) {
        server.send(Frame.Kind.LOADED);
      }
    }
  }

  /** Rows in files are read in a database of their own, which may read these files alone. */
  private void open(List<FileTable> tables) throws SQLException {
    workspace =
        Workspace.open(settings, tables.stream().flatMap(one -> one.files().stream()).toList());
    cleanup.add(workspace::close);
    for (FileTable table : tables) {
      workspace.createFileView(table);
    }
  }

  private void table(FrameReader head) throws SQLException, InterruptedException {
    new TableLoad(ViewTable.read(head), new SentRows(inbox)).into(workspace);
  }

  private void execute(String sql, List<Type> known, Deadline deadline, long mostRows)
      throws SQLException, IOException {
    deadline.check();
    DuckDBConnection connection = workspace.connect();
    cleanup.add(connection::close);
    // A failed statement closes itself, and closing the connection closes what is left.
    Statement statement = connection.createStatement();
    try (StatementLimit limit = new StatementLimit(statement, watchdog, deadline.leftMillis())) {
      inbox.runs(limit);
      give(statement.executeQuery(sql), known, mostRows);
    } finally {
      inbox.runs(null);
    }
  }

  private void give(ResultSet result, List<Type> known, long mostRows)
      throws SQLException, IOException {
    Schema schema = ResultSchema.of(result.getMetaData(), known);
    server.send(Frame.Kind.COLUMNS, new FrameWriter().schema(schema));
    RowBlocks blocks = new RowBlocks(server::send, schema);
    for (long rows = 0; rows < mostRows && result.next(); rows++) {
      if (rows % RowBlocks.ROWS_BETWEEN_CHECKS == 0) {
        inbox.checkWanted();
      }
      Object[] row = new Object[schema.size()];
      for (int i = 0; i < row.length; i++) {
        row[i] = SqlTypes.read(result, i + 1, schema.column(i).type());
      }
      blocks.add(row);
    }
    blocks.end();
  }
}
