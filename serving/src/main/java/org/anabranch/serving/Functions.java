// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anabranch.view.Type;
import org.anabranch.view.expression.FunctionAdvice;
import org.anabranch.view.expression.Operator;

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
          "approx_percentile",
          "count_if",
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

  /** Other names of aggregates. */
  private static final Map<String, String> AGGREGATE_NAMES =
      Map.ofEntries(
          Map.entry("variance", "var_samp"),
          Map.entry("stddev", "stddev_samp"),
          Map.entry("max_by", "arg_max"),
          Map.entry("min_by", "arg_min"),
          Map.entry("every", "bool_and"),
          Map.entry("countif", "count_if"));

  private static final Set<String> AS_THEY_ARE =
      Set.of(
          "+",
          "-",
          "*",
          "%",
          "mod",
          "abs",
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
          Map.entry("btrim", "trim"),
          Map.entry("ltrim", "ltrim"),
          Map.entry("rtrim", "rtrim"),
          Map.entry("substring", "substring"),
          Map.entry("substr", "substring"),
          Map.entry("position", "position"),
          Map.entry("replace", "replace"),
          Map.entry("lpad", "lpad"),
          Map.entry("rpad", "rpad"),
          Map.entry("repeat", "repeat"),
          Map.entry("reverse", "reverse"),
          Map.entry("split_part", "split_part"),
          Map.entry("length", "char_length"),
          Map.entry("char_length", "char_length"),
          Map.entry("character_length", "char_length"),
          Map.entry("floor", "floor"),
          Map.entry("ceil", "ceil"),
          Map.entry("ceiling", "ceil"),
          Map.entry("trunc", "trunc"),
          Map.entry("sign", "sign"),
          Map.entry("round", "round"),
          Map.entry("sqrt", "sqrt"),
          Map.entry("exp", "exp"),
          Map.entry("ln", "ln"),
          Map.entry("log10", "log10"),
          Map.entry("power", "power"),
          Map.entry("pow", "power"),
          Map.entry("timezone", "timezone"));

  /** What functions are in definitions, where arguments alone decide it. */
  private static final Map<String, Operator> OPERATORS =
      Map.ofEntries(
          Map.entry("+", Operator.ADD),
          Map.entry("*", Operator.MULTIPLY),
          Map.entry("/", Operator.DIVIDE),
          Map.entry("%", Operator.MODULO),
          Map.entry("mod", Operator.MODULO),
          Map.entry("abs", Operator.ABS),
          Map.entry("round", Operator.ROUND),
          Map.entry("floor", Operator.FLOOR),
          Map.entry("ceil", Operator.CEIL),
          Map.entry("ceiling", Operator.CEIL),
          Map.entry("trunc", Operator.TRUNC),
          Map.entry("sign", Operator.SIGN),
          Map.entry("sqrt", Operator.SQRT),
          Map.entry("exp", Operator.EXP),
          Map.entry("ln", Operator.LN),
          Map.entry("log10", Operator.LOG10),
          Map.entry("power", Operator.POWER),
          Map.entry("pow", Operator.POWER),
          Map.entry("greatest", Operator.GREATEST),
          Map.entry("least", Operator.LEAST),
          Map.entry("upper", Operator.UPPER),
          Map.entry("lower", Operator.LOWER),
          Map.entry("trim", Operator.TRIM_BOTH),
          Map.entry("btrim", Operator.TRIM_BOTH),
          Map.entry("ltrim", Operator.TRIM_LEADING),
          Map.entry("rtrim", Operator.TRIM_TRAILING),
          Map.entry("substring", Operator.SUBSTRING),
          Map.entry("substr", Operator.SUBSTRING),
          Map.entry("position", Operator.POSITION),
          Map.entry("replace", Operator.REPLACE),
          Map.entry("lpad", Operator.LPAD),
          Map.entry("rpad", Operator.RPAD),
          Map.entry("repeat", Operator.REPEAT),
          Map.entry("reverse", Operator.REVERSE),
          Map.entry("split_part", Operator.SPLIT_PART),
          Map.entry("length", Operator.CHAR_LENGTH),
          Map.entry("char_length", Operator.CHAR_LENGTH),
          Map.entry("character_length", Operator.CHAR_LENGTH),
          Map.entry("timezone", Operator.AT_TIME_ZONE));

  /** What functions give whatever they are given. */
  private static final Map<Type, Set<String>> TYPES =
      Map.of(
          Type.BOOLEAN,
          Set.of("~~", "!~~", "like_escape", "not_like_escape"),
          Type.VARCHAR,
          Set.of(
              "upper",
              "lower",
              "trim",
              "btrim",
              "ltrim",
              "rtrim",
              "replace",
              "lpad",
              "rpad",
              "repeat",
              "reverse",
              "split_part"),
          Type.INTEGER,
          Set.of("position", "length", "char_length", "character_length", "sign"),
          Type.DOUBLE,
          Set.of("sqrt", "exp", "ln", "log10", "power", "pow"),
          Type.MONTHS_INTERVAL,
          Set.of("to_years", "to_months"),
          Type.DAYS_INTERVAL,
          Set.of("to_weeks", "to_days", "to_hours", "to_minutes", "to_seconds", "to_milliseconds"));

  private static final String WINDOW =
      "ask a view that has windows for its window_start, or write DATE_BIN or FLOOR(x TO unit)";

  private static final Map<String, String> INSTEAD =
      Map.ofEntries(
          Map.entry("//", "write a / b, which truncates whole numbers"),
          Map.entry("^", "write POWER(a, b)"),
          Map.entry("**", "write POWER(a, b)"),
          Map.entry("~~~", "write LIKE"),
          Map.entry("list_value", "there are no lists: write a column for each value"),
          Map.entry("tumble", WINDOW),
          Map.entry("tumble_start", WINDOW),
          Map.entry("tumble_end", WINDOW),
          Map.entry("hop", WINDOW),
          Map.entry("hop_start", WINDOW),
          Map.entry("session_start", WINDOW),
          Map.entry("array_agg", "write STRING_AGG(x, ',')"),
          Map.entry("&", "write MOD(x, 2) for the last bit"),
          Map.entry("|", "there are no operations on bits"),
          Map.entry("<<", "there are no operations on bits: write x * POWER(2, n)"),
          Map.entry(">>", "there are no operations on bits: write x / POWER(2, n)"),
          Map.entry("now", "a query has no clock: compare with a constant"),
          Map.entry("get_current_timestamp", "a query has no clock: compare with a constant"),
          Map.entry("today", "a query has no clock: compare with a constant"),
          Map.entry("random", "an answer must be the same when asked again"),
          Map.entry("concat", "write a || b"),
          Map.entry("row", "compare column by column; COUNT(DISTINCT a || '/' || b) counts pairs"),
          Map.entry("list", "write STRING_AGG(x, ',')"),
          Map.entry("group_concat", "write STRING_AGG(x, ',')"),
          Map.entry("listagg", "write STRING_AGG(x, ',')"),
          Map.entry("percentile_cont", "write QUANTILE_CONT(x, 0.5)"),
          Map.entry("percentile_disc", "write QUANTILE_DISC(x, 0.5)"),
          Map.entry("any_value", "write MIN(x) or MAX(x)"),
          Map.entry("covar_pop", "write it from AVG and products, or CORR"),
          Map.entry("covar_samp", "write it from AVG and products, or CORR"),
          Map.entry("sum_if", "write SUM(x) FILTER (WHERE condition)"),
          Map.entry("sumif", "write SUM(x) FILTER (WHERE condition)"),
          Map.entry("mode", "group by x, count, and order by the count"),
          Map.entry("first", "write ARG_MIN(x, t)"),
          Map.entry("last", "write ARG_MAX(x, t)"));

  /** Fields of EXTRACT, by the names the parser gives them. */
  private static final Set<String> FIELDS =
      Set.of(
          "year",
          "isoyear",
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
          "microsecond",
          "epoch");

  /** Fields that tell milliseconds from microseconds. */
  private static final Set<String> OF_SECONDS = Set.of("second", "millisecond", "epoch");

  private static final List<String> UNITS =
      List.of("YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND", "MILLISECOND");

  private static final Map<String, String> FIELD_NAMES =
      Map.of(
          "dayofweek",
          "dow",
          "weekday",
          "dow",
          "dayofyear",
          "doy",
          "milliseconds",
          "millisecond",
          "microseconds",
          "microsecond");

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

  /** The name of an aggregate that has several; every other name stays. */
  static String aggregate(String name) {
    return AGGREGATE_NAMES.getOrDefault(name, name);
  }

  /** What to call instead of a function, or null if a query may not call it. */
  static String target(String name) {
    if (name.equals("approx_percentile")) {
      return "quantile_disc";
    }
    if (name.equals("count_if")) {
      return "count";
    }
    if (AS_THEY_ARE.contains(name) || AGGREGATES.contains(name) || WINDOWS.contains(name)) {
      return name;
    }
    boolean field = name.startsWith("extract_") && FIELDS.contains(name.substring(8));
    String replaced = field ? name : REPLACED.get(name);
    return replaced == null ? null : OURS + replaced;
  }

  /** The operator of definitions that a function is, or null. */
  static Operator operator(String name, int arguments) {
    if (name.equals("-")) {
      return arguments == 1 ? Operator.NEGATE : Operator.SUBTRACT;
    }
    return OPERATORS.get(name);
  }

  /** The type that a function always gives, or null. */
  static Type type(String name) {
    return TYPES.entrySet().stream()
        .filter(entry -> entry.getValue().contains(name))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  /** A function's name as users write it. */
  static String shown(String name) {
    return name.toUpperCase(Locale.ROOT);
  }

  /** The name of the function that extracts a field, or null. */
  static String field(String field) {
    String folded = field.toLowerCase(Locale.ROOT);
    String name = FIELD_NAMES.getOrDefault(folded, folded);
    return FIELDS.contains(name) ? "extract_" + name : null;
  }

  static Set<String> fields() {
    return FIELDS;
  }

  /** Whether a function is one of ours that extracts a field with digits of the second. */
  static boolean isOfSeconds(String target) {
    String prefix = OURS + "extract_";
    return target.startsWith(prefix) && OF_SECONDS.contains(target.substring(prefix.length()));
  }

  static List<String> units() {
    return UNITS;
  }

  static boolean isUnit(String unit) {
    return UNITS.contains(unit.toUpperCase(Locale.ROOT));
  }

  /** The names that queries write, without those that the parser makes of a syntax. */
  static Set<String> names() {
    Set<String> names = new HashSet<>(REPLACED.keySet());
    names.addAll(AGGREGATES);
    names.addAll(AGGREGATE_NAMES.keySet());
    names.addAll(WINDOWS);
    names.addAll(Set.of("greatest", "least", "nullif", "date_trunc", "mod", "abs"));
    names.removeIf(name -> !Character.isLetter(name.charAt(0)));
    names.removeAll(Set.of("count_star", "timezone"));
    return names;
  }

  /** What to do about a function that may not be called. */
  static String advice(String name) {
    Optional<String> instead =
        Optional.ofNullable(INSTEAD.get(name)).or(() -> FunctionAdvice.of(name));
    if (instead.isPresent()) {
      return ": " + instead.get();
    }
    List<String> words = new ArrayList<>(QueryFunctions.names());
    return Names.suggestion(name, words);
  }
}
