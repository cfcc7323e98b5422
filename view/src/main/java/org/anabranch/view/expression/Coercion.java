// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.anabranch.view.Type;
import org.anabranch.view.Type.Kind;
import org.anabranch.view.expression.Expression.Cast;
import org.anabranch.view.expression.Expression.Literal;

/**
 * Brings operands to one type. Constants bend to the others: a text literal is read as the type it
 * meets, a null is null of any type, a whole number takes no more digits than it has.
 */
final class Coercion {
  private static final Type INTEGER_DIGITS = Type.decimal(10, 0);
  private static final Type BIGINT_DIGITS = Type.decimal(19, 0);

  private Coercion() {}

  /** The operand as a value of the type; of a constant, at once. */
  static Expression cast(Expression operand, Type type) throws TypeException {
    if (operand.type().equals(type)) {
      return operand;
    }
    if (isBareNull(operand)) {
      return new Literal(null, type);
    }
    if (!Conversions.exists(operand.type(), type)) {
      throw new TypeException("Cannot cast " + operand.type() + " to " + type);
    }
    if (operand instanceof Literal literal) {
      try {
        return new Literal(Conversions.convert(literal.value(), literal.type(), type), type);
      } catch (EvaluationException e) {
        throw new TypeException(e.getMessage());
      }
    }
    return new Cast(operand, type);
  }

  /** NULL as written, not CAST(NULL AS a type). */
  static boolean isBareNull(Expression operand) {
    return operand instanceof Literal literal
        && literal.value() == null
        && literal.type().kind() == Kind.VARCHAR;
  }

  /** NULL as the type, if it is as written; everything else stays. */
  static Expression nullAs(Type type, Expression operand) {
    return isBareNull(operand) ? new Literal(null, type) : operand;
  }

  /** A constant text or bare NULL, whose type the other operands decide. */
  static boolean isUntyped(Expression operand) {
    return operand instanceof Literal literal && literal.type().kind() == Kind.VARCHAR;
  }

  /** All operands cast to the type they have in common. */
  static List<Expression> unify(List<Expression> operands) throws TypeException {
    Type type = commonType(operands);
    List<Expression> cast = new ArrayList<>();
    for (Expression operand : operands) {
      cast.add(cast(operand, type));
    }
    return cast;
  }

  static Type commonType(List<Expression> operands) throws TypeException {
    List<Type> types =
        operands.stream().filter(o -> !isUntyped(o)).map(Expression::type).distinct().toList();
    if (types.isEmpty()) {
      return Type.VARCHAR;
    }
    if (types.stream().allMatch(Type::isNumeric) && types.contains(Type.DOUBLE)) {
      return Type.DOUBLE;
    }
    if (types.stream().allMatch(Type::isExactNumeric)
        && types.stream().anyMatch(type -> type.kind() == Kind.DECIMAL)) {
      return commonDecimal(operands);
    }
    Type common = types.get(0);
    for (Type type : types) {
      common = common(common, type);
    }
    return common;
  }

  private static Type commonDecimal(List<Expression> operands) throws TypeException {
    Type common = null;
    for (Expression operand : operands) {
      if (!isBareNull(operand)) {
        Type type = decimalOf(operand).type();
        common = common == null ? type : common(common, type);
      }
    }
    return common;
  }

  /** An exact number, or a constant text, as a DECIMAL; a constant with the digits it has. */
  static Expression decimalOf(Expression operand) throws TypeException {
    if (operand.type().kind() == Kind.DECIMAL) {
      return operand;
    }
    if (operand instanceof Literal literal && literal.value() != null) {
      return decimalLiteral(literal);
    }
    return cast(operand, operand.type().kind() == Kind.BIGINT ? BIGINT_DIGITS : INTEGER_DIGITS);
  }

  private static Literal decimalLiteral(Literal literal) throws TypeException {
    try {
      BigDecimal value =
          literal.value() instanceof Long number
              ? BigDecimal.valueOf(number)
              : Conversions.parseNumber((String) literal.value(), Type.decimal(38, 0));
      return decimalLiteral(value);
    } catch (EvaluationException e) {
      throw new TypeException(e.getMessage());
    }
  }

  /** The narrowest DECIMAL literal of a value. */
  static Literal decimalLiteral(BigDecimal value) throws TypeException {
    long whole = Math.max((long) value.precision() - value.scale(), 0);
    long scale = Math.max(value.scale(), 0);
    if (whole + scale > Type.MAX_PRECISION) {
      throw new TypeException(
          "Cannot keep "
              + Excerpt.of(value)
              + " exactly: DECIMAL has 38 digits; write it as DOUBLE");
    }
    Type type = Type.decimal((int) Math.max(whole + scale, 1), (int) scale);
    return new Literal(value.setScale((int) scale), type);
  }

  /** The type that values of both types convert to without loss of meaning. */
  static Type common(Type left, Type right) throws TypeException {
    if (left.equals(right)) {
      return left;
    }
    if (left.isNumeric() && right.isNumeric()) {
      return commonNumber(left, right);
    }
    if (left.isTemporal() && right.isTemporal()) {
      return commonTime(left, right);
    }
    if (left.isDaysInterval() && right.isDaysInterval()) {
      return Type.MICRO_INTERVAL;
    }
    throw new TypeException(
        "Cannot combine " + left + " and " + right + ": write CAST to bring them to one type");
  }

  private static Type commonNumber(Type left, Type right) throws TypeException {
    if (left.kind() == Kind.DOUBLE || right.kind() == Kind.DOUBLE) {
      return Type.DOUBLE;
    }
    if (left.kind() != Kind.DECIMAL && right.kind() != Kind.DECIMAL) {
      return Type.BIGINT;
    }
    Type first = digits(left);
    Type second = digits(right);
    int scale = Math.max(first.scale(), second.scale());
    int whole = Math.max(wholeDigits(first), wholeDigits(second));
    if (whole + scale > Type.MAX_PRECISION) {
      throw new TypeException(
          "Cannot combine "
              + left
              + " and "
              + right
              + ": together they need more than 38 digits;"
              + " write CAST to a smaller DECIMAL or to DOUBLE");
    }
    return Type.decimal(whole + scale, scale);
  }

  private static Type commonTime(Type left, Type right) throws TypeException {
    if (left.inMicros().equals(right.inMicros())) {
      return left.inMicros();
    }
    if (left.isInstant() || right.isInstant()) {
      throw new TypeException(
          "Cannot combine "
              + left
              + " and "
              + right
              + ": write AT TIME ZONE to say which region's clock is meant");
    }
    return left.isMicros() || right.isMicros() ? Type.MICRO_TIMESTAMP : Type.TIMESTAMP;
  }

  /** The DECIMAL that holds every value of an exact numeric type. */
  static Type digits(Type type) {
    return switch (type.kind()) {
      case INTEGER -> INTEGER_DIGITS;
      case BIGINT -> BIGINT_DIGITS;
      default -> type;
    };
  }

  static int wholeDigits(Type decimal) {
    return decimal.precision() - decimal.scale();
  }
}
