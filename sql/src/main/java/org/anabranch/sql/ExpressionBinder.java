// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Expression.Literal;
import org.anabranch.view.expression.Expression.When;
import org.anabranch.view.expression.Operator;
import org.anabranch.view.expression.TextFunctions;
import org.anabranch.view.expression.TypeException;
import org.anabranch.view.expression.Typing;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Gives a syntax tree names and types. Where a result is null, the reason has been reported; other
 * parts of the tree are looked at all the same, so that one problem does not hide another.
 */
final class ExpressionBinder {
  /** Operators whose operands become arguments in their order. */
  private static final Map<SqlOperator, Operator> OPERATORS =
      Map.ofEntries(
          Map.entry(SqlStdOperatorTable.PLUS, Operator.ADD),
          Map.entry(SqlStdOperatorTable.MINUS, Operator.SUBTRACT),
          Map.entry(SqlStdOperatorTable.MULTIPLY, Operator.MULTIPLY),
          Map.entry(SqlStdOperatorTable.DIVIDE, Operator.DIVIDE),
          Map.entry(SqlStdOperatorTable.PERCENT_REMAINDER, Operator.MODULO),
          Map.entry(SqlStdOperatorTable.UNARY_MINUS, Operator.NEGATE),
          Map.entry(SqlStdOperatorTable.CONCAT, Operator.CONCAT),
          Map.entry(SqlStdOperatorTable.EQUALS, Operator.EQUAL),
          Map.entry(SqlStdOperatorTable.NOT_EQUALS, Operator.NOT_EQUAL),
          Map.entry(SqlStdOperatorTable.LESS_THAN, Operator.LESS),
          Map.entry(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, Operator.LESS_OR_EQUAL),
          Map.entry(SqlStdOperatorTable.GREATER_THAN, Operator.GREATER),
          Map.entry(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, Operator.GREATER_OR_EQUAL),
          Map.entry(SqlStdOperatorTable.IS_DISTINCT_FROM, Operator.IS_DISTINCT_FROM),
          Map.entry(SqlStdOperatorTable.IS_NOT_DISTINCT_FROM, Operator.IS_NOT_DISTINCT_FROM),
          Map.entry(SqlStdOperatorTable.AND, Operator.AND),
          Map.entry(SqlStdOperatorTable.OR, Operator.OR),
          Map.entry(SqlStdOperatorTable.NOT, Operator.NOT),
          Map.entry(SqlStdOperatorTable.IS_NULL, Operator.IS_NULL),
          Map.entry(SqlStdOperatorTable.IS_NOT_NULL, Operator.IS_NOT_NULL),
          Map.entry(SqlStdOperatorTable.IS_TRUE, Operator.IS_TRUE),
          Map.entry(SqlStdOperatorTable.IS_NOT_TRUE, Operator.IS_NOT_TRUE),
          Map.entry(SqlStdOperatorTable.IS_FALSE, Operator.IS_FALSE),
          Map.entry(SqlStdOperatorTable.IS_NOT_FALSE, Operator.IS_NOT_FALSE),
          Map.entry(SqlStdOperatorTable.SUBSTRING, Operator.SUBSTRING));

  private final Translation translation;
  private final Scope scope;
  private final Problems problems;
  private final FunctionBinder functions;

  ExpressionBinder(Translation translation, Scope scope, Problems problems) {
    this.translation = translation;
    this.scope = scope;
    this.problems = problems;
    this.functions = new FunctionBinder(this);
  }

  /** The typed expression of a tree, or null. */
  Expression bind(SqlNode node) {
    Optional<Expression> whole = scope.whole(node);
    if (whole.isPresent()) {
      return whole.get();
    }
    if (node instanceof SqlIdentifier identifier) {
      return identifier(identifier);
    }
    if (node instanceof SqlLiteral literal) {
      return literal(literal);
    }
    return node instanceof SqlCall call ? call(call) : refuse(node);
  }

  /** A condition, or null. */
  Expression bindCondition(SqlNode node, String clause) {
    Expression condition = bind(node);
    if (condition != null && condition.type().kind() != Type.Kind.BOOLEAN) {
      problems.add(
          span(node),
          clause + " must be a condition, not " + condition.type(),
          "write a comparison");
      return null;
    }
    return condition;
  }

  Span span(SqlNode node) {
    return Grammar.span(node, translation.span());
  }

  Translation translation() {
    return translation;
  }

  /** Reports a problem and gives the null that stands for it. */
  Expression report(Span span, String message, String hint) {
    problems.add(span, message, hint);
    return null;
  }

