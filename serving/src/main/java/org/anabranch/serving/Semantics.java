// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Conversions;
import org.anabranch.view.expression.DoubleArithmetic;
import org.anabranch.view.expression.EvaluationException;
import org.anabranch.view.expression.NumberText;
import org.anabranch.view.expression.TextFunctions;
import org.anabranch.view.expression.TimeZones;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBLogicalType;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBScalarFunctionBuilder;
import org.duckdb.DuckDBWritableVector;

/**
 * Our meaning of what DuckDB means otherwise, as functions and macros in a DuckDB database. What
 * depends on the type of an argument asks {@code typeof}, which is a constant when a query runs.
 */
final class Semantics {
  /**
   * The most that one of our functions makes of the rows it is given at once: their memory counts
   * for the limit of DuckDB, which ends the process if it is passed there.
   */
  private static final int MOST_CHUNK_CHARACTERS = 2 * TextFunctions.MAX_BYTES;

  private static final List<String> MACROS =
      List.of(
          // DuckDB's // truncates whole numbers, and divides DOUBLEs as / does.
          "divide(a, b) AS CASE WHEN anabranch_divisible(typeof(a), typeof(b)) = 'yes'"
              + " THEN a // b END",
          // What +, - and * give a DOUBLE is checked where it leaves them: DuckDB goes on with
          // infinity, to us an overflow is an error.
          "finite(a) AS CASE WHEN typeof(a) = 'DOUBLE'"
              + " AND CAST(a AS VARCHAR) IN ('inf', '-inf', 'nan', '-nan')"
              + " THEN error('Cannot compute with DOUBLE: the result is infinite or NaN')"
              + " ELSE a END",
          "text(a) AS CASE WHEN typeof(a) = 'VARCHAR' THEN CAST(a AS VARCHAR)"
              + " ELSE anabranch_text_of(typeof(a), CAST(a AS VARCHAR)) END",
          // As a view's texts are limited. DuckDB ends the process when memory runs out while a
          // text is handed to a function of ours, so that none may be too long.
          "short(a) AS CASE WHEN strlen(a) > "
              + TextFunctions.MAX_BYTES
              + " THEN error('Cannot make a text of ' || strlen(a) || ' bytes: at most "
              + TextFunctions.MAX_BYTES
              + "') ELSE a END",
          // The first two operands of ||; those that follow are joined to a text.
          "concat(a, b) AS CASE WHEN anabranch_joinable(typeof(a), typeof(b)) = 'yes'"
              + " THEN anabranch_text(a) || anabranch_text(b) END",
          "like(a, p) AS like_escape(a, p, '\\')",
          "not_like(a, p) AS not_like_escape(a, p, '\\')",
          "trim(a) AS anabranch_trim_both(a, ' '), (a, c) AS anabranch_trim_both(a, c)",
          "ltrim(a) AS anabranch_trim_leading(a, ' '), (a, c) AS anabranch_trim_leading(a, c)",
          "rtrim(a) AS anabranch_trim_trailing(a, ' '), (a, c) AS anabranch_trim_trailing(a, c)",
          "substring(a, s) AS anabranch_substring_of(a, CAST(s AS VARCHAR)),"
              + " (a, s, l) AS anabranch_substring_of(a, CAST(s AS VARCHAR), CAST(l AS VARCHAR))",
          "replace(a, f, t) AS anabranch_replace_of(a, f, t)",
          "position(a, n) AS CAST(anabranch_position_of(n, a) AS INTEGER)",
          "char_length(a) AS CAST(anabranch_length_of(a) AS INTEGER)",
          // round() keeps whole numbers what they are and is the witness of the type; floor() and
          // ceil() make them DOUBLE.
          "floor(a) AS cast_to_type(CASE WHEN typeof(a) IN ('INTEGER', 'BIGINT', 'HUGEINT')"
              + " THEN CAST(a AS VARCHAR) ELSE CAST(floor(a) AS VARCHAR) END, round(a))",
          "ceil(a) AS cast_to_type(CASE WHEN typeof(a) IN ('INTEGER', 'BIGINT', 'HUGEINT')"
              + " THEN CAST(a AS VARCHAR) ELSE CAST(ceil(a) AS VARCHAR) END, round(a))",
          "round(a) AS cast_to_type(CASE WHEN typeof(a) = 'DOUBLE'"
              + " THEN anabranch_round_text(CAST(a AS VARCHAR))"
              + " ELSE CAST(round(a) AS VARCHAR) END, round(a)),"
              + " (a, n) AS cast_to_type(CASE WHEN typeof(a) = 'DOUBLE'"
              + " THEN anabranch_round_text(CAST(a AS VARCHAR), CAST(n AS VARCHAR))"
              + " ELSE CAST(round(a, n) AS VARCHAR) END, round(a, n))",
          "timezone(z, t TIMESTAMP) AS"
              + " make_timestamptz(1000 * anabranch_instant_of(z, epoch_ms(t))),"
              + " (z, t TIMESTAMPTZ) AS make_timestamp(1000 * anabranch_local_of(z, epoch_ms(t)))",
          "extract_second(a) AS CAST(CAST(date_part('millisecond', a) AS DECIMAL(9, 0)) * 0.001"
              + " AS DECIMAL(5, 3))",
          "extract_epoch(a) AS CAST(CAST(epoch_ms(a) AS DECIMAL(18, 0)) * 0.001"
              + " AS DECIMAL(18, 3))",
          // As text, for the CAST to DECIMAL(p, s) that is put around it.
          "to_decimal(a, p, s) AS anabranch_decimal_of(typeof(a), CAST(a AS VARCHAR),"
              + " CAST(p AS VARCHAR), CAST(s AS VARCHAR))");

