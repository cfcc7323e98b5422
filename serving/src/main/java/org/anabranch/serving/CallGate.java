// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import static org.anabranch.serving.Tree.list;
import static org.anabranch.serving.Tree.map;
import static org.anabranch.serving.Tree.text;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Lets calls of listed functions through, with what stands in for them in DuckDB. */
final class CallGate {
  private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/");
  private static final Set<String> MAY_OVERFLOW = Set.of("sqrt", "exp", "ln", "log10", "power");

  /** How often the check of a result names it, and a macro of ours its argument. */
  private static final int CHECK_REPEATS = 3;

  private static final int MACRO_REPEATS = 4;

  private final QueryGate queries;
  private final ExpressionGate expressions;
  private final Refusals refusals;
  private final QuerySize size;

  CallGate(QueryGate queries, ExpressionGate expressions, Refusals refusals, QuerySize size) {
    this.queries = queries;
    this.expressions = expressions;
    this.refusals = refusals;
    this.size = size;
  }

  void function(Map<String, Object> node, Scope scope) {
    String name = checkedName(node);
    if (name.equals("||")) {
      size.repeated(CHECK_REPEATS * MACRO_REPEATS, () -> Tree.replace(node, joined(node, scope)));
      Tree.wrap(node, "short");
      return;
    }
    String target = target(node, name);
    queries.modifier(map(node.get("order_bys")), scope);
    expressions.one(node, "filter", scope);
    // What stays inside a chain of +, - and * is checked where it leaves it.
    boolean chain = ARITHMETIC.contains(name) && !name.equals("/");
    boolean checked =
        (ARITHMETIC.contains(name) && !(chain && scope.arithmetic()))
            || MAY_OVERFLOW.contains(name);
    String check = checked ? "finite" : Functions.check(name);
    int times =
        (check == null ? 1 : CHECK_REPEATS)
            * (target.startsWith(Functions.OURS) ? MACRO_REPEATS : 1);
    size.repeated(times, () -> arguments(node, scope.insideArithmetic(chain)));
    Tree.rename(node, target);
    if (check != null) {
      Tree.wrap(node, check);
    }
  }

  /**
   * A chain of || without the check that goes around all of it. Only the first two operands may
   * both be no texts; what is joined to the text they make is made a text alone.
   */
  private Map<String, Object> joined(Map<String, Object> node, Scope scope) {
    List<Object> arguments = list(node.get("arguments"));
    Map<String, Object> left = map(map(arguments.get(0)).get("expression"));
    boolean chain = isJoin(left);
    if (chain) {
      size.expression(left, () -> Tree.replace(left, joined(left, scope)));
    } else {
      expressions.expression(left, scope);
    }
    Map<String, Object> right = map(map(arguments.get(1)).get("expression"));
    expressions.expression(right, scope);
    return chain
        ? Tree.operator("||", List.of(left, Tree.call("text", List.of(right))))
        : Tree.call("concat", List.of(left, right));
  }

  private boolean isJoin(Map<String, Object> node) {
    return text(node, "class").equals("FUNCTION") && checkedName(node).equals("||");
  }

  private String checkedName(Map<String, Object> node) {
    refusals.only(
        node,
        "function_name",
        "filter",
        "order_bys",
        "distinct",
        "is_operator",
        "arguments",
        "qualified_name");
    refusals.unqualified(node, "function");
    String name = text(node, "function_name").toLowerCase(Locale.ROOT);
    if (!Functions.isAggregate(name)
        && (node.get("filter") != null
            || Boolean.TRUE.equals(node.get("distinct"))
            || !list(map(node.get("order_bys")).get("orders")).isEmpty())) {
      throw refusals.refused(
          node, "FILTER, DISTINCT or ORDER BY in " + name, ": it is no aggregate");
    }
    list(node.get("arguments")).forEach(argument -> refusals.only(map(argument), "expression"));
    return name;
  }

  private void arguments(Map<String, Object> node, Scope scope) {
    for (Object argument : list(node.get("arguments"))) {
      refusals.only(map(argument), "expression");
      expressions.one(map(argument), "expression", scope);
    }
  }

  private String target(Map<String, Object> node, String name) {
    if (name.equals("date_part")) {
      return extract(node);
    }
    if (name.equals("date_trunc") && !Functions.isUnit(firstText(node, "date_trunc by no unit"))) {
      throw refusals.refused(node, "date_trunc of this unit", ": take YEAR to SECOND");
    }
    String target = Functions.target(name);
    if (target == null) {
      boolean operator = Boolean.TRUE.equals(node.get("is_operator"));
      throw refusals.refused(
          node, (operator ? "operator " : "function ") + name, Functions.advice(name));
    }
    return target;
  }

  private String extract(Map<String, Object> node) {
    String field = firstText(node, "EXTRACT without a constant field");
    String target = Functions.field(field);
    if (target == null) {
      List<String> fields = Functions.fields().stream().sorted().toList();
      throw refusals.refused(node, "EXTRACT(" + field + ")", Names.suggestion(field, fields));
    }
    list(node.get("arguments")).remove(0);
    return target;
  }

  private String firstText(Map<String, Object> node, String otherwise) {
    List<Object> arguments = list(node.get("arguments"));
    if (!arguments.isEmpty()
        && map(arguments.get(0)).get("expression") instanceof Map<?, ?> first
        && first.get("literal") instanceof Map<?, ?> literal
        && "STRING".equals(literal.get("kind"))) {
      return String.valueOf(literal.get("text"));
    }
    throw refusals.refused(node, otherwise, "");
  }

  void window(Map<String, Object> node, Scope scope) {
    refusals.only(
        node,
        "function_name",
        "partitions",
        "orders",
        "start",
        "end",
        "start_expr",
        "end_expr",
        "offset_expr",
        "default_expr",
        "ignore_nulls",
        "has_ignore_nulls",
        "filter_expr",
        "exclude_clause",
        "distinct",
        "arguments",
        "qualified_name");
    refusals.unqualified(node, "function");
    String name = text(node, "function_name").toLowerCase(Locale.ROOT);
    if (!Functions.isWindow(name)) {
      throw refusals.refused(node, "function " + name + " with OVER", Functions.advice(name));
    }
    expressions.all(node, "partitions", scope);
    expressions.orders(node, "orders", scope);
    for (String key :
        List.of("start_expr", "end_expr", "offset_expr", "default_expr", "filter_expr")) {
      expressions.one(node, key, scope);
    }
    arguments(node, scope);
    if (Functions.check(name) != null) {
      Tree.wrap(node, Functions.check(name));
    }
  }
}
