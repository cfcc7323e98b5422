// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import static org.anabranch.serving.Tree.call;
import static org.anabranch.serving.Tree.list;
import static org.anabranch.serving.Tree.map;
import static org.anabranch.serving.Tree.number;
import static org.anabranch.serving.Tree.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lets casts to our types through, as calls of our functions. */
final class CastGate {
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("BOOLEAN", "to_boolean"),
          Map.entry("INTEGER", "to_integer"),
          Map.entry("BIGINT", "to_bigint"),
          Map.entry("DOUBLE", "to_double"),
          Map.entry("VARCHAR", "text"),
          Map.entry("DATE", "to_date"),
          Map.entry("TIMESTAMP", "to_timestamp"),
          Map.entry("TIMESTAMP_MS", "to_timestamp"),
          Map.entry("TIMESTAMP WITH TIME ZONE", "to_instant"),
          Map.entry("TIMESTAMPTZ", "to_instant"));

  /** How often the macros of casts name what is cast. */
  private static final int REPEATED = 3;

  private final ExpressionGate expressions;
  private final Refusals refusals;
  private final QuerySize size;

  CastGate(ExpressionGate expressions, Refusals refusals, QuerySize size) {
    this.expressions = expressions;
    this.refusals = refusals;
    this.size = size;
  }

  void cast(Map<String, Object> node, Scope scope) {
    refusals.only(node, "child", "type_expr");
    size.repeated(REPEATED, () -> expressions.one(node, "child", scope));
    Map<String, Object> type = map(node.get("type_expr"));
    refusals.only(type, "type_name", "children", "qualified_name");
    refusals.unqualified(type, "type");
    String name = text(type, "type_name").toUpperCase(Locale.ROOT);
    List<Object> parameters = list(type.get("children"));
    if (name.equals("DECIMAL") || name.equals("NUMERIC")) {
      decimal(node, type, parameters);
      return;
    }
    String function = TYPES.get(name);
    if (function == null || (!parameters.isEmpty() && !name.equals("TIMESTAMP"))) {
      throw refusals.refused(
          node,
          "the type " + name + (parameters.isEmpty() ? "" : "(...)"),
          ": there are BOOLEAN, INTEGER, BIGINT, DOUBLE, DECIMAL(p, s), VARCHAR, DATE, TIMESTAMP,"
              + " TIMESTAMP WITH TIME ZONE");
    }
    Tree.replace(node, call(function, List.of(node.get("child"))));
  }

  /** CAST(x AS DECIMAL(p, s)) becomes CAST(to_decimal(x, p, s) AS DECIMAL(p, s)). */
  private void decimal(
      Map<String, Object> node, Map<String, Object> type, List<Object> parameters) {
    List<Integer> numbers = parameters.stream().map(one -> digits(node, map(one))).toList();
    int precision = numbers.isEmpty() ? 38 : numbers.get(0);
    int scale = numbers.size() < 2 ? 0 : numbers.get(1);
    if (numbers.isEmpty() || precision < 1 || precision > 38 || scale > precision) {
      throw refusals.refused(
          node, "this DECIMAL", ": write DECIMAL(p, s) with 1 <= p <= 38, s <= p");
    }
    type.put("type_name", "DECIMAL");
    node.put(
        "child", call("to_decimal", List.of(node.get("child"), number(precision), number(scale))));
    type.put("children", new ArrayList<>(List.of(number(precision), number(scale))));
  }

  private int digits(Map<String, Object> node, Map<String, Object> constant) {
    refusals.only(constant, "literal");
    Map<String, Object> literal = map(constant.get("literal"));
    if (!"INTEGER".equals(literal.get("kind")) || !text(literal, "text").matches("[0-9]{1,2}")) {
      throw refusals.refused(node, "this DECIMAL", ": write DECIMAL(p, s) with numbers up to 38");
    }
    return Integer.parseInt(text(literal, "text"));
  }
}
