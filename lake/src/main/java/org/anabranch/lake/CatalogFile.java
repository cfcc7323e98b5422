// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The SQLite file that says which metadata file of each table is the current one. All that is in it
 * follows from the tables' directories, so it is held against them whenever a lake is opened.
 */
final class CatalogFile {
  private static final List<String> PARTS = List.of("", "-wal", "-shm");
  private static final String ASIDE = ".damaged";

  private final Path file;
  private final TablePaths paths;
  private final int busyMillis;

  CatalogFile(Path file, TablePaths paths, int busyMillis) {
    this.paths = paths;
    this.file = file;
    this.busyMillis = busyMillis;
  }

  String url() {
    return "jdbc:sqlite:" + file;
  }

  boolean exists() {
    return Files.exists(file);
  }

  /**
   * What is wrong with it, if something is.
   *
   * @param tables the tables by name, as their directories were before this is called: commits go
   *     on, and what they point at only moves forwards
   */
  Optional<String> fault(Map<String, TableHistory> tables) {
    boolean used = tables.values().stream().anyMatch(TableHistory::hasCommits);
    if (!Files.exists(file)) {
      return used ? Optional.of("the file is gone") : Optional.empty();
    }
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = " + busyMillis);
      String check = text(statement, "PRAGMA integrity_check(1)");
      if (!check.equals("ok")) {
        return Optional.of("it is not a sound SQLite file");
      }
      return used ? fault(tables, pointers(statement)) : Optional.empty();
    } catch (SQLException e) {
      if (isDamage(e)) {
        return Optional.of("it is not a sound SQLite file");
      }
      throw new LakeException("Cannot open the catalog " + named() + ": " + reason(e), e);
    }
  }

  private String named() {
    Path directory = file.getParent().getFileName();
    return directory == null ? file.toString() : directory + "/" + file.getFileName();
  }

  private String reason(SQLException failure) {
    return Files.isWritable(file.getParent()) && Files.isWritable(file)
        ? failure.getMessage()
        : "it cannot be written: the disk is read-only, or the right to write is missing";
  }

  private static boolean isDamage(SQLException failure) {
    return failure instanceof SQLiteException sqlite
        && (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_NOTADB
            || sqlite.getResultCode() == SQLiteErrorCode.SQLITE_ERROR
            || sqlite.getResultCode().name().startsWith("SQLITE_CORRUPT"));
  }

  private static String text(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }

  private Map<String, Path> pointers(Statement statement) throws SQLException {
    Map<String, Path> pointers = new HashMap<>();
    String any = "SELECT COUNT(*) FROM sqlite_master WHERE name = 'iceberg_tables'";
    if (text(statement, any).equals("0")) {
      return pointers;
    }
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT table_name, metadata_location FROM iceberg_tables"
                + " WHERE catalog_name = '%1$s' AND table_namespace = '%1$s'"
                    .formatted(paths.namespace())
                + " AND (iceberg_type = 'TABLE' OR iceberg_type IS NULL)")) {
      while (rows.next()) {
        Optional<Path> pointer = pointer(rows.getString(2));
        if (pointer.isPresent()) {
          pointers.put(rows.getString(1), pointer.get());
        }
      }
    }
    return pointers;
  }

  /** Where a row points to, unless that cannot be a place in this lake. */
  private Optional<Path> pointer(String location) {
    try {
      return location == null ? Optional.empty() : Optional.of(paths.path(location));
    } catch (LakeException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> fault(
      Map<String, TableHistory> tables, Map<String, Path> pointers) {
    for (Map.Entry<String, TableHistory> table : tables.entrySet()) {
      Optional<String> fault = fault(table.getValue(), pointers.get(table.getKey()));
      if (table.getValue().hasCommits() && fault.isPresent()) {
        return fault.map(text -> text + " table " + table.getKey());
      }
    }
    return Optional.empty();
  }

  /** A commit that has not won yet may be one ahead of the catalog, never more. */
  private static Optional<String> fault(TableHistory table, Path pointer) {
    if (pointer == null) {
      return Optional.of("it does not know");
    }
    if (!pointer.getParent().equals(table.newest().get(0).getParent())) {
      return Optional.of("it names a file of another table for");
    }
    long number = TableHistory.number(pointer.toString());
    if (table.number() > number + 1) {
      return Optional.of("it is behind commit " + table.number() + " of");
    }
    return Files.exists(pointer) || table.number() < number
        ? Optional.empty()
        : Optional.of("it names a file that never was of");
  }

  /** Puts it aside, so that it can be made anew. */
  void putAside() throws IOException {
    for (String part : PARTS) {
      Path own = file.resolveSibling(file.getFileName() + part);
      if (Files.exists(own)) {
        Files.move(
            own,
            file.resolveSibling(file.getFileName() + ASIDE + part),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** What it is called when it is put aside. */
  String aside() {
    return file.getFileName() + ASIDE;
  }
}