  private Expression identifier(SqlIdentifier identifier) {
    int offset = span(identifier).start();
    Optional<Literal> literal = translation.literalAt(offset);
    if (literal.isPresent() || translation.isUnreadableAt(offset)) {
      return literal.orElse(null);
    }
    if (identifier.isStar()) {
      return report(span(identifier), "* is only allowed in COUNT(*)", "name the columns");
    }
    return scope.column(identifier);
  }

  private Expression literal(SqlLiteral literal) {
    if (literal instanceof SqlNumericLiteral number) {
      return number(number);
    }
    SqlTypeName type = literal.getTypeName();
    if (type == SqlTypeName.NULL) {
      return new Literal(null, Type.VARCHAR);
    }
    if (type == SqlTypeName.BOOLEAN) {
      // UNKNOWN is the null of BOOLEAN
      return new Literal(literal.getValue(), Type.BOOLEAN);
    }
    return type == SqlTypeName.CHAR
        ? new Literal(literal.getValueAs(String.class), Type.VARCHAR)
        : report(span(literal), "this literal is not supported", "");
  }

  private Expression number(SqlNumericLiteral literal) {
    BigDecimal value = literal.bigDecimalValue();
    if (literal.getTypeName() == SqlTypeName.DOUBLE) {
      double number = value.doubleValue();
      boolean lost = Double.isInfinite(number) || (number == 0 && value.signum() != 0);
      return lost
          ? report(span(literal), "this number is out of the range of DOUBLE", "")
          : new Literal(number, Type.DOUBLE);
    }
    return typed(literal, () -> Typing.number(value));
  }

  private Expression call(SqlCall call) {
    Optional<AggregateCall> aggregate = AggregateCall.of(call, span(call));
    if (aggregate.isPresent()) {
      return scope.aggregate(aggregate.get());
    }
    SqlOperator operator = call.getOperator();
    if (OPERATORS.containsKey(operator)) {
      return apply(call, OPERATORS.get(operator), bindAll(call.getOperandList()));
    }
    if (operator instanceof SqlUnresolvedFunction function) {
      return functions.bind(function, call);
    }
    return special(call);
  }

  private Expression special(SqlCall call) {
    SqlOperator operator = call.getOperator();
    if (operator.equals(SqlStdOperatorTable.UNARY_PLUS)) {
      return unaryPlus(call);
    }
    if (operator.equals(SqlStdOperatorTable.IS_UNKNOWN)) {
      return unknown(call, Operator.IS_NULL);
    }
    if (operator.equals(SqlStdOperatorTable.IS_NOT_UNKNOWN)) {
      return unknown(call, Operator.IS_NOT_NULL);
    }
    return switch (call.getKind()) {
      case BETWEEN -> between(call);
      case IN -> in(call);
      case NOT_IN -> not(call, in(call));
      case LIKE -> like(call);
      case CASE -> cases((SqlCase) call);
      case CAST -> cast(call, call.operand(1));
      case SAFE_CAST -> tryCast(call);
      case ITEM -> item(call);
      case EXTRACT -> functions.extract(call);
      case FLOOR, CEIL -> functions.floorOrCeil(call);
      case TRIM -> functions.trim(call);
      default -> refuse(call);
    };
  }

  private Expression unaryPlus(SqlCall call) {
    Expression operand = bind(call.operand(0));
    if (operand != null && !operand.type().isNumeric() && !operand.type().isInterval()) {
      return report(span(call), "Cannot apply + to " + operand.type(), "");
    }
    return operand;
  }

  private Expression unknown(SqlCall call, Operator operator) {
    Expression operand = bindCondition(call.operand(0), "what IS UNKNOWN is asked of");
    return operand == null ? null : apply(call, operator, List.of(operand));
  }

  private Expression between(SqlCall call) {
    SqlBetweenOperator operator = (SqlBetweenOperator) call.getOperator();
    if (operator.flag == SqlBetweenOperator.Flag.SYMMETRIC) {
      return report(span(call), "BETWEEN SYMMETRIC is not supported", "write the lower end first");
    }
    List<Expression> operands = bindAll(call.getOperandList());
    if (operands == null) {
      return null;
    }
    Expression value = operands.get(0);
    Expression above = apply(call, Operator.GREATER_OR_EQUAL, List.of(value, operands.get(1)));
    Expression below = apply(call, Operator.LESS_OR_EQUAL, List.of(value, operands.get(2)));
    if (above == null || below == null) {
      return null;
    }
    Expression inside = apply(call, Operator.AND, List.of(above, below));
    return operator.isNegated() ? not(call, inside) : inside;
  }

