// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.anabranch.serving.ServingException.Reason;
import org.anabranch.view.Column;
import org.anabranch.view.Receipt;
import org.anabranch.view.Schema;

/** The result of a query, read row by row. */
final class SqlAnswer implements Answer {
  private final ResultSet result;
  private final Schema schema;
  private final List<Footing> footings;
  private final Problems problems;
  private final Receipt receipt;
  private final long mostRows;
  private final Deadline deadline;
  private final Runnable release;
  private long rows;
  private boolean closed;

  SqlAnswer(
      ResultSet result,
      List<Footing> footings,
      Problems problems,
      Receipt receipt,
      long mostRows,
      Deadline deadline,
      Runnable release)
      throws SQLException {
    this.result = result;
    this.schema = schema(result.getMetaData());
    this.footings = footings;
    this.problems = problems;
    this.receipt = receipt;
    this.mostRows = mostRows;
    this.deadline = deadline;
    this.release = release;
  }

  private static Schema schema(ResultSetMetaData data) throws SQLException {
    List<Column> columns = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (int i = 1; i <= data.getColumnCount(); i++) {
      String name = data.getColumnLabel(i).replace(Functions.OURS, "");
      String free = name;
      for (int n = 2; !taken.add(free.toLowerCase(Locale.ROOT)); n++) {
        free = name + "_" + n;
      }
      columns.add(Column.nullable(free, SqlTypes.of(name, data.getColumnTypeName(i))));
    }
    return new Schema(columns);
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public Object[] next() {
    if (closed) {
      throw new IllegalStateException("Cannot read on: the answer is closed");
    }
    try {
      if (rows % 1024 == 0) {
        deadline.check();
      }
      if (!result.next()) {
        return null;
      }
      if (++rows > mostRows) {
        throw new ServingException(
            Reason.LIMIT,
            "Cannot give more than " + mostRows + " rows: write LIMIT, or filter more");
      }
      Object[] row = new Object[schema.size()];
      for (int i = 0; i < row.length; i++) {
        row[i] = SqlTypes.read(result, i + 1, schema.column(i).type());
      }
      return row;
    } catch (SQLException e) {
      throw SqlErrors.of(e, deadline);
    }
  }

  @Override
  public Receipt receipt() {
    return receipt;
  }

  @Override
  public List<Footing> footings() {
    return footings;
  }

  @Override
  public Problems problems() {
    return problems;
  }

  @Override
  public Optional<String> nextPage() {
    return Optional.empty();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      release.run();
    }
  }
}