  private Semantics() {}

  /** Defines everything in a database. */
  static void install(Connection connection) throws SQLException {
    texts(connection, "upper", values -> TextFunctions.upper(values[0]));
    texts(connection, "lower", values -> TextFunctions.lower(values[0]));
    texts(connection, "trim_both", values -> TextFunctions.trimBoth(values[0], values[1]));
    texts(connection, "trim_leading", values -> TextFunctions.trimLeading(values[0], values[1]));
    texts(connection, "trim_trailing", values -> TextFunctions.trimTrailing(values[0], values[1]));
    texts(connection, "substring_of", Semantics::substring);
    texts(
        connection, "replace_of", values -> TextFunctions.replace(values[0], values[1], values[2]));
    texts(connection, "divisible", Semantics::divisible);
    texts(connection, "joinable", Semantics::joinable);
    texts(connection, "round_text", Semantics::round);
    texts(connection, "text_of", Semantics::text);
    texts(connection, "read", Semantics::read);
    texts(connection, "decimal_of", Semantics::decimal);
    texts(
        connection,
        "position_of",
        values -> String.valueOf(TextFunctions.position(values[0], values[1])));
    texts(connection, "length_of", values -> String.valueOf(TextFunctions.length(values[0])));
    zone(connection, "instant_of", (zone, millis) -> TimeZones.instant(millis, TimeZones.of(zone)));
    zone(connection, "local_of", (zone, millis) -> TimeZones.local(millis, TimeZones.of(zone)));
    List<String> macros = new ArrayList<>(MACROS);
    macros.add(cast("integer", "INTEGER", "INTEGER"));
    macros.add(cast("bigint", "BIGINT", "BIGINT"));
    macros.add(cast("double", "DOUBLE", "DOUBLE"));
    macros.add(cast("boolean", "BOOLEAN", "BOOLEAN"));
    macros.add(cast("date", "DATE", "DATE"));
    macros.add(cast("timestamp", "TIMESTAMP", "TIMESTAMP"));
    macros.add(cast("instant", "INSTANT", "TIMESTAMPTZ"));
    for (String field : Functions.fields()) {
      if (!field.equals("second") && !field.equals("epoch")) {
        macros.add("extract_" + field + "(a) AS CAST(date_part('" + field + "', a) AS INTEGER)");
      }
    }
    try (Statement statement = connection.createStatement()) {
      for (String macro : macros) {
        statement.execute("CREATE MACRO " + Functions.OURS + macro);
      }
    }
  }

  /** A text is read by our rules; everything else is cast. */
  private static String cast(String name, String ours, String duck) {
    return "to_"
        + name
        + "(a) AS CASE typeof(a) WHEN 'VARCHAR' THEN CAST(anabranch_read('"
        + ours
        + "', CAST(a AS VARCHAR)) AS "
        + duck
        + ") ELSE CAST(a AS "
        + duck
        + ") END";
  }

  private interface TextFunction {
    String apply(String[] values) throws EvaluationException;
  }

  private interface ZoneFunction {
    long apply(String zone, long millis) throws EvaluationException;
  }

  private static void texts(Connection connection, String name, TextFunction function)
      throws SQLException {
    try (DuckDBScalarFunctionBuilder builder = DuckDBFunctions.scalarFunction()) {
      builder
          .withName(Functions.OURS + name)
          .withReturnType(String.class)
          .withVarArgs(DuckDBLogicalType.of(DuckDBColumnType.VARCHAR))
          .withVectorizedFunction((rows, results) -> apply(function, rows, results))
          .register(connection);
    }
  }

