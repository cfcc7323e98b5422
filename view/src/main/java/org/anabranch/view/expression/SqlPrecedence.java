// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import java.util.Map;
import java.util.Optional;
import org.anabranch.view.expression.Expression.Call;
import org.anabranch.view.expression.Expression.Literal;

/** How tightly what is written in SQL binds: where parentheses are needed. */
final class SqlPrecedence {
  static final int OR = 1;
  static final int AND = 2;
  static final int NOT = 3;
  static final int COMPARISON = 4;
  static final int SUM = 5;
  static final int PRODUCT = 6;
  static final int SIGN = 7;
  static final int WHOLE = 8;

  private static final Map<Operator, Infix> INFIX =
      Map.ofEntries(
          Map.entry(Operator.OR, new Infix("OR", OR)),
          Map.entry(Operator.AND, new Infix("AND", AND)),
          Map.entry(Operator.EQUAL, new Infix("=", COMPARISON)),
          Map.entry(Operator.NOT_EQUAL, new Infix("<>", COMPARISON)),
          Map.entry(Operator.LESS, new Infix("<", COMPARISON)),
          Map.entry(Operator.LESS_OR_EQUAL, new Infix("<=", COMPARISON)),
          Map.entry(Operator.GREATER, new Infix(">", COMPARISON)),
          Map.entry(Operator.GREATER_OR_EQUAL, new Infix(">=", COMPARISON)),
          Map.entry(Operator.IS_DISTINCT_FROM, new Infix("IS DISTINCT FROM", COMPARISON)),
          Map.entry(Operator.IS_NOT_DISTINCT_FROM, new Infix("IS NOT DISTINCT FROM", COMPARISON)),
          Map.entry(Operator.ADD, new Infix("+", SUM)),
          Map.entry(Operator.ADD_INTERVAL, new Infix("+", SUM)),
          Map.entry(Operator.SUBTRACT, new Infix("-", SUM)),
          Map.entry(Operator.TIME_BETWEEN, new Infix("-", SUM)),
          Map.entry(Operator.CONCAT, new Infix("||", SUM)),
          Map.entry(Operator.MULTIPLY, new Infix("*", PRODUCT)),
          Map.entry(Operator.DIVIDE, new Infix("/", PRODUCT)),
          Map.entry(Operator.MODULO, new Infix("%", PRODUCT)));

  private SqlPrecedence() {}

  /** How an operator between its operands is written, and how tightly it binds. */
  record Infix(String sign, int level) {}

  static int level(Expression expression) {
    if (expression instanceof Literal literal) {
      return LiteralText.isSigned(literal) ? SIGN : WHOLE;
    }
    if (!(expression instanceof Call call)) {
      return WHOLE;
    }
    Infix infix = INFIX.get(call.operator());
    if (infix != null) {
      return infix.level();
    }
    return switch (call.operator()) {
      case NOT -> NOT;
      case NEGATE, AT_TIME_ZONE -> SIGN;
      case IN, LIKE, IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE ->
          COMPARISON;
      default -> WHOLE;
    };
  }

  /** {@code a - b - c} is {@code (a - b) - c}; {@code ||} beside {@code +} is hard to read. */
  static int leftLevel(Expression left, Call call, Infix infix) {
    boolean mixed =
        left instanceof Call inner
            && (inner.operator() == Operator.CONCAT) != (call.operator() == Operator.CONCAT);
    return infix.level() == COMPARISON || mixed ? infix.level() + 1 : infix.level();
  }

  static Optional<Infix> infix(Operator operator) {
    return Optional.ofNullable(INFIX.get(operator));
  }
}
