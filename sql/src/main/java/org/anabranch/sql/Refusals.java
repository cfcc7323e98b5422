// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlKind;

/** What SQL has and this dialect has not: by name, with what to write instead. */
final class Refusals {
  /** A refused construct. */
  record Refusal(String message, String hint) {}

  private static final Set<String> ALLOWED_SYMBOLS =
      Set.of(
          "(", ")", ",", ".", ";", "=", "<", ">", "<=", ">=", "<>", "!=", "+", "-", "*", "/", "%",
          "||", "::");

  private static final Map<String, String> SYMBOL_ADVICE =
      Map.ofEntries(
          Map.entry("[", "nested types are not supported: declare a column for each field"),
          Map.entry("]", "nested types are not supported: declare a column for each field"),
          Map.entry("->", "declare a column for each field with WITH ('field'='a.b')"),
          Map.entry("~", "regular expressions are not supported: write LIKE"),
          Map.entry("~*", "regular expressions are not supported: write UPPER(x) LIKE"),
          Map.entry("!~", "regular expressions are not supported: write NOT LIKE"),
          Map.entry("^", "write x * x for a power"),
          Map.entry("?", "there are no parameters in a script: write the value"),
          Map.entry("$", "there are no parameters in a script: write the value"),
          Map.entry(":", "there are no parameters in a script: write the value"),
          Map.entry("=>", "write the arguments in their order, without names"),
          Map.entry("`", "quote names with \""),
          Map.entry("#", "comments start with --"),
          Map.entry("==", "write ="));

  private static final Set<String> CLOCK =
      Set.of(
          "NOW",
          "CURRENT_TIMESTAMP",
          "CURRENT_DATE",
          "CURRENT_TIME",
          "LOCALTIME",
          "LOCALTIMESTAMP",
          "CLOCK_TIMESTAMP",
          "STATEMENT_TIMESTAMP",
          "TRANSACTION_TIMESTAMP",
          "TODAY",
          "SYSDATE",
          "GETDATE",
          "PROCTIME",
          "UNIX_TIMESTAMP",
          "TIMEOFDAY",
          "CURDATE",
          "CURTIME",
          "UTC_TIMESTAMP",
          "CURRENT_WATERMARK");

  private static final Set<String> CHANCE =
      Set.of(
          "RAND",
          "RANDOM",
          "RAND_INTEGER",
          "UUID",
          "GEN_RANDOM_UUID",
          "NEWID",
          "NEXTVAL",
          "SETSEED");

  private static final Set<String> SESSION =
      Set.of(
          "CURRENT_USER",
          "SESSION_USER",
          "SYSTEM_USER",
          "USER",
          "CURRENT_ROLE",
          "CURRENT_SCHEMA",
          "CURRENT_CATALOG",
          "CURRENT_PATH",
          "CURRENT_DATABASE",
          "VERSION");

  private static final Map<String, String> FUNCTION_ADVICE = functionAdvice();

  private static final Map<SqlKind, Refusal> KINDS = kinds();

  private Refusals() {}

  /** What to write instead of a symbol; null for a symbol that is supported. */
  static String symbol(String symbol) {
    return ALLOWED_SYMBOLS.contains(symbol) ? null : SYMBOL_ADVICE.getOrDefault(symbol, "");
  }

  /** Why a name that other systems take for a function without arguments is refused. */
  static Optional<Refusal> niladic(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    boolean known = CLOCK.contains(upper) || CHANCE.contains(upper) || SESSION.contains(upper);
    return known ? function(upper) : Optional.empty();
  }

  /** Why a function is refused. */
  static Optional<Refusal> function(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    if (CLOCK.contains(upper)) {
      return Optional.of(
          new Refusal(
              upper + " is not allowed: results must not depend on when they are computed",
              "use a time of the event; compare with the present when reading the view"));
    }
    if (CHANCE.contains(upper)) {
      return Optional.of(
          new Refusal(
              upper + " is not allowed: computing it again must give the same result",
              "use a column of the event"));
    }
    if (SESSION.contains(upper)) {
      return Optional.of(
          new Refusal(
              upper + " is not allowed: results must not depend on who computes them",
              "use a column of the event"));
    }
    return Optional.ofNullable(FUNCTION_ADVICE.get(upper))
        .map(advice -> new Refusal(upper + " is not supported", advice));
  }

