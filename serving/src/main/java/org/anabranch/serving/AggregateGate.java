// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import static org.anabranch.serving.Tree.list;
import static org.anabranch.serving.Tree.map;

import java.util.List;
import java.util.Map;
import org.anabranch.view.Type;
import org.anabranch.view.accumulator.Accumulators;
import org.anabranch.view.accumulator.AggregateFunction;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.TypeException;

/**
 * Types of aggregates and of functions with OVER: those that views have give what they give there
 * ({@link Accumulators#typeOf}).
 */
final class AggregateGate {
  private static final Map<String, AggregateFunction> SHARED =
      Map.ofEntries(
          Map.entry("count", AggregateFunction.COUNT),
          Map.entry("sum", AggregateFunction.SUM),
          Map.entry("avg", AggregateFunction.AVG),
          Map.entry("min", AggregateFunction.MIN),
          Map.entry("max", AggregateFunction.MAX),
          Map.entry("var_pop", AggregateFunction.VAR_POP),
          Map.entry("var_samp", AggregateFunction.VAR_SAMP),
          Map.entry("stddev_pop", AggregateFunction.STDDEV_POP),
          Map.entry("stddev_samp", AggregateFunction.STDDEV_SAMP),
          Map.entry("approx_count_distinct", AggregateFunction.APPROX_COUNT_DISTINCT),
          Map.entry("arg_min", AggregateFunction.ARG_MIN),
          Map.entry("arg_max", AggregateFunction.ARG_MAX));

  private final TypeGate types;

  AggregateGate(TypeGate types) {
    this.types = types;
  }

  /**
   * The type of a call whose arguments have been walked.
   *
   * @param name as {@link Functions} calls it
   * @return null if it is not known
   */
  Type typed(
      Map<String, Object> node, String name, List<Object> arguments, List<Expression> operands) {
    AggregateFunction shared = SHARED.get(name);
    if (shared != null) {
      return shared(node, shared, operands);
    }
    Expression first = operands.isEmpty() ? null : operands.get(0);
    List<Object> within = list(map(node.get("order_bys")).get("orders"));
    if (name.startsWith("quantile_") && operands.size() == 1 && !within.isEmpty()) {
      return withinGroup(name, map(within.get(0)));
    }
    return switch (name) {
      case "count_star", "row_number", "rank", "dense_rank", "ntile" -> Type.BIGINT;
      case "count_if" -> {
        truth(node, name, first);
        Map<String, Object> condition = map(arguments.get(0));
        condition.put(
            "expression",
            Tree.choice(
                condition.get("expression"), Tree.number(1), Tree.constant("NULL_LITERAL", "")));
        yield Type.BIGINT;
      }
      case "corr", "percent_rank", "cume_dist" -> Type.DOUBLE;
      case "bool_and", "bool_or" -> truth(node, name, first);
      case "string_agg" -> Type.VARCHAR;
      case "median", "quantile_cont", "approx_percentile" -> share(node, name, arguments, first);
      case "lag", "lead" -> operands.size() == 3 || first == null ? null : first.type();
      default -> first == null ? null : first.type();
    };
  }

  private Type shared(
      Map<String, Object> node, AggregateFunction function, List<Expression> operands) {
    if (function == AggregateFunction.COUNT && operands.size() > 1) {
      throw types.wrong(
          node,
          "Cannot count "
              + operands.size()
              + " values at once: write COUNT(DISTINCT a || '/' || b) for pairs");
    }
    if (function == AggregateFunction.COUNT || operands.contains(null)) {
      return function == AggregateFunction.COUNT ? Type.BIGINT : null;
    }
    try {
      List<Type> of = operands.stream().map(Expression::type).toList();
      Type type = Accumulators.typeOf(function, of);
      if (function == AggregateFunction.SUM && type.kind() == Type.Kind.BIGINT) {
        Tree.convert(node, "BIGINT");
      }
      return type;
    } catch (TypeException e) {
      throw types.wrong(node, e);
    }
  }

  /** PERCENTILE_CONT(share) WITHIN GROUP (ORDER BY x), as the parser gives it. */
  private static Type withinGroup(String name, Map<String, Object> order) {
    if (name.equals("quantile_disc")) {
      return null;
    }
    Tree.convert(map(order.get("expression")), "DOUBLE");
    return Type.DOUBLE;
  }

  private Type truth(Map<String, Object> node, String name, Expression argument) {
    if (argument != null && argument.type().kind() != Type.Kind.BOOLEAN) {
      throw types.wrong(
          node,
          "Cannot compute "
              + Functions.shown(name)
              + "("
              + argument.type()
              + "): it takes conditions; write a comparison");
    }
    return Type.BOOLEAN;
  }

  /** A share of numbers is taken of DOUBLEs, as in a view. */
  private Type share(
      Map<String, Object> node, String name, List<Object> arguments, Expression argument) {
    if (argument == null) {
      return null;
    }
    if (!argument.type().isNumeric()) {
      throw types.wrong(
          node,
          "Cannot compute "
              + Functions.shown(name)
              + "("
              + argument.type()
              + "): it takes numbers; write EXTRACT(EPOCH FROM x) of a time");
    }
    Tree.convert(map(map(arguments.get(0)).get("expression")), "DOUBLE");
    return Type.DOUBLE;
  }
}
