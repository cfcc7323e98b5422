// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.Schema;
import org.anabranch.view.Standing;
import org.anabranch.view.StreamLedger;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Rows in Parquet files as a relation: what the lake gives, for tests and as an oracle. */
public final class ParquetRows {
  private final String name;
  private final Schema schema;
  private final Path folder;
  private final List<Path> files = new ArrayList<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger pins = new AtomicInteger();
  private final Signal changed = new Signal();
  private long rows;

  public ParquetRows(String name, Schema schema, Path folder) {
    this.name = name;
    this.schema = schema;
    this.folder = folder;
  }

  /** Adds a file of rows whose columns are those of the schema. */
  public void add(List<Object[]> added) throws SQLException, IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve("rows '" + files.size() + "'.parquet").toAbsolutePath();
    try (DuckDBConnection duck = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(
          schema.columns().stream()
              .map(column -> "\"" + column.name() + "\" " + SqlTypes.name(column.type()))
              .collect(Collectors.joining(", ", "CREATE TABLE written (", ")")));
      try (DuckDBAppender appender = duck.createAppender("written")) {
        for (Object[] row : added) {
          appender.beginRow();
          for (int i = 0; i < row.length; i++) {
            SqlTypes.append(appender, row[i], schema.column(i).type());
          }
          appender.endRow();
        }
      }
      statement.execute(
          "COPY written TO " + Workspace.quoted(file.toString(), '\'') + " (FORMAT parquet)");
    }
    add(file, added.size());
  }

  /** Adds a file that is already there. */
  synchronized void add(Path file, long count) {
    files.add(file);
    rows += count;
    changed.give();
  }

  /** How many pins are open. */
  public int open() {
    return open.get();
  }

  /** How often the files were looked at. */
  int pins() {
    return pins.get();
  }

  public FileRelation relation() {
    return new FileRelation(name, schema, this::pin, changed);
  }

  private FilePin pin() {
    List<Path> pinned;
    Coverage coverage;
    synchronized (this) {
      pinned = List.copyOf(files);
      coverage = Coverage.of(new Lane("topic", 0, 0), 0, rows);
    }
    pins.incrementAndGet();
    open.incrementAndGet();
    return new FilePin() {
      @Override
      public List<Path> files() {
        return pinned;
      }

      @Override
      public Standing standing() {
        return new Standing("random", coverage, Coverage.EMPTY, StreamLedger.EMPTY, 0);
      }

      @Override
      public String nameInFile(String column) {
        return column;
      }

      @Override
      public void close() {
        open.decrementAndGet();
      }
    };
  }
}
