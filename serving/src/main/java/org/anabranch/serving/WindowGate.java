// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import static org.anabranch.serving.Tree.list;
import static org.anabranch.serving.Tree.map;
import static org.anabranch.serving.Tree.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression;

/** Lets functions with OVER through. */
final class WindowGate {
  private final ExpressionGate expressions;
  private final Refusals refusals;
  private final AggregateGate aggregates;

  WindowGate(ExpressionGate expressions, Refusals refusals, AggregateGate aggregates) {
    this.expressions = expressions;
    this.refusals = refusals;
    this.aggregates = aggregates;
  }

  Expression window(Map<String, Object> node, Scope scope) {
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
    String written = text(node, "function_name").toLowerCase(Locale.ROOT);
    String name = Functions.aggregate(written);
    if (!Functions.isWindow(name)) {
      throw refusals.refused(node, "function " + written + " with OVER", Functions.advice(written));
    }
    expressions.all(node, "partitions", scope);
    expressions.orders(node, "orders", scope);
    for (String key :
        List.of("start_expr", "end_expr", "offset_expr", "default_expr", "filter_expr")) {
      expressions.one(node, key, scope);
    }
    List<Expression> operands = new ArrayList<>();
    for (Object argument : list(node.get("arguments"))) {
      refusals.only(map(argument), "expression");
      operands.add(expressions.one(map(argument), "expression", scope));
    }
    Tree.rename(node, Functions.target(name));
    boolean otherwise = node.get("default_expr") != null;
    Type type = aggregates.typed(node, name, list(node.get("arguments")), operands);
    if (Functions.check(name) != null) {
      Tree.wrap(node, Functions.check(name));
    }
    return otherwise ? null : TypeGate.of(type);
  }
}
