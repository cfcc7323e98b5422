// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.sql.SQLException;
import java.sql.Statement;
import org.anabranch.serving.process.FrameReader;
import org.anabranch.view.Schema;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Makes a table of rows that the server sends. */
final class TableLoad {
  private final ViewTable table;
  private final SentRows rows;

  TableLoad(ViewTable table, SentRows rows) {
    this.table = table;
    this.rows = rows;
  }

  /** Makes the table; one that cannot be made whole is not there. */
  void into(Workspace workspace) throws SQLException, InterruptedException {
    try (DuckDBConnection connection = workspace.connect();
        Statement statement = connection.createStatement()) {
      boolean whole = false;
      try {
        table.create(statement);
        try (DuckDBAppender appender = connection.createAppender(table.rows())) {
          fill(appender);
        }
        whole = true;
      } finally {
        if (!whole) {
          table.drop(statement);
        }
      }
    } catch (SQLException e) {
      rows.skip();
      throw e;
    }
  }

  private void fill(DuckDBAppender appender) throws SQLException, InterruptedException {
    Schema schema = table.stored();
    for (FrameReader block = rows.next(); block != null; block = rows.next()) {
      while (block.hasMore()) {
        Object[] row = block.row(schema);
        appender.beginRow();
        for (int i = 0; i < row.length; i++) {
          SqlTypes.append(appender, row[i], schema.column(i).type());
        }
        appender.endRow();
      }
    }
  }
}
