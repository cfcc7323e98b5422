// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import java.math.BigDecimal;
import java.util.List;
import org.anabranch.view.Type;
import org.anabranch.view.Type.Kind;
import org.anabranch.view.expression.Expression.Call;
import org.anabranch.view.expression.Expression.Literal;

/** Types of arithmetic. DECIMAL operands keep their own precision and scale. */
final class ArithmeticTyping {
  /** A quotient has at least this many digits after the point. */
  static final int QUOTIENT_SCALE = 16;

  private static final long MILLIS_PER_DAY = TimeFunctions.MILLIS_PER_DAY;

  private ArithmeticTyping() {}

  static Expression binary(Operator operator, Expression left, Expression right)
      throws TypeException {
    if (left.type().isTemporal() || right.type().isTemporal()) {
      return time(operator, left, right);
    }
    if (left.type().isInterval() || right.type().isInterval()) {
      return interval(operator, left, right);
    }
    if (Coercion.isBareNull(left) && Coercion.isBareNull(right)) {
      return new Literal(null, Type.INTEGER);
    }
    Type common = numericType(operator, left, right);
    if (common.kind() == Kind.DECIMAL) {
      return decimal(operator, Coercion.decimalOf(left), Coercion.decimalOf(right));
    }
    List<Expression> operands = List.of(Coercion.cast(left, common), Coercion.cast(right, common));
    return new Call(operator, operands, common);
  }

  private static Type numericType(Operator operator, Expression left, Expression right)
      throws TypeException {
    boolean leftFits = left.type().isNumeric() || Coercion.isUntyped(left);
    boolean rightFits = right.type().isNumeric() || Coercion.isUntyped(right);
    if (!leftFits || !rightFits || (Coercion.isUntyped(left) && Coercion.isUntyped(right))) {
      throw refused(operator, left, right);
    }
    if (Coercion.isUntyped(left)) {
      return right.type();
    }
    if (Coercion.isUntyped(right)) {
      return left.type();
    }
    boolean decimal =
        left.type().isExactNumeric()
            && right.type().isExactNumeric()
            && (left.type().kind() == Kind.DECIMAL || right.type().kind() == Kind.DECIMAL);
    return decimal ? Type.decimal(1, 0) : Coercion.common(left.type(), right.type());
  }

  private static Expression decimal(Operator operator, Expression left, Expression right)
      throws TypeException {
    Type type =
        switch (operator) {
          case MULTIPLY -> product(left.type(), right.type());
          case DIVIDE -> quotient(left.type(), right.type());
          case MODULO -> remainder(left.type(), right.type());
          default -> sum(left.type(), right.type());
        };
    return new Call(operator, List.of(left, right), type);
  }

  private static Type sum(Type left, Type right) {
    int scale = Math.max(left.scale(), right.scale());
    int whole = Math.max(Coercion.wholeDigits(left), Coercion.wholeDigits(right)) + 1;
    return Type.decimal(Math.min(Type.MAX_PRECISION, whole + scale), scale);
  }

  private static Type product(Type left, Type right) throws TypeException {
    int scale = left.scale() + right.scale();
    if (scale > Type.MAX_PRECISION) {
      throw new TypeException(
          "Cannot multiply "
              + left
              + " by "
              + right
              + ": the product has "
              + scale
              + " digits after the point, at most 38 fit; write CAST to a smaller scale");
    }
    int precision = Math.min(Type.MAX_PRECISION, left.precision() + right.precision());
    return Type.decimal(precision, scale);
  }

  /**
   * Digits after the point are never given up for digits before it: SUM / COUNT of large types must
   * not become a whole number, and a quotient too large for what is left is an error.
   */
  private static Type quotient(Type left, Type right) {
    int scale = Math.max(QUOTIENT_SCALE, Math.max(left.scale(), right.scale()));
    int whole = Coercion.wholeDigits(left) + right.scale();
    return Type.decimal(Math.min(Type.MAX_PRECISION, whole + scale), scale);
  }

  private static Type remainder(Type left, Type right) {
    int scale = Math.max(left.scale(), right.scale());
    int whole = Math.min(Coercion.wholeDigits(left), Coercion.wholeDigits(right));
    return Type.decimal(Math.max(1, whole + scale), scale);
  }