  private static void apply(
      TextFunction function, DuckDBDataChunkReader rows, DuckDBWritableVector results) {
    String[] values = new String[Math.toIntExact(rows.columnCount())];
    long bytes = 0;
    for (long row = 0; row < rows.rowCount(); row++) {
      String result = read(rows, row, values) ? applied(function, values) : null;
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

  private static String applied(TextFunction function, String[] values) {
    try {
      return function.apply(values);
    } catch (EvaluationException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static void zone(Connection connection, String name, ZoneFunction function)
      throws SQLException {
    try (DuckDBScalarFunctionBuilder builder = DuckDBFunctions.scalarFunction()) {
      builder
          .withName(Functions.OURS + name)
          .withParameters(String.class, Long.class)
          .withReturnType(Long.class)
          .withFunction(
              (String zone, Long millis) -> {
                try {
                  return zone == null || millis == null ? null : function.apply(zone, millis);
                } catch (EvaluationException e) {
                  throw new IllegalArgumentException(e.getMessage(), e);
                }
              })
          .register(connection);
    }
  }

  private static String round(String[] values) throws EvaluationException {
    double value = Conversions.parseDouble(values[0]);
    return NumberText.of(
        values.length == 1
            ? DoubleArithmetic.round(value)
            : DoubleArithmetic.round(value, Long.parseLong(values[1])));
  }

  private static String joinable(String[] types) {
    if (!types[0].equals("VARCHAR") && !types[1].equals("VARCHAR")) {
      throw new IllegalArgumentException(
          "Cannot join " + types[0] + " and " + types[1] + " by ||: CAST one of them to VARCHAR");
    }
    return "yes";
  }

  private static String divisible(String[] types) {
    boolean inexact = types[0].equals("DOUBLE") || types[1].equals("DOUBLE");
    String both = types[0] + ' ' + types[1];
    if (!inexact && (both.contains("DECIMAL") || both.contains("HUGEINT"))) {
      throw new IllegalArgumentException(
          "Cannot divide "
              + types[0].replace("HUGEINT", "DECIMAL(38,0)")
              + " by "
              + types[1].replace("HUGEINT", "DECIMAL(38,0)")
              + " in a query: CAST one to DOUBLE, or whole numbers to BIGINT");
    }
    return "yes";
  }

  private static String substring(String[] values) throws EvaluationException {
    long start = Long.parseLong(values[1]);
    return values.length == 2
        ? TextFunctions.substring(values[0], start)
        : TextFunctions.substring(values[0], start, Long.parseLong(values[2]));
  }

  /** Our text of a value, from its type's name and DuckDB's text. */
  private static String text(String[] values) throws EvaluationException {
    return switch (values[0]) {
      case "DOUBLE" -> NumberText.of(Conversions.parseDouble(values[1]));
      case "BOOLEAN", "INTEGER", "BIGINT", "HUGEINT", "DATE", "NULL" -> values[1];
      default -> {
        if (!values[0].startsWith("DECIMAL") && !values[0].startsWith("TIMESTAMP")) {
          throw new IllegalArgumentException("Cannot make a text of a value of type " + values[0]);
        }
        yield values[1];
      }
    };
  }

  /** The text of a value that our rules read from a text, for DuckDB to read. */
  private static String read(String[] values) throws EvaluationException {
    Type type =
        switch (values[0]) {
          case "INTEGER" -> Type.INTEGER;
          case "BIGINT" -> Type.BIGINT;
          case "DOUBLE" -> Type.DOUBLE;
          case "BOOLEAN" -> Type.BOOLEAN;
          case "DATE" -> Type.DATE;
          case "TIMESTAMP" -> Type.TIMESTAMP;
          default -> Type.INSTANT;
        };
    Object value = Conversions.convert(values[1], Type.VARCHAR, type);
    return Conversions.toText(value, type);
  }

  /** The text of a DECIMAL, from type name, text, precision and scale. */
  private static String decimal(String[] values) throws EvaluationException {
    Type type = Type.decimal(Integer.parseInt(values[2]), Integer.parseInt(values[3]));
    BigDecimal value =
        values[0].equals("DOUBLE")
            ? Conversions.toDecimal(Conversions.parseDouble(values[1]), type)
            : Conversions.parseDecimal(values[1], type);
    return value.toPlainString();
  }
}