  /** What Calcite's own refusal of a construct means here. */
  static Refusal grammar(String message) {
    if (message.startsWith("ORDER BY unexpected")) {
      return new Refusal(
          "ORDER BY is not supported in an aggregate", "write ARG_MIN(x, y) or ARG_MAX(x, y)");
    }
    if (message.startsWith("Query expression")) {
      return construct(SqlKind.SCALAR_QUERY);
    }
    return new Refusal("cannot read this: " + message, "");
  }

  /** Why a construct is refused. */
  static Refusal construct(SqlKind kind) {
    return KINDS.getOrDefault(
        kind, new Refusal(kind.name().replace('_', ' ') + " is not supported", ""));
  }

  private static Map<String, String> functionAdvice() {
    Map<String, String> advice = new HashMap<>();
    put(advice, "write ARG_MAX(x, time): the x of the latest time", "LAST_VALUE", "LAST", "LATEST");
    put(
        advice,
        "write ARG_MIN(x, time): the x of the earliest time",
        "FIRST_VALUE",
        "FIRST",
        "NTH_VALUE");
    put(advice, "write ARG_MAX(x, y)", "MAX_BY", "MAXBY");
    put(advice, "write ARG_MIN(x, y)", "MIN_BY", "MINBY");
    put(advice, "write MIN(x) or MAX(x)", "ANY_VALUE", "MODE");
    put(advice, "write APPROX_PERCENTILE(x, 0.5)", "MEDIAN", "APPROX_MEDIAN");
    put(
        advice,
        "write APPROX_PERCENTILE(x, q), q from 0 to 1",
        "PERCENTILE_CONT",
        "PERCENTILE_DISC",
        "QUANTILE",
        "QUANTILE_CONT",
        "PERCENTILE",
        "APPROX_QUANTILE");
    put(advice, "write VAR_SAMP(x)", "VARIANCE", "VAR");
    put(advice, "write STDDEV_SAMP(x)", "STDDEV");
    put(advice, "write COUNT(*) FILTER (WHERE condition)", "COUNT_IF", "COUNTIF");
    put(
        advice,
        "write COUNT(*) FILTER (WHERE condition) and compare",
        "BOOL_AND",
        "BOOL_OR",
        "EVERY",
        "SOME");
    put(advice, "write SUM(x) FILTER (WHERE condition)", "SUM_IF", "SUMIF");
    put(
        advice,
        "aggregates that collect values are not supported",
        "ARRAY_AGG",
        "STRING_AGG",
        "LISTAGG",
        "GROUP_CONCAT",
        "JSON_AGG",
        "COLLECT",
        "LIST",
        "JSON_OBJECTAGG",
        "JSON_ARRAYAGG");
    put(
        advice,
        "write it from AVG, VAR_POP and products",
        "CORR",
        "COVAR_POP",
        "COVAR_SAMP",
        "REGR_SLOPE",
        "REGR_COUNT",
        "REGR_INTERCEPT");
    put(
        advice,
        "functions over windows of rows are not supported: group by window_start",
        "ROW_NUMBER",
        "RANK",
        "DENSE_RANK",
        "LAG",
        "LEAD",
        "NTILE",
        "PERCENT_RANK",
        "CUME_DIST");
    put(
        advice,
        "write FROM TABLE(TUMBLE(TABLE stream, DESCRIPTOR(time), INTERVAL '1' DAY)), and group by"
            + " window_start",
        "TUMBLE",
        "TUMBLE_START",
        "TUMBLE_END",
        "TUMBLE_ROWTIME");
    put(
        advice,
        "write FROM TABLE(HOP(TABLE stream, DESCRIPTOR(time), slide, size)), and group by"
            + " window_start",
        "HOP",
        "HOP_START",
        "HOP_END",
        "HOP_ROWTIME");
    put(
        advice,
        "sessions and cumulating windows are not supported: write TUMBLE or HOP",
        "SESSION",
        "SESSION_START",
        "SESSION_END",
        "CUMULATE");
    put(
        advice,
        "group sets are not supported: write a view for each",
        "ROLLUP",
        "CUBE",
        "GROUPING",
        "GROUPING_ID");
    put(advice, "write CHAR_LENGTH(x)", "LENGTH", "LEN", "OCTET_LENGTH", "BIT_LENGTH");
    put(advice, "write SUBSTRING(x, start, length)", "SUBSTR", "LEFT", "RIGHT", "MID");
    put(advice, "write POSITION(part IN text)", "STRPOS", "INSTR", "CHARINDEX", "LOCATE");
    put(
        advice,
        "write TRIM(LEADING FROM x), TRIM(TRAILING FROM x) or TRIM(x)",
        "LTRIM",
        "RTRIM",
        "BTRIM");
    put(advice, "write a || b: null if either is null", "CONCAT", "CONCAT_WS");
    put(advice, "write UPPER or LOWER", "INITCAP");
    put(
        advice,
        "write LIKE, REPLACE or SUBSTRING",
        "REGEXP_REPLACE",
        "REGEXP_LIKE",
        "REGEXP_MATCHES",
        "REGEXP_EXTRACT");
    put(advice, "write REPLACE", "TRANSLATE", "OVERLAY");
    put(advice, "write SUBSTRING", "SPLIT_PART");
    put(advice, "write COALESCE(x, y)", "IFNULL", "NVL", "ISNULL");
    put(
        advice,
        "write CASE WHEN condition THEN x ELSE y END",
        "IF",
        "IIF",
        "DECODE",
        "GREATEST",
        "LEAST");
    put(
        advice,
        "write EXTRACT(unit FROM x)",
        "DATE_PART",
        "YEAR",
        "MONTH",
        "DAY",
        "HOUR",
        "MINUTE",
        "SECOND",
        "DAYOFWEEK",
        "DAYOFYEAR",
        "WEEK",
        "QUARTER");
    put(advice, "write FLOOR(x TO unit)", "TIMESTAMP_TRUNC", "TIME_BUCKET", "DATE_BIN");
    put(
        advice,
        "write x - y, or EXTRACT(EPOCH FROM x)",
        "DATE_DIFF",
        "DATEDIFF",
        "TIMESTAMPDIFF",
        "TIMESTAMP_DIFF",
        "AGE");
    put(
        advice,
        "write x + INTERVAL '1' DAY",
        "DATE_ADD",
        "DATEADD",
        "TIMESTAMPADD",
        "DATE_SUB",
        "TIMESTAMP_ADD");
    put(
        advice,
        "write CAST(x AS type), or give the column a timestamp_format",
        "TO_TIMESTAMP",
        "TO_DATE",
        "STRPTIME",
        "PARSE_TIMESTAMP",
        "FROM_UNIXTIME",
        "DATE",
        "TIMESTAMP",
        "TIME",
        "DATETIME",
        "MAKE_DATE",
        "MAKE_TIMESTAMP");
    put(
        advice,
        "format values where they are shown",
        "TO_CHAR",
        "DATE_FORMAT",
        "FORMAT",
        "STRFTIME");
    put(advice, "write CAST(x AS type); guard it with CASE", "TRY_CAST", "SAFE_CAST", "CONVERT");
    put(advice, "write x AT TIME ZONE 'zone'", "TIMEZONE", "CONVERT_TIMEZONE", "CONVERT_TZ");
    put(advice, "write CEIL or FLOOR or ROUND", "TRUNC", "TRUNCATE");
    put(advice, "write x * x for a square", "POWER", "POW");
    put(
        advice,
        "compute it where the view is read",
        "SQRT",
        "EXP",
        "LN",
        "LOG",
        "LOG10",
        "SIN",
        "COS",
        "TAN",
        "ATAN2",
        "PI",
        "SIGN");
    put(
        advice,
        "nested values are not supported: declare a column for each field",
        "JSON_VALUE",
        "JSON_QUERY",
        "JSON_EXTRACT",
        "JSON_EXISTS",
        "JSON_OBJECT",
        "JSON_ARRAY",
        "UNNEST",
        "CARDINALITY",
        "ARRAY",
        "MAP",
        "MULTISET",
        "ROW",
        "STRUCT");
    return Map.copyOf(advice);
  }

