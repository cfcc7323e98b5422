// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anabranch.view.expression.FunctionAdvice;

/** Functions that SQL or its dialects have and this one has not, with what to write instead. */
final class FunctionRefusals {
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

  private static final Map<String, String> ADVICE = functionAdvice();

  private FunctionRefusals() {}

  /** Why a name that other systems take for a function without arguments is refused. */
  static Optional<Refusals.Refusal> niladic(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    boolean known = CLOCK.contains(upper) || CHANCE.contains(upper) || SESSION.contains(upper);
    return known ? function(upper) : Optional.empty();
  }

  /** Why a function is refused. */
  static Optional<Refusals.Refusal> function(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    if (CLOCK.contains(upper)) {
      return Optional.of(
          new Refusals.Refusal(
              upper + " is not allowed: results must not depend on when they are computed",
              "use a time of the event; compare with the present when reading the view"));
    }
    if (CHANCE.contains(upper)) {
      return Optional.of(
          new Refusals.Refusal(
              upper + " is not allowed: computing it again must give the same result",
              "use a column of the event"));
    }
    if (SESSION.contains(upper)) {
      return Optional.of(
          new Refusals.Refusal(
              upper + " is not allowed: results must not depend on who computes them",
              "use a column of the event"));
    }
    return Optional.ofNullable(ADVICE.get(upper))
        .or(() -> FunctionAdvice.of(upper))
        .map(advice -> new Refusals.Refusal(upper + " is not supported", advice));
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
    put(advice, "write ARG_MAX(x, y)", "MAXBY");
    put(advice, "write ARG_MIN(x, y)", "MINBY");
    put(advice, "write MIN(x) or MAX(x)", "ANY_VALUE");
    put(advice, "group by x, count, and order by the count when reading the view", "MODE");
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
    put(advice, "write VAR_SAMP(x)", "VAR");
    put(advice, "write COUNT(*) FILTER (WHERE condition) and compare", "SOME");
    put(advice, "write SUM(x) FILTER (WHERE condition)", "SUM_IF", "SUMIF");
    put(
        advice,
        "a view keeps no lists of values: write COUNT(DISTINCT x), or STRING_AGG in a query over"
            + " the view",
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
        "write it from AVG, VAR_POP and products, or ask CORR in a query",
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
    return Map.copyOf(advice);
  }

  private static void put(Map<String, String> advice, String text, String... names) {
    for (String name : names) {
      advice.put(name, text);
    }
  }
}
