// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  private static final String REGEX =
      "there are no regular expressions: write LIKE, STARTS_WITH, SPLIT_PART or SUBSTRING";

  private static final String BITS =
      "there are no operations on bits: write MOD(x, 2) for the last";

  private static final Map<String, String> SYMBOL_ADVICE =
      Map.ofEntries(
          Map.entry("[", "nested types are not supported: declare a column for each field"),
          Map.entry("]", "nested types are not supported: declare a column for each field"),
          Map.entry("->", "declare a column for each field with WITH ('field'='a.b')"),
          Map.entry("~", REGEX),
          Map.entry("~*", REGEX + "; ILIKE ignores case"),
          Map.entry("!~", REGEX),
          Map.entry("&", BITS),
          Map.entry("|", BITS),
          Map.entry("<<", BITS),
          Map.entry(">>", BITS),
          Map.entry("^", "write POWER(x, y)"),
          Map.entry("?", "there are no parameters in a script: write the value"),
          Map.entry("$", "there are no parameters in a script: write the value"),
          Map.entry(":", "there are no parameters in a script: write the value"),
          Map.entry("=>", "write the arguments in their order, without names"),
          Map.entry("`", "quote names with \""),
          Map.entry("#", "comments start with --"),
          Map.entry("==", "write ="));

  private static final Map<SqlKind, Refusal> KINDS = kinds();

  private Refusals() {}

  /** What to write instead of a symbol; null for a symbol that is supported. */
  static String symbol(String symbol) {
    return ALLOWED_SYMBOLS.contains(symbol) ? null : SYMBOL_ADVICE.getOrDefault(symbol, "");
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

  private static Map<SqlKind, Refusal> kinds() {
    Map<SqlKind, Refusal> kinds = new HashMap<>();
    String oneStream = "a view reads one stream";
    Refusal join = new Refusal("joins are not supported", oneStream + ": join views in a query");
    kinds.put(SqlKind.JOIN, join);
    kinds.put(SqlKind.LATERAL, new Refusal("LATERAL is not supported", oneStream));
    kinds.put(SqlKind.UNNEST, new Refusal("UNNEST is not supported", oneStream));
    kinds.put(SqlKind.VALUES, new Refusal("VALUES is not supported", oneStream));
    kinds.put(
        SqlKind.EXTEND,
        new Refusal(
            "columns after a stream's name are not supported", "declare them in CREATE STREAM"));
    Refusal subquery =
        new Refusal(
            "subqueries are not supported",
            "write a view that reads the stream itself, and compare in a query over it");
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
        SqlKind.ROW,
        new Refusal(
            "rows of values are not supported",
            "compare column by column; COUNT(DISTINCT a || '/' || b) counts pairs"));
    kinds.put(SqlKind.SIMILAR, new Refusal("SIMILAR TO is not supported", REGEX));
    kinds.put(SqlKind.RLIKE, new Refusal("RLIKE is not supported", REGEX));
    kinds.put(SqlKind.OVERLAPS, new Refusal("OVERLAPS is not supported", "compare the ends"));
    kinds.put(SqlKind.MINUS_PREFIX, new Refusal("- is not supported here", ""));
    kinds.put(
        SqlKind.CEIL,
        new Refusal(
            "CEIL(x TO unit) is not supported", "write FLOOR(x TO unit) + INTERVAL '1' unit"));
    return Map.copyOf(kinds);
  }
}
