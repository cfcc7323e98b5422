// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.duckdb.DuckDBConnection;

/** DuckDB's own parser, in a database that holds nothing. The text it is given is never run. */
final class Parser implements AutoCloseable {
  private static final int LONGEST = 100_000;

  private final Workspace workspace;

  Parser(SqlSettings settings) {
    this.workspace = Workspace.open(settings, java.util.List.of());
  }

  /** The statements of a text as JSON, or what is wrong with it. */
  String parse(String sql) {
    if (sql.length() > LONGEST || sql.indexOf('\0') >= 0) {
      throw new ServingException(
          ServingException.Reason.REFUSED,
          "Cannot run the query: "
              + (sql.length() > LONGEST
                  ? "it has " + sql.length() + " characters, at most " + LONGEST + " are read"
                  : "it holds a NUL character"));
    }
    return call(
        "SELECT CAST(json_serialize_sql(CAST(? AS VARCHAR)) AS VARCHAR)", UnitText.translated(sql));
  }

  /** The text of a statement from its JSON. */
  String text(String tree) {
    return call("SELECT json_deserialize_sql(CAST(? AS JSON))", tree);
  }

  private String call(String sql, String argument) {
    try (DuckDBConnection connection = workspace.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, argument);
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getString(1);
      }
    } catch (SQLException e) {
      throw new ServingException(
          ServingException.Reason.REFUSED, "Cannot read the query: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    workspace.close();
  }
}