  /** Times and intervals, and DATE with whole days, as PostgreSQL has them. */
  private static Expression time(Operator operator, Expression left, Expression right)
      throws TypeException {
    if (operator == Operator.SUBTRACT && (right.type().isTemporal() || isTextBeside(right, left))) {
      return Typing.call(Operator.TIME_BETWEEN, List.of(left, right));
    }
    if (operator == Operator.ADD && !left.type().isTemporal()) {
      return time(operator, right, left);
    }
    if (operator == Operator.ADD || operator == Operator.SUBTRACT) {
      if (left.type().kind() == Kind.DATE && isWhole(right.type())) {
        Literal day = new Literal(MILLIS_PER_DAY, Type.DAYS_INTERVAL);
        Expression days = Typing.call(Operator.MULTIPLY, List.of(day, right));
        return Coercion.cast(time(operator, left, days), Type.DATE);
      }
      if (right.type().isInterval()) {
        Expression interval =
            operator == Operator.ADD ? right : Typing.call(Operator.NEGATE, List.of(right));
        return Typing.call(Operator.ADD_INTERVAL, List.of(left, interval));
      }
    }
    throw refused(operator, left, right);
  }

  private static boolean isTextBeside(Expression operand, Expression time) {
    return Coercion.isUntyped(operand) && time.type().isTemporal();
  }

  private static Expression interval(Operator operator, Expression left, Expression right)
      throws TypeException {
    boolean sum = operator == Operator.ADD || operator == Operator.SUBTRACT;
    if (sum && left.type().isDaysInterval() && right.type().isDaysInterval()) {
      List<Expression> operands = Coercion.unify(List.of(left, right));
      return new Call(operator, operands, operands.get(0).type());
    }
    if (sum && left.type().equals(right.type())) {
      return new Call(operator, List.of(left, right), left.type());
    }
    if (operator == Operator.MULTIPLY && isWhole(left.type()) && right.type().isInterval()) {
      return interval(operator, right, left);
    }
    if (operator == Operator.MULTIPLY && left.type().isInterval() && isWhole(right.type())) {
      Expression count = Coercion.cast(right, Type.BIGINT);
      return new Call(operator, List.of(left, count), left.type());
    }
    throw refused(operator, left, right);
  }

  private static boolean isWhole(Type type) {
    return type.kind() == Kind.INTEGER || type.kind() == Kind.BIGINT;
  }

  /** NEGATE and ABS; the negation of a number literal is a literal. */
  static Expression unary(Operator operator, Expression operand) throws TypeException {
    Expression number = Coercion.nullAs(Type.INTEGER, operand);
    Type type = number.type();
    if (!type.isNumeric() && !(type.isInterval() && operator == Operator.NEGATE)) {
      throw Typing.refused(operator, List.of(operand), "a number");
    }
    Call call = new Call(operator, List.of(number), type);
    if (operator == Operator.NEGATE && operand instanceof Literal) {
      try {
        return new Literal(Evaluation.evaluate(call, new Object[0]), type);
      } catch (EvaluationException e) {
        throw new TypeException(e.getMessage());
      }
    }
    return call;
  }

  /** ROUND, FLOOR, CEIL and TRUNC; whole numbers stay of their type. */
  static Expression round(Operator operator, List<Expression> arguments) throws TypeException {
    Typing.requireCount(operator, arguments, 1, operator == Operator.ROUND ? 2 : 1);
    Expression first = arguments.get(0);
    Expression number = Coercion.nullAs(Type.INTEGER, first);
    if (!number.type().isNumeric()) {
      throw Typing.refused(operator, arguments, "a number");
    }
    if (arguments.size() == 1) {
      return new Call(operator, List.of(number), rounded(number.type(), 0));
    }
    Literal digits = digits(arguments.get(1));
    return new Call(
        operator, List.of(number, digits), rounded(number.type(), (Long) digits.value()));
  }

  private static Literal digits(Expression operand) throws TypeException {
    if (Coercion.cast(operand, Type.INTEGER) instanceof Literal literal
        && literal.value() != null) {
      return literal;
    }
    throw new TypeException("Cannot ROUND to a computed number of digits: write it as a number");
  }

  private static Type rounded(Type type, long digits) {
    if (type.kind() != Kind.DECIMAL || digits >= type.scale()) {
      return type;
    }
    int scale = (int) Math.max(digits, 0);
    int precision = Coercion.wholeDigits(type) + 1 + scale;
    return Type.decimal(Math.min(Type.MAX_PRECISION, precision), scale);
  }

  /** The narrowest literal of an exact number: INTEGER, BIGINT or DECIMAL. */
  static Literal literal(BigDecimal value) throws TypeException {
    if (value.scale() == 0 && value.unscaledValue().bitLength() < Long.SIZE) {
      long number = value.longValueExact();
      return new Literal(number, number == (int) number ? Type.INTEGER : Type.BIGINT);
    }
    return Coercion.decimalLiteral(value);
  }

  private static TypeException refused(Operator operator, Expression left, Expression right) {
    return Typing.refused(operator, List.of(left, right), "operands it is defined for");
  }
}
