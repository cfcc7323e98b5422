// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.anabranch.serving.process.FrameReader;
import org.anabranch.view.Column;
import org.anabranch.view.Schema;
import org.anabranch.view.Type;
import org.duckdb.DuckDBConnection;

/**
 * One DuckDB database in memory with our semantics, locked: it reads no file but the given ones,
 * loads nothing and takes no settings.
 */
final class Workspace implements AutoCloseable {
  private final DuckDBConnection connection;

  private Workspace(DuckDBConnection connection) {
    this.connection = connection;
  }

  /**
   * Opens a database.
   *
   * @param files what it may read
   */
  static Workspace open(SqlSettings settings, List<Path> files) {
    Properties properties = new Properties();
    properties.setProperty("threads", String.valueOf(settings.threads()));
    properties.setProperty("memory_limit", settings.memoryMegabytes() + "MB");
    try {
      // The URL names no database: each connection made from it has its own.
      DuckDBConnection connection =
          (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", properties);
      try {
        Semantics.install(connection);
        lock(connection, files);
        return new Workspace(connection);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot open DuckDB: " + e.getMessage(), e);
    }
  }

  private static void lock(DuckDBConnection connection, List<Path> files) throws SQLException {
    List<String> settings =
        List.of(
            "TimeZone = 'UTC'",
            "default_null_order = 'nulls_last_on_asc_first_on_desc'",
            "temp_directory = ''",
            "autoinstall_known_extensions = false",
            "autoload_known_extensions = false",
            "allow_community_extensions = false",
            "allowed_paths = " + literal(files),
            "enable_external_access = false",
            "lock_configuration = true");
    try (Statement statement = connection.createStatement()) {
      for (String setting : settings) {
        statement.execute("SET GLOBAL " + setting);
      }
    }
  }

  private static String literal(List<Path> files) {
    return files.stream()
        .map(file -> quoted(file.toString(), '\''))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  static String quoted(String text, char quote) {
    String one = String.valueOf(quote);
    return one + text.replace(one, one + one) + one;
  }

  /** A connection of one's own to the database. */
  DuckDBConnection connect() throws SQLException {
    return connection.duplicate();
  }

  /** Drops a view's table. */
  void drop(FrameReader table) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      ViewTable.drop(table, statement);
    }
  }

  /** Names the rows of files, as columns of their schema. */
  void createFileView(FileTable table) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (table.files().isEmpty()) {
        statement.execute(
            "CREATE VIEW " + table.name() + " AS SELECT " + nulls(table.schema()) + " WHERE false");
        return;
      }
      String rows = "read_parquet(" + literal(table.files()) + ", union_by_name = true)";
      Map<String, String> present = new HashMap<>();
      try (ResultSet found = statement.executeQuery("DESCRIBE SELECT * FROM " + rows)) {
        while (found.next()) {
          present.put(found.getString(1).toLowerCase(Locale.ROOT), found.getString(2));
        }
      }
      String columns =
          IntStream.range(0, table.schema().size())
              .mapToObj(
                  i -> selected(table.schema().column(i), table.namesInFiles().get(i), present))
              .collect(Collectors.joining(", "));
      statement.execute("CREATE VIEW " + table.name() + " AS SELECT " + columns + " FROM " + rows);
    }
  }

  private static String nulls(Schema schema) {
    return schema.columns().stream()
        .map(column -> selected(column, "", Map.of()))
        .collect(Collectors.joining(", "));
  }

  private static String selected(Column column, String nameInFile, Map<String, String> present) {
    String type = present.get(nameInFile.toLowerCase(Locale.ROOT));
    String value = type == null ? "NULL" : quoted(nameInFile, '"');
    if ("BLOB".equals(type) && column.type().kind() == Type.Kind.VARCHAR) {
      // Bytes that are no text are shown escaped.
      value = "coalesce(try(decode(" + value + ")), CAST(" + value + " AS VARCHAR))";
    }
    return "CAST("
        + value
        + " AS "
        + SqlTypes.name(column.type())
        + ") AS "
        + quoted(column.name(), '"');
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot close DuckDB: " + e.getMessage(), e);
    }
  }
}