  private Expression in(SqlCall call) {
    if (!(call.operand(1) instanceof SqlNodeList list)) {
      return refuse(call.operand(1));
    }
    List<SqlNode> all = new ArrayList<>(List.of(call.operand(0)));
    all.addAll(list.getList());
    return apply(call, Operator.IN, bindAll(all));
  }

  private Expression like(SqlCall call) {
    String name = call.getOperator().getName();
    List<Expression> operands = bindAll(call.getOperandList());
    Expression matches =
        name.endsWith("ILIKE")
            ? likeOfAnyCase(call, operands)
            : apply(call, Operator.LIKE, operands);
    return name.startsWith("NOT ") ? not(call, matches) : matches;
  }

  /** ILIKE is LIKE of both in lower case. */
  private Expression likeOfAnyCase(SqlCall call, List<Expression> operands) {
    if (operands == null) {
      return null;
    }
    List<Expression> lower = new ArrayList<>(operands);
    lower.set(0, apply(call, Operator.LOWER, List.of(operands.get(0))));
    for (int i = 1; i < lower.size(); i++) {
      if (lower.get(i) instanceof Literal literal && literal.value() instanceof String text) {
        lower.set(i, new Literal(TextFunctions.lower(text), Type.VARCHAR));
      }
    }
    boolean letter =
        operands.size() > 2
            && operands.get(2) instanceof Literal literal
            && literal.value() instanceof String escape
            && escape.codePoints().anyMatch(Character::isLetter);
    if (letter) {
      return report(span(call), "ILIKE is not escaped by a letter", "write ESCAPE '!'");
    }
    return lower.get(0) == null ? null : apply(call, Operator.LIKE, lower);
  }

  private Expression cases(SqlCase call) {
    List<Expression> conditions = bindAll(call.getWhenOperands().getList());
    List<Expression> values = bindAll(call.getThenOperands().getList());
    Expression otherwise = bind(Objects.requireNonNull(call.getElseOperand(), "no ELSE"));
    if (conditions == null || values == null || otherwise == null) {
      return null;
    }
    List<When> branches = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      branches.add(new When(conditions.get(i), values.get(i)));
    }
    return typed(call, () -> Typing.cases(branches, otherwise));
  }

  private Expression cast(SqlCall call, SqlNode target) {
    Optional<Type> type = translation.typeAt(span(target).start());
    Expression operand = bind(call.operand(0));
    return operand == null || type.isEmpty()
        ? null
        : typed(call, () -> Typing.cast(operand, type.get()));
  }

  private Expression tryCast(SqlCall call) {
    Optional<Type> type = translation.typeAt(span(call.operand(1)).start());
    Expression operand = bind(call.operand(0));
    return operand == null || type.isEmpty()
        ? null
        : typed(call, () -> Typing.tryCast(operand, type.get()));
  }

  /** What {@link Translation} made of {@code ::} and AT TIME ZONE. */
  private Expression item(SqlCall call) {
    return call.operand(1) instanceof SqlIdentifier
        ? cast(call, call.operand(1))
        : apply(call, Operator.AT_TIME_ZONE, bindAll(call.getOperandList()));
  }

  private Expression not(SqlCall call, Expression operand) {
    return operand == null ? null : apply(call, Operator.NOT, List.of(operand));
  }

  /** All of them, or null if one of them has a problem. */
  List<Expression> bindAll(List<SqlNode> nodes) {
    // the nulls are wanted: every node is bound before the first failure counts
    List<Expression> bound =
        Arrays.asList(nodes.stream().map(this::bind).toArray(Expression[]::new));
    return bound.contains(null) ? null : bound;
  }

  Expression apply(SqlNode node, Operator operator, List<Expression> arguments) {
    return arguments == null ? null : typed(node, () -> Typing.call(operator, arguments));
  }

  /** Something that may not have a type. */
  @FunctionalInterface
  interface Typed {
    Expression get() throws TypeException;
  }

  Expression typed(SqlNode node, Typed expression) {
    try {
      return expression.get();
    } catch (TypeException e) {
      return report(span(node), e.getMessage(), "");
    }
  }

  private Expression refuse(SqlNode node) {
    boolean decorated = node.getKind() == SqlKind.FILTER || node.getKind() == SqlKind.WITHIN_GROUP;
    if (decorated && bind(((SqlCall) node).operand(0)) == null) {
      return null;
    }
    if (node.getKind() == SqlKind.OTHER && node instanceof SqlCall call) {
      return report(span(node), call.getOperator().getName() + " is not supported", "");
    }
    Refusals.Refusal refusal = Refusals.construct(node.getKind());
    return report(span(node), refusal.message(), refusal.hint());
  }
}
