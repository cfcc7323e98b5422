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
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBLogicalType;
import org.duckdb.DuckDBScalarFunctionBuilder;

/**
 * Our meaning of what DuckDB means otherwise, as functions and macros in a DuckDB database. A macro
 * with typed parameters is chosen by the types of its arguments; a parameter that only chooses (the
 * witness) keeps the argument itself from being cast.
 */
final class Semantics {
  private static final List<String> MACROS =
      List.of(
          // DuckDB's // truncates whole numbers, and divides DOUBLEs as / does.
          "divide(a, b) AS CASE WHEN anabranch_divisible(typeof(a), typeof(b)) = 'yes'"
              + " THEN a // b END",
          "text(a) AS anabranch_text_of(typeof(a), CAST(a AS VARCHAR))",
          "concat(a, b, v VARCHAR, w VARCHAR) AS a || b,"
              + " (a, b, v VARCHAR, w) AS a || anabranch_text(b),"
              + " (a, b, v, w VARCHAR) AS anabranch_text(a) || b,"
              + " (a, b, v, w) AS error('Cannot join ' || typeof(a) || ' and ' || typeof(b)"
              + " || ' by ||: CAST one of them to VARCHAR')",
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
          "floor(a, w INTEGER) AS a, (a, w BIGINT) AS a, (a, w HUGEINT) AS a,"
              + " (a, w) AS floor(a)",
          "ceil(a, w INTEGER) AS a, (a, w BIGINT) AS a, (a, w HUGEINT) AS a, (a, w) AS ceil(a)",
          "round(a, w INTEGER) AS a, (a, w BIGINT) AS a, (a, w HUGEINT) AS a,"
              + " (a, w DECIMAL) AS round(a), (a, w DOUBLE) AS round_even(CAST(a AS DOUBLE), 0)",
          "round_to(a, n, w INTEGER) AS round(a, n), (a, n, w BIGINT) AS round(a, n),"
              + " (a, n, w HUGEINT) AS round(a, n), (a, n, w DECIMAL) AS round(a, n),"
              + " (a, n, w DOUBLE) AS anabranch_round_double(CAST(a AS DOUBLE), CAST(n AS BIGINT))",
          "timezone(z, t TIMESTAMP) AS"
              + " make_timestamptz(1000 * anabranch_instant_of(z, epoch_ms(t))),"
              + " (z, t TIMESTAMPTZ) AS make_timestamp(1000 * anabranch_local_of(z, epoch_ms(t)))",
          "extract_second(a) AS CAST(CAST(date_part('millisecond', a) AS DECIMAL(9, 0)) * 0.001"
              + " AS DECIMAL(5, 3))",
          "extract_epoch(a) AS CAST(CAST(epoch_ms(a) AS DECIMAL(18, 0)) * 0.001"
              + " AS DECIMAL(18, 3))",
          "to_integer(a VARCHAR) AS CAST(anabranch_read('INTEGER', a) AS INTEGER),"
              + " (a) AS CAST(a AS INTEGER)",
          "to_bigint(a VARCHAR) AS CAST(anabranch_read('BIGINT', a) AS BIGINT),"
              + " (a) AS CAST(a AS BIGINT)",
          "to_double(a VARCHAR) AS CAST(anabranch_read('DOUBLE', a) AS DOUBLE),"
              + " (a) AS CAST(a AS DOUBLE)",
          "to_boolean(a VARCHAR) AS CAST(anabranch_read('BOOLEAN', a) AS BOOLEAN),"
              + " (a) AS CAST(a AS BOOLEAN)",
          "to_date(a VARCHAR) AS CAST(anabranch_read('DATE', a) AS DATE), (a) AS CAST(a AS DATE)",
          "to_timestamp(a VARCHAR) AS CAST(anabranch_read('TIMESTAMP', a) AS TIMESTAMP),"
              + " (a) AS CAST(a AS TIMESTAMP)",
          "to_instant(a VARCHAR) AS CAST(anabranch_read('INSTANT', a) AS TIMESTAMPTZ),"
              + " (a) AS CAST(a AS TIMESTAMPTZ)",
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
    roundDouble(connection);
    List<String> macros = new ArrayList<>(MACROS);
    for (String field : Functions.fields()) {
      if (!field.equals("second") && !field.equals("epoch")) {
        macros.add(
            "extract_" + field + "(a) AS CAST(date_part('" + field + "', a) AS INTEGER)");
      }
    }
    try (Statement statement = connection.createStatement()) {
      for (String macro : macros) {
        statement.execute("CREATE MACRO " + Functions.OURS + macro);
      }
    }
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
          .withVarArgsFunction(values -> applied(function, values))
          .register(connection);
    }
  }

  private static String applied(TextFunction function, Object[] values) {
    String[] texts = new String[values.length];
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null) {
        return null;
      }
      texts[i] = (String) values[i];
    }
    try {
      return function.apply(texts);
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

  private static void roundDouble(Connection connection) throws SQLException {
    try (DuckDBScalarFunctionBuilder builder = DuckDBFunctions.scalarFunction()) {
      builder
          .withName(Functions.OURS + "round_double")
          .withParameters(Double.class, Long.class)
          .withReturnType(Double.class)
          .withFunction(
              (Double value, Long digits) -> {
                try {
                  return value == null || digits == null
                      ? null
                      : DoubleArithmetic.round(value, digits);
                } catch (EvaluationException e) {
                  throw new IllegalArgumentException(e.getMessage(), e);
                }
              })
          .register(connection);
    }
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
      default -> values[1];
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