  private static void put(Map<String, String> advice, String text, String... names) {
    for (String name : names) {
      advice.put(name, text);
    }
  }

  private static Map<SqlKind, Refusal> kinds() {
    Map<SqlKind, Refusal> kinds = new HashMap<>();
    String oneStream = "a view reads one stream";
    Refusal join = new Refusal("joins are not supported", oneStream);
    kinds.put(SqlKind.JOIN, join);
    kinds.put(SqlKind.LATERAL, new Refusal("LATERAL is not supported", oneStream));
    kinds.put(SqlKind.UNNEST, new Refusal("UNNEST is not supported", oneStream));
    kinds.put(SqlKind.VALUES, new Refusal("VALUES is not supported", oneStream));
    kinds.put(
        SqlKind.EXTEND,
        new Refusal(
            "columns after a stream's name are not supported", "declare them in CREATE STREAM"));
    Refusal subquery =
        new Refusal("subqueries are not supported", "write a view that reads the stream itself");
    for (SqlKind kind :
        List.of(SqlKind.SELECT, SqlKind.SCALAR_QUERY, SqlKind.EXISTS, SqlKind.UNIQUE)) {
      kinds.put(kind, subquery);
    }
    for (SqlKind kind : List.of(SqlKind.SOME, SqlKind.ALL)) {
      kinds.put(kind, new Refusal("ANY, SOME and ALL are not supported", "write IN or AND"));
    }
    String separate = "write a view for each SELECT";
    kinds.put(SqlKind.UNION, new Refusal("UNION is not supported", separate));
    kinds.put(SqlKind.INTERSECT, new Refusal("INTERSECT is not supported", separate));
    kinds.put(SqlKind.EXCEPT, new Refusal("EXCEPT is not supported", separate));
    kinds.put(
        SqlKind.WITH,
        new Refusal("WITH is not supported", "write a view that reads the stream itself"));
    Refusal groupingSets =
        new Refusal("grouping sets are not supported", "write a view for each of them");
    kinds.put(SqlKind.GROUPING_SETS, groupingSets);
    kinds.put(
        SqlKind.ROLLUP,
        new Refusal("ROLLUP is not supported", "write a view for each of its groups"));
    kinds.put(
        SqlKind.CUBE, new Refusal("CUBE is not supported", "write a view for each of its groups"));
    kinds.put(
        SqlKind.GROUP_BY_DISTINCT,
        new Refusal("GROUP BY DISTINCT is not supported", "write GROUP BY"));
    kinds.put(
        SqlKind.FILTER,
        new Refusal("FILTER is only allowed after an aggregate", "write CASE WHEN ... END"));
    kinds.put(
        SqlKind.EXPLICIT_TABLE,
        new Refusal("TABLE alone is not supported", "write SELECT ... FROM"));
    kinds.put(SqlKind.OVER, new Refusal("OVER is not supported", "aggregate by GROUP BY"));
    kinds.put(
        SqlKind.WITHIN_GROUP,
        new Refusal("WITHIN GROUP is not supported", "write APPROX_PERCENTILE(x, q)"));
    kinds.put(SqlKind.RESPECT_NULLS, new Refusal("RESPECT NULLS is not supported", ""));
    kinds.put(
        SqlKind.IGNORE_NULLS,
        new Refusal("IGNORE NULLS is not supported", "write FILTER (WHERE x IS NOT NULL)"));
    kinds.put(
        SqlKind.ROW, new Refusal("rows of values are not supported", "compare column by column"));
    kinds.put(SqlKind.SIMILAR, new Refusal("SIMILAR TO is not supported", "write LIKE"));
    kinds.put(SqlKind.RLIKE, new Refusal("RLIKE is not supported", "write LIKE"));
    kinds.put(SqlKind.OVERLAPS, new Refusal("OVERLAPS is not supported", "compare the ends"));
    kinds.put(SqlKind.MINUS_PREFIX, new Refusal("- is not supported here", ""));
    kinds.put(
        SqlKind.CEIL,
        new Refusal(
            "CEIL(x TO unit) is not supported", "write FLOOR(x TO unit) + INTERVAL '1' unit"));
    kinds.put(
        SqlKind.SAFE_CAST,
        new Refusal("TRY_CAST is not supported", "write CAST(x AS type); guard it with CASE"));
    return Map.copyOf(kinds);
  }
}
