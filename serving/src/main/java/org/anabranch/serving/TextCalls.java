// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.sql.Connection;
import java.sql.SQLException;
import org.anabranch.view.expression.EvaluationException;
import org.anabranch.view.expression.TextFunctions;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBLogicalType;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBScalarFunctionBuilder;
import org.duckdb.DuckDBWritableVector;

/** Lets DuckDB call functions of ours that make a text of texts; of a NULL they make NULL. */
final class TextCalls {
  /**
   * The most that one of our functions makes of the rows it is given at once: their memory counts
   * for the limit of DuckDB, which ends the process if it is passed there.
   */
  private static final int MOST_CHUNK_CHARACTERS = 2 * TextFunctions.MAX_BYTES;

  private TextCalls() {}

  /** What a function makes of its arguments. */
  interface Meaning {
    String of(String[] values) throws EvaluationException;
  }

  /** Makes a function known by a name of ours. */
  static void register(Connection connection, String name, Meaning meaning) throws SQLException {
    try (DuckDBScalarFunctionBuilder builder = DuckDBFunctions.scalarFunction()) {
      builder
          .withName(Functions.OURS + name)
          .withReturnType(String.class)
          .withVarArgs(DuckDBLogicalType.of(DuckDBColumnType.VARCHAR))
          .withVectorizedFunction((rows, results) -> apply(meaning, rows, results))
          .register(connection);
    }
  }

  private static void apply(
      Meaning meaning, DuckDBDataChunkReader rows, DuckDBWritableVector results) {
    String[] values = new String[Math.toIntExact(rows.columnCount())];
    long bytes = 0;
    for (long row = 0; row < rows.rowCount(); row++) {
      String result = read(rows, row, values) ? applied(meaning, values) : null;
      if (result == null) {
        results.setNull(row);
        continue;
      }
      bytes += result.length();
      if (bytes > MOST_CHUNK_CHARACTERS) {
        throw new IllegalArgumentException(
            "Cannot make texts of more than "
                + MOST_CHUNK_CHARACTERS
                + " characters together in neighbouring rows: make shorter texts");
      }
      results.setString(row, result);
    }
  }

  /** Whether none of the values is NULL. */
  private static boolean read(DuckDBDataChunkReader rows, long row, String[] values) {
    for (int i = 0; i < values.length; i++) {
      DuckDBReadableVector column = rows.vector(i);
      if (column.isNull(row)) {
        return false;
      }
      values[i] = column.getString(row);
    }
    return true;
  }

  private static String applied(Meaning meaning, String[] values) {
    try {
      return meaning.of(values);
    } catch (EvaluationException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
