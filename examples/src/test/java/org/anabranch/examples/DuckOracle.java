// SPDX-License-Identifier: Apache-2.0
package org.anabranch.examples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.anabranch.view.Column;
import org.anabranch.view.View;

/**
 * DuckDB over a raw file that it reads by itself. A view whose words mean the same there is asked
 * in its own words, any other in words of its own, from {@code oracle/<example>.duckdb.sql}.
 */
final class DuckOracle implements AutoCloseable {
  /** The value of rank ceil(q * count), at least 1, by sorting all values. */
  private static final String PERCENTILE =
      """
      CREATE MACRO APPROX_PERCENTILE(x, q) AS CAST(
        list_sort(list(x) FILTER (x IS NOT NULL))[
          greatest(1, CAST(ceil(CAST(q AS DECIMAL(9, 6)) * count(x)) AS BIGINT))]
        AS DOUBLE)
      """;

  private final Connection connection;
  private final Set<String> rewritten = new HashSet<>();

  private DuckOracle(Connection connection) {
    this.connection = connection;
  }

  static DuckOracle over(String example, List<Path> files) throws SQLException, IOException {
    DuckOracle oracle = new DuckOracle(DriverManager.getConnection("jdbc:duckdb:"));
    oracle.execute(PERCENTILE);
    String paths =
        files.stream()
            .map(file -> "'" + file.toAbsolutePath() + "'")
            .collect(Collectors.joining(", ", "[", "]"));
    String script = resource(example + ".duckdb.sql").replace("${files}", paths);
    for (String statement : script.strip().split(";\n", -1)) {
      oracle.execute(statement);
    }
    return oracle;
  }

  static String resource(String name) throws IOException {
    try (InputStream in = DuckOracle.class.getResourceAsStream("/oracle/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
    String[] words = sql.replaceAll("(?m)^--.*$", "").strip().split("\\s+", 4);
    if (words.length == 4 && words[1].equals("VIEW")) {
      rewritten.add(words[2]);
    }
  }

  long rowsOf(String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
      count.next();
      return count.getLong(1);
    }
  }

  /** How our rows of a view differ from the rows of this engine, in words. */
  List<String> differences(View view, List<Object[]> ours) throws SQLException {
    if (rewritten.add(view.name())) {
      // A sketch is measured against the exact number.
      execute(view.sql().replace("APPROX_COUNT_DISTINCT(", "COUNT(DISTINCT "));
    }
    return new RowComparison(view).differences(ours, rows(view));
  }

  private List<Object[]> rows(View view) throws SQLException {
    String columns =
        view.schema().columns().stream()
            .map(DuckOracle::selected)
            .collect(Collectors.joining(", "));
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT " + columns + " FROM " + view.name())) {
      List<Object[]> rows = new ArrayList<>();
      while (result.next()) {
        Object[] row = new Object[view.outputs().size()];
        for (int i = 0; i < row.length; i++) {
          row[i] = result.getObject(i + 1);
        }
        rows.add(row);
      }
      return rows;
    }
  }

  /** Times as the numbers that stand for them. */
  private static String selected(Column column) {
    String name = '"' + column.name() + '"';
    return switch (column.type().kind()) {
      case TIMESTAMP, INSTANT -> "epoch_ms(" + name + ")";
      case MICRO_TIMESTAMP, MICRO_INSTANT -> "epoch_us(" + name + ")";
      case DATE -> "date_diff('day', DATE '1970-01-01', " + name + ")";
      case DOUBLE -> "CAST(" + name + " AS DOUBLE)";
      default -> name;
    };
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
