// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.anabranch.view.expression.EvaluationException;
import org.anabranch.view.expression.TextFunctions;
import org.anabranch.view.expression.TextPieces;
import org.anabranch.view.expression.TimeZones;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBScalarFunctionBuilder;

/**
 * Our meaning of what DuckDB means otherwise, as functions and macros in a DuckDB database. What
 * depends on the type of an argument asks {@code typeof}, which is a constant when a query runs.
 */
final class Semantics {
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
          // The same for what is a DOUBLE, a time or something else.
          "checked(a) AS CASE WHEN typeof(a) IN ('DATE', 'TIMESTAMP', 'TIMESTAMP WITH TIME ZONE')"
              + " AND anabranch_in_years_text(CAST(a AS VARCHAR)) <> 'yes' THEN NULL"
              + " ELSE anabranch_finite(a) END",
          "in_years_date(a) AS CAST(make_timestamp(anabranch_in_years(epoch_us(a))) AS DATE)",
          "in_years_timestamp(a) AS make_timestamp(anabranch_in_years(epoch_us(a)))",
          "in_years_instant(a) AS make_timestamptz(anabranch_in_years(epoch_us(a)))",
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
          "lpad(a, n) AS anabranch_lpad_of(a, CAST(n AS VARCHAR), ' '),"
              + " (a, n, f) AS anabranch_lpad_of(a, CAST(n AS VARCHAR), f)",
          "rpad(a, n) AS anabranch_rpad_of(a, CAST(n AS VARCHAR), ' '),"
              + " (a, n, f) AS anabranch_rpad_of(a, CAST(n AS VARCHAR), f)",
          "repeat(a, n) AS anabranch_repeat_of(a, CAST(n AS VARCHAR))",
          "split_part(a, s, n) AS anabranch_split_part_of(a, s, CAST(n AS VARCHAR))",
          "position(a, n) AS CAST(anabranch_position_of(n, a) AS INTEGER)",
          "char_length(a) AS CAST(anabranch_length_of(a) AS INTEGER)",
          // round() keeps whole numbers what they are and is the witness of the type; floor() and
          // ceil() make them DOUBLE.
          "floor(a) AS cast_to_type(CASE WHEN typeof(a) IN ('INTEGER', 'BIGINT', 'HUGEINT')"
              + " THEN CAST(a AS VARCHAR) ELSE CAST(floor(a) AS VARCHAR) END, round(a))",
          "ceil(a) AS cast_to_type(CASE WHEN typeof(a) IN ('INTEGER', 'BIGINT', 'HUGEINT')"
              + " THEN CAST(a AS VARCHAR) ELSE CAST(ceil(a) AS VARCHAR) END, round(a))",
          "trunc(a) AS cast_to_type(CASE WHEN typeof(a) IN ('INTEGER', 'BIGINT', 'HUGEINT')"
              + " THEN CAST(a AS VARCHAR) ELSE CAST(trunc(a) AS VARCHAR) END, round(a))",
          "sign(a) AS CASE WHEN a > 0 THEN 1 WHEN a < 0 THEN -1 WHEN a = 0 THEN 0 END",
          "round(a) AS cast_to_type(CASE WHEN typeof(a) = 'DOUBLE'"
              + " THEN anabranch_round_text(CAST(a AS VARCHAR))"
              + " ELSE CAST(round(a) AS VARCHAR) END, round(a)),"
              + " (a, n) AS cast_to_type(CASE WHEN typeof(a) = 'DOUBLE'"
              + " THEN anabranch_round_text(CAST(a AS VARCHAR), CAST(n AS VARCHAR))"
              + " ELSE CAST(round(a, n) AS VARCHAR) END, round(a, n))",
          "timezone(z, t TIMESTAMP) AS make_timestamptz(anabranch_instant_of(z, epoch_us(t))),"
              + " (z, t TIMESTAMPTZ) AS make_timestamp(anabranch_local_of(z, epoch_us(t)))",
          // Of a time or interval whose type is not known before the query runs.
          "whole_millis(a) AS CASE WHEN epoch_us(a) % 1000 <> 0 THEN error('Cannot tell before the"
              + " query runs that ' || CAST(a AS VARCHAR) || ' is finer than a millisecond: write"
              + " CAST(x AS TIMESTAMP(6))') ELSE a END",
          "extract_second_micros(a) AS CAST(CAST(date_part('microsecond', a) AS DECIMAL(9, 0))"
              + " * 0.000001 AS DECIMAL(8, 6))",
          "extract_millisecond_micros(a) AS CAST(CAST(date_part('microsecond', a) AS DECIMAL(9, 0))"
              + " * 0.001 AS DECIMAL(8, 3))",
          "extract_epoch_micros(a) AS CAST(CAST(epoch_us(a) AS DECIMAL(18, 0)) * 0.000001"
              + " AS DECIMAL(18, 6))",
          "extract_second(a) AS CAST(CAST(date_part('millisecond', a) AS DECIMAL(9, 0)) * 0.001"
              + " AS DECIMAL(5, 3))",
          "extract_epoch(a) AS CAST(CAST(epoch_ms(a) AS DECIMAL(18, 0)) * 0.001"
              + " AS DECIMAL(18, 3))",
          "times(n, i) AS make_timestamp(1000 * (n * epoch_ms(i))) - make_timestamp(0)",
          // As text, for the CAST to DECIMAL(p, s) that is put around it.
          "to_decimal(a, p, s) AS anabranch_decimal_of(typeof(a), CAST(a AS VARCHAR),"
              + " CAST(p AS VARCHAR), CAST(s AS VARCHAR))");

  /** What calls the macros of casts. */
  private static final List<String> ROUNDING =
      List.of(
          // The nearest millisecond, of two as near the later one.
          "nearest_millis(u) AS (u + 500) - (((u + 500) % 1000) + 1000) % 1000",
          "round_timestamp(a) AS CASE typeof(a) WHEN 'VARCHAR' THEN anabranch_to_timestamp(a) ELSE"
              + " make_timestamp(anabranch_in_years("
              + "anabranch_nearest_millis(epoch_us(CAST(a AS TIMESTAMP))))) END",
          "round_instant(a) AS CASE typeof(a) WHEN 'VARCHAR' THEN anabranch_to_instant(a) ELSE"
              + " make_timestamptz(anabranch_in_years("
              + "anabranch_nearest_millis(epoch_us(CAST(a AS TIMESTAMPTZ))))) END");

  private Semantics() {}

  /** Defines everything in a database. */
  static void install(Connection connection) throws SQLException {
    TextCalls.register(connection, "upper", values -> TextFunctions.upper(values[0]));
    TextCalls.register(connection, "lower", values -> TextFunctions.lower(values[0]));
    TextCalls.register(
        connection, "trim_both", values -> TextFunctions.trimBoth(values[0], values[1]));
    TextCalls.register(
        connection, "trim_leading", values -> TextFunctions.trimLeading(values[0], values[1]));
    TextCalls.register(
        connection, "trim_trailing", values -> TextFunctions.trimTrailing(values[0], values[1]));
    TextCalls.register(connection, "substring_of", TextMeanings::substring);
    TextCalls.register(
        connection, "replace_of", values -> TextFunctions.replace(values[0], values[1], values[2]));
    pieces(connection);
    TextCalls.register(connection, "divisible", TextMeanings::divisible);
    TextCalls.register(connection, "joinable", TextMeanings::joinable);
    TextCalls.register(connection, "round_text", TextMeanings::round);
    TextCalls.register(connection, "text_of", TextMeanings::text);
    TextCalls.register(connection, "read", TextMeanings::read);
    TextCalls.register(connection, "decimal_of", TextMeanings::decimal);
    TextCalls.register(connection, "try_read", TextMeanings::readOrNull);
    TextCalls.register(
        connection,
        "position_of",
        values -> String.valueOf(TextFunctions.position(values[0], values[1])));
    TextCalls.register(
        connection, "length_of", values -> String.valueOf(TextFunctions.length(values[0])));
    TextCalls.register(connection, "quotient", TextMeanings::quotient);
    TextCalls.register(connection, "in_years_text", TextMeanings::inYears);
    NumberCalls.install(connection);
    zone(
        connection,
        "instant_of",
        (zone, micros) -> TimeZones.microInstant(micros, TimeZones.of(zone)));
    zone(
        connection, "local_of", (zone, micros) -> TimeZones.microLocal(micros, TimeZones.of(zone)));
    List<String> macros = new ArrayList<>(MACROS);
    macros.add(cast("integer", "INTEGER", "INTEGER"));
    macros.add(cast("bigint", "BIGINT", "BIGINT"));
    macros.add(cast("double", "DOUBLE", "DOUBLE"));
    macros.add(cast("boolean", "BOOLEAN", "BOOLEAN"));
    macros.add(cast("date", "DATE", "DATE"));
    macros.add(cast("timestamp", "TIMESTAMP", "TIMESTAMP"));
    macros.add(cast("instant", "INSTANT", "TIMESTAMPTZ"));
    macros.add(cast("micro_timestamp", "MICRO_TIMESTAMP", "TIMESTAMP"));
    macros.add(cast("micro_instant", "MICRO_INSTANT", "TIMESTAMPTZ"));
    macros.addAll(ROUNDING);
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

  private static void pieces(Connection connection) throws SQLException {
    TextCalls.register(
        connection,
        "lpad_of",
        values -> TextPieces.padLeft(values[0], Long.parseLong(values[1]), values[2]));
    TextCalls.register(
        connection,
        "rpad_of",
        values -> TextPieces.padRight(values[0], Long.parseLong(values[1]), values[2]));
    TextCalls.register(
        connection, "repeat_of", values -> TextPieces.repeat(values[0], Long.parseLong(values[1])));
    TextCalls.register(
        connection,
        "split_part_of",
        values -> TextPieces.splitPart(values[0], values[1], Long.parseLong(values[2])));
    TextCalls.register(connection, "reverse", values -> TextPieces.reverse(values[0]));
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

  private interface ZoneFunction {
    long apply(String zone, long micros) throws EvaluationException;
  }

  private static void zone(Connection connection, String name, ZoneFunction function)
      throws SQLException {
    try (DuckDBScalarFunctionBuilder builder = DuckDBFunctions.scalarFunction()) {
      builder
          .withName(Functions.OURS + name)
          .withParameters(String.class, Long.class)
          .withReturnType(Long.class)
          .withFunction(
              (String zone, Long micros) -> {
                try {
                  return zone == null || micros == null ? null : function.apply(zone, micros);
                } catch (EvaluationException e) {
                  throw new IllegalArgumentException(e.getMessage(), e);
                }
              })
          .register(connection);
    }
  }
}
