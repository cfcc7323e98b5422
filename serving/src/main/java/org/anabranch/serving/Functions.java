// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The functions and operators a query may use, and what stands in for those whose meaning in DuckDB
 * is not ours ({@link Semantics}).
 */
final class Functions {
  /** Every name that stands for something of ours inside DuckDB begins so. */
  static final String OURS = "anabranch_";

  private static final Set<String> AGGREGATES =
      Set.of(
          "count",
          "count_star",
          "sum",
          "avg",
          "min",
          "max",
          "var_pop",
          "var_samp",
          "stddev_pop",
          "stddev_samp",
          "approx_count_distinct",
          "arg_min",
          "arg_max",
          "bool_and",
          "bool_or",
          "string_agg",
          "median",
          "quantile_cont",
          "quantile_disc",
          "corr");
  private static final Set<String> WINDOWS =
      Set.of(
          "row_number",
          "rank",
          "dense_rank",
          "percent_rank",
          "cume_dist",
          "ntile",
          "lag",
          "lead",
          "first_value",
          "last_value",
          "nth_value");
  private static final Set<String> AS_THEY_ARE =
      Set.of(
          "+",
          "-",
          "*",
          "%",
          "mod",
          "abs",
          "sign",
          "sqrt",
          "exp",
          "ln",
          "log10",
          "power",
          "trunc",
          "greatest",
          "least",
          "nullif",
          "date_trunc",
          "to_years",
          "to_months",
          "to_weeks",
          "to_days",
          "to_hours",
          "to_minutes",
          "to_seconds",
          "to_milliseconds",
          "like_escape",
          "not_like_escape");
  private static final Map<String, String> REPLACED =
      Map.ofEntries(
          Map.entry("/", "divide"),
          Map.entry("~~", "like"),
          Map.entry("!~~", "not_like"),
          Map.entry("upper", "upper"),
          Map.entry("lower", "lower"),
          Map.entry("trim", "trim"),
          Map.entry("ltrim", "ltrim"),
          Map.entry("rtrim", "rtrim"),
          Map.entry("substring", "substring"),
          Map.entry("substr", "substring"),
          Map.entry("position", "position"),
          Map.entry("replace", "replace"),
          Map.entry("length", "char_length"),
          Map.entry("char_length", "char_length"),
          Map.entry("character_length", "char_length"),
          Map.entry("floor", "floor"),
          Map.entry("ceil", "ceil"),
          Map.entry("ceiling", "ceil"),
          Map.entry("round", "round"),
          Map.entry("timezone", "timezone"));
  private static final Map<String, String> INSTEAD =
      Map.ofEntries(
          Map.entry("//", "write a / b, which truncates whole numbers"),
          Map.entry("~~*", "write LOWER(a) LIKE b"),
          Map.entry("!~~*", "write LOWER(a) NOT LIKE b"),
          Map.entry("^", "write POWER(a, b)"),
          Map.entry("**", "write POWER(a, b)"),
          Map.entry("now", "a query has no clock: compare with a constant"),
          Map.entry("get_current_timestamp", "a query has no clock: compare with a constant"),
          Map.entry("today", "a query has no clock: compare with a constant"),
          Map.entry("random", "an answer must be the same when asked again"),
          Map.entry("concat", "write a || b"),
          Map.entry("approx_percentile", "write quantile_cont(x, q)"),
          Map.entry("row", "compare column by column"),
          Map.entry("first", "write ARG_MIN(x, t)"),
          Map.entry("last", "write ARG_MAX(x, t)"));

  /** Fields of EXTRACT, by the names the parser gives them. */
  private static final Set<String> FIELDS =
      Set.of(
          "year",
          "quarter",
          "month",
          "week",
          "day",
          "dow",
          "isodow",
          "doy",
          "hour",
          "minute",
          "second",
          "millisecond",
          "epoch");

  private static final Set<String> UNITS =
      Set.of("year", "quarter", "month", "week", "day", "hour", "minute", "second", "millisecond");
  private static final Map<String, String> FIELD_NAMES =
      Map.of(
          "dayofweek", "dow", "weekday", "dow", "dayofyear", "doy", "milliseconds", "millisecond");

  private Functions() {}

  /** What checks the result of an aggregate, or null. */
  static String check(String name) {
    return name.equals("string_agg") ? "short" : null;
  }

  static boolean isAggregate(String name) {
    return AGGREGATES.contains(name);
  }

  static boolean isWindow(String name) {
    return WINDOWS.contains(name) || AGGREGATES.contains(name);
  }

  /** What to call instead of a function, or null if a query may not call it. */
  static String target(String name) {
    if (AS_THEY_ARE.contains(name) || AGGREGATES.contains(name)) {
      return name;
    }
    String replaced = REPLACED.get(name);
    return replaced == null ? null : OURS + replaced;
  }

  /** What to call for a field of EXTRACT, or null. */
  static String field(String field) {
    String folded = field.toLowerCase(Locale.ROOT);
    String name = FIELD_NAMES.getOrDefault(folded, folded);
    return FIELDS.contains(name) ? OURS + "extract_" + name : null;
  }

  static Set<String> fields() {
    return FIELDS;
  }

  static boolean isUnit(String unit) {
    return UNITS.contains(unit.toLowerCase(Locale.ROOT));
  }

  /** What to do about a function that may not be called. */
  static String advice(String name) {
    String instead = INSTEAD.get(name);
    if (instead != null) {
      return ": " + instead;
    }
    Map<String, String> known = new HashMap<>(REPLACED);
    AGGREGATES.forEach(one -> known.put(one, one));
    AS_THEY_ARE.forEach(one -> known.put(one, one));
    WINDOWS.forEach(one -> known.put(one, one));
    List<String> words =
        known.keySet().stream().filter(one -> Character.isLetter(one.charAt(0))).sorted().toList();
    return Names.suggestion(name, words);
  }
}
