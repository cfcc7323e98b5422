// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anabranch.view.accumulator.AggregateFunction;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlUnresolvedFunction;

/**
 * An aggregate as written.
 *
 * @param name its name in upper case
 * @param distinct whether DISTINCT stands before its arguments
 * @param operands its arguments
 * @param filter the condition of FILTER
 * @param span where it stands
 */
record AggregateCall(
    String name, boolean distinct, List<SqlNode> operands, Optional<SqlNode> filter, Span span) {
  /** The clause that the arguments of an aggregate stand in, for messages. */
  static final String CLAUSE = "an aggregate";

  private static final Map<String, AggregateFunction> FUNCTIONS =
      Map.ofEntries(
          Map.entry("COUNT", AggregateFunction.COUNT),
          Map.entry("SUM", AggregateFunction.SUM),
          Map.entry("MIN", AggregateFunction.MIN),
          Map.entry("MAX", AggregateFunction.MAX),
          Map.entry("AVG", AggregateFunction.AVG),
          Map.entry("VAR_POP", AggregateFunction.VAR_POP),
          Map.entry("VAR_SAMP", AggregateFunction.VAR_SAMP),
          Map.entry("STDDEV_POP", AggregateFunction.STDDEV_POP),
          Map.entry("STDDEV_SAMP", AggregateFunction.STDDEV_SAMP),
          Map.entry("APPROX_COUNT_DISTINCT", AggregateFunction.APPROX_COUNT_DISTINCT),
          Map.entry("APPROX_PERCENTILE", AggregateFunction.APPROX_PERCENTILE),
          Map.entry("ARG_MIN", AggregateFunction.ARG_MIN),
          Map.entry("ARG_MAX", AggregateFunction.ARG_MAX),
          Map.entry("MIN_BY", AggregateFunction.ARG_MIN),
          Map.entry("MAX_BY", AggregateFunction.ARG_MAX),
          Map.entry("VARIANCE", AggregateFunction.VAR_SAMP),
          Map.entry("STDDEV", AggregateFunction.STDDEV_SAMP),
          Map.entry("COUNT_IF", AggregateFunction.COUNT),
          Map.entry("COUNTIF", AggregateFunction.COUNT),
          Map.entry("BOOL_AND", AggregateFunction.MIN),
          Map.entry("EVERY", AggregateFunction.MIN),
          Map.entry("BOOL_OR", AggregateFunction.MAX));

  private static final Set<String> OF_CONDITIONS =
      Set.of("COUNT_IF", "COUNTIF", "BOOL_AND", "EVERY", "BOOL_OR");

  static List<String> names() {
    return FUNCTIONS.keySet().stream().sorted().toList();
  }

  /** The aggregate that a call is, if it is one. */
  static Optional<AggregateCall> of(SqlCall call, Span span) {
    if (call.getKind() == SqlKind.FILTER && call.operand(0) instanceof SqlCall inner) {
      return of(inner, span)
          .filter(aggregate -> aggregate.filter().isEmpty())
          .map(aggregate -> aggregate.withFilter(call.operand(1)));
    }
    if (!(call.getOperator() instanceof SqlUnresolvedFunction function)
        || !FUNCTIONS.containsKey(name(function))) {
      return Optional.empty();
    }
    String name = name(function);
    return Optional.of(
        new AggregateCall(name, isDistinct(call), call.getOperandList(), Optional.empty(), span));
  }

  /** Whether any aggregate stands in the tree, or would stand there if it were supported. */
  static boolean isIn(SqlNode node) {
    if (node instanceof SqlCall call && !(node instanceof SqlSelect)) {
      return of(call, new Span(0, 0)).isPresent()
          || call.getOperandList().stream().anyMatch(AggregateCall::isIn);
    }
    return node instanceof SqlNodeList list && list.stream().anyMatch(AggregateCall::isIn);
  }

  /** A function's name in upper case, with its qualifier if it has one. */
  static String name(SqlUnresolvedFunction function) {
    return String.join(".", function.getNameAsId().names).toUpperCase(Locale.ROOT);
  }

  AggregateFunction function() {
    boolean star = name.equals("COUNT") && operands.size() == 1 && isStar(operands.get(0));
    if (star) {
      return AggregateFunction.COUNT_ROWS;
    }
    return name.equals("COUNT") && distinct
        ? AggregateFunction.COUNT_DISTINCT
        : FUNCTIONS.get(name);
  }

  /** Whether it aggregates a condition, which is kept as the number 1 or 0. */
  boolean isOfCondition() {
    return OF_CONDITIONS.contains(name);
  }

  /** Whether it presents a condition. */
  boolean isTruth() {
    return isOfCondition() && function() != AggregateFunction.COUNT;
  }

  static boolean isStar(SqlNode node) {
    return node instanceof SqlIdentifier identifier && identifier.isStar();
  }

  private static boolean isDistinct(SqlCall call) {
    SqlLiteral quantifier =
        call instanceof SqlBasicCall basic ? basic.getFunctionQuantifier() : null;
    return quantifier != null && quantifier.getValue() == SqlSelectKeyword.DISTINCT;
  }

  private AggregateCall withFilter(SqlNode condition) {
    return new AggregateCall(name, distinct, operands, Optional.of(condition), span);
  }
}
