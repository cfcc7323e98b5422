// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import static org.anabranch.serving.Tree.list;
import static org.anabranch.serving.Tree.map;
import static org.anabranch.serving.Tree.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Operator;

/** Lets calls of listed functions through, with what stands in for them in DuckDB. */
final class CallGate {
  private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/");

  /** How often the check of a result names it, and a macro of ours its argument. */
  private static final int CHECK_REPEATS = 4;

  private static final int MACRO_REPEATS = 4;

  private final QueryGate queries;
  private final ExpressionGate expressions;
  private final Refusals refusals;
  private final QuerySize size;
  private final TypeGate types;
  private final AggregateGate aggregates;
  private final TimeGate times;
  private final Spellings spellings;

  CallGate(
      QueryGate queries,
      ExpressionGate expressions,
      Refusals refusals,
      QuerySize size,
      TypeGate types,
      AggregateGate aggregates) {
    this.queries = queries;
    this.expressions = expressions;
    this.refusals = refusals;
    this.size = size;
    this.types = types;
    this.aggregates = aggregates;
    this.times = new TimeGate(refusals);
    this.spellings = new Spellings(refusals);
  }

  Expression function(Map<String, Object> node, Scope scope) {
    String name = checkedName(node);
    if (spellings.replace(node, name, argument -> expressions.expression(argument, scope))) {
      return expressions.expression(node, scope);
    }
    if (name.equals("||")) {
      long before = size.nodes();
      Tree.replace(node, joined(node, scope));
      size.repeat(node, before, CHECK_REPEATS * MACRO_REPEATS);
      Tree.wrap(node, "short");
      return TypeGate.of(Type.VARCHAR);
    }
    return Functions.isAggregate(Functions.aggregate(name))
        ? aggregate(node, Functions.aggregate(name), scope)
        : scalar(node, name, scope);
  }

  private Expression aggregate(Map<String, Object> node, String name, Scope scope) {
    queries.modifier(map(node.get("order_bys")), scope);
    expressions.one(node, "filter", scope);
    List<Expression> operands = arguments(node, scope.insideArithmetic(false));
    Tree.rename(node, Functions.target(name));
    Type type = aggregates.typed(node, name, list(node.get("arguments")), operands);
    if (Functions.check(name) != null) {
      Tree.wrap(node, Functions.check(name));
    }
    return TypeGate.of(type);
  }

  private Expression scalar(Map<String, Object> node, String written, Scope scope) {
    String name = times.normal(node, written);
    if (times.isZoned(node, name)) {
      times.unzone(node);
      return times.instant(node, expressions.expression(node, scope));
    }
    Operator operator = times.operator(node, name);
    String target = target(node, name);
    // What stays inside a chain of +, - and * of DOUBLEs is checked where it leaves it.
    boolean chain = ARITHMETIC.contains(name) && !name.equals("/");
    long before = size.nodes();
    List<Expression> operands = arguments(node, scope.insideArithmetic(chain));
    List<Map<String, Object>> nodes = nodes(node);
    Expression result = typed(node, name, operator, nodes, operands);
    Expression first = operands.isEmpty() ? null : operands.get(0);
    Tree.rename(node, times.precise(node, target, first));
    Arithmetic.finish(node, name, nodes, operands, result);
    String check = check(name, result, chain && scope.arithmetic());
    size.repeat(
        node,
        before,
        (check == null || TimeChecks.isOne(check) ? 1 : CHECK_REPEATS)
            * (target.startsWith(Functions.OURS) ? MACRO_REPEATS : 1));
    if (check != null) {
      Tree.wrap(node, check);
    }
    return result;
  }

  private Expression typed(
      Map<String, Object> node,
      String name,
      Operator known,
      List<Map<String, Object>> nodes,
      List<Expression> operands) {
    Operator operator = known == null ? Functions.operator(name, operands.size()) : known;
    if (name.equals("+") && operands.size() == 1) {
      return plus(node, operands.get(0));
    }
    if (name.equals("nullif")) {
      types.apply(node, Operator.EQUAL, nodes, operands);
      return operands.isEmpty() || operands.get(0) == null
          ? null
          : TypeGate.of(operands.get(0).type());
    }
    if (name.equals("~~") || name.equals("!~~") || name.endsWith("like_escape")) {
      types.requireTexts(node, "LIKE", operands);
    }
    if (operator == null) {
      Type type = Functions.type(name);
      boolean finer = Type.DAYS_INTERVAL.equals(type) && TimeGate.isFiner(name, operands);
      return TypeGate.of(finer ? Type.MICRO_INTERVAL : type);
    }
    // What decides the operator, a unit, is no operand of it.
    int first = name.equals("date_trunc") ? 1 : 0;
    Expression result =
        operator == Operator.AT_TIME_ZONE
            ? types.apply(node, operator, reversed(nodes), reversed(operands))
            : types.apply(
                node,
                operator,
                nodes.subList(first, nodes.size()),
                operands.subList(first, operands.size()));
    return result == null ? TypeGate.of(Functions.type(name)) : result;
  }

  private Expression plus(Map<String, Object> node, Expression operand) {
    if (operand != null && !operand.type().isNumeric() && !operand.type().isInterval()) {
      throw types.wrong(node, "Cannot apply + to " + operand.type());
    }
    return operand;
  }

  private static <T> List<T> reversed(List<T> two) {
    List<T> turned = new ArrayList<>(two);
    Collections.reverse(turned);
    return turned;
  }

  /** What checks a result: that it is finite, and within the years there are. */
  private static String check(String name, Expression result, boolean checkedAround) {
    boolean arithmetic = ARITHMETIC.contains(name);
    if (result == null) {
      return arithmetic || TimeChecks.mayGiveTime(name) ? "checked" : null;
    }
    if (result.type().isTemporal()) {
      return TimeChecks.mayGiveTime(name) ? TimeChecks.of(result.type()) : null;
    }
    boolean inexact = result.type().kind() == Type.Kind.DOUBLE && arithmetic;
    return inexact && !checkedAround ? "finite" : null;
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
      size.expression(
          left,
          () -> {
            Tree.replace(left, joined(left, scope));
            return null;
          });
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
    if (!Functions.isAggregate(Functions.aggregate(name))
        && (node.get("filter") != null
            || Boolean.TRUE.equals(node.get("distinct"))
            || !list(map(node.get("order_bys")).get("orders")).isEmpty())) {
      throw refusals.refused(
          node, "FILTER, DISTINCT or ORDER BY in " + name, ": it is no aggregate");
    }
    list(node.get("arguments")).forEach(argument -> refusals.only(map(argument), "expression"));
    return name;
  }

  private List<Expression> arguments(Map<String, Object> node, Scope scope) {
    List<Expression> operands = new ArrayList<>();
    for (Object argument : list(node.get("arguments"))) {
      operands.add(expressions.one(map(argument), "expression", scope));
    }
    return operands;
  }

  private static List<Map<String, Object>> nodes(Map<String, Object> node) {
    return list(node.get("arguments")).stream()
        .map(argument -> map(map(argument).get("expression")))
        .toList();
  }

  private String target(Map<String, Object> node, String name) {
    String target = Functions.target(name);
    if (target == null) {
      boolean operator = Boolean.TRUE.equals(node.get("is_operator"));
      throw refusals.refused(
          node, (operator ? "operator " : "function ") + name, Functions.advice(name));
    }
    return target;
  }
}
