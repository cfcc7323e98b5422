// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.anabranch.view.Type;
import org.anabranch.view.Type.Kind;
import org.anabranch.view.expression.Expression.Call;
import org.anabranch.view.expression.Expression.Case;
import org.anabranch.view.expression.Expression.Literal;
import org.anabranch.view.expression.Expression.When;

/**
 * Builds typed expressions: finds the common type of operands and puts in the casts.
 *
 * <p>What holds for every {@link Call} it builds: operands of comparisons, IN and COALESCE have one
 * type; operands of arithmetic have the type of the result, except that DECIMAL operands keep their
 * own precision and scale, and an interval is multiplied by a BIGINT; start and length of SUBSTRING
 * are BIGINT; patterns, zones and digits are literals.
 */
public final class Typing {
  private Typing() {}

  /**
   * An operator applied to operands of any types.
   *
   * @throws TypeException if the operator does not take these types
   */
  public static Expression call(Operator operator, List<Expression> arguments)
      throws TypeException {
    return switch (operator) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO -> {
        requireCount(operator, arguments, 2, 2);
        yield ArithmeticTyping.binary(operator, arguments.get(0), arguments.get(1));
      }
      case NEGATE, ABS -> {
        requireCount(operator, arguments, 1, 1);
        yield ArithmeticTyping.unary(operator, arguments.get(0));
      }
      case ROUND, FLOOR, CEIL, TRUNC -> ArithmeticTyping.round(operator, arguments);
      case SIGN, SQRT, EXP, LN, LOG10, POWER -> FunctionTyping.call(operator, arguments);
      case EQUAL,
          NOT_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          IS_DISTINCT_FROM,
          IS_NOT_DISTINCT_FROM -> {
        requireCount(operator, arguments, 2, 2);
        yield new Call(operator, Coercion.unify(arguments), Type.BOOLEAN);
      }
      case IN -> {
        requireCount(operator, arguments, 2, Integer.MAX_VALUE);
        yield new Call(operator, Coercion.unify(arguments), Type.BOOLEAN);
      }
      case AND, OR -> truth(operator, arguments, 2, Integer.MAX_VALUE);
      case NOT, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE -> truth(operator, arguments, 1, 1);
      case IS_NULL, IS_NOT_NULL -> {
        requireCount(operator, arguments, 1, 1);
        yield new Call(operator, arguments, Type.BOOLEAN);
      }
      case COALESCE, GREATEST, LEAST -> {
        requireCount(operator, arguments, 1, Integer.MAX_VALUE);
        List<Expression> operands = Coercion.unify(arguments);
        yield new Call(operator, operands, operands.get(0).type());
      }
      case LIKE,
          UPPER,
          LOWER,
          TRIM_BOTH,
          TRIM_LEADING,
          TRIM_TRAILING,
          SUBSTRING,
          POSITION,
          REPLACE,
          LPAD,
          RPAD,
          REPEAT,
          REVERSE,
          SPLIT_PART,
          CHAR_LENGTH,
          CONCAT ->
          TextTyping.call(operator, arguments);
      default -> time(operator, arguments);
    };
  }

  private static Expression time(Operator operator, List<Expression> arguments)
      throws TypeException {
    int count = TimeTyping.isFloor(operator) || TimeTyping.isExtract(operator) ? 1 : 2;
    requireCount(operator, arguments, count, count);
    Expression first = arguments.get(0);
    return switch (operator) {
      case AT_TIME_ZONE -> TimeTyping.atTimeZone(first, arguments.get(1));
      case ADD_INTERVAL -> TimeTyping.addInterval(first, arguments.get(1));
      case TIME_BETWEEN -> TimeTyping.between(first, arguments.get(1));
      default -> TimeTyping.field(operator, first);
    };
  }

  private static Expression truth(
      Operator operator, List<Expression> arguments, int least, int most) throws TypeException {
    requireCount(operator, arguments, least, most);
    List<Expression> operands = new ArrayList<>();
    for (Expression argument : arguments) {
      operands.add(condition(argument, operator.name()));
    }
    return new Call(operator, operands, Type.BOOLEAN);
  }

  private static Expression condition(Expression operand, String where) throws TypeException {
    if (operand.type().kind() != Kind.BOOLEAN && !Coercion.isUntyped(operand)) {
      throw new TypeException(
          "Cannot use " + operand.type() + " as a condition of " + where + ": write a comparison");
    }
    return Coercion.cast(operand, Type.BOOLEAN);
  }

  /** An explicit CAST; of a constant, it is done at once. */
  public static Expression cast(Expression operand, Type type) throws TypeException {
    return Coercion.cast(operand, type);
  }

  /** TRY_CAST: null where the CAST of a text would fail. */
  public static Expression tryCast(Expression operand, Type type) throws TypeException {
    if (operand.type().kind() != Kind.VARCHAR) {
      throw new TypeException(
          "Cannot apply TRY_CAST to "
              + operand.type()
              + ": it takes text; write CAST, or TRY_CAST(CAST(... AS VARCHAR) AS ...)");
    }
    return type.kind() == Kind.VARCHAR
        ? operand
        : new Call(Operator.TRY_CAST, List.of(operand), type);
  }

  /**
   * CASE WHEN ... THEN ... ELSE ... END.
   *
   * @param otherwise ELSE; if it is missing, null or a null literal
   */
  public static Expression cases(List<When> branches, Expression otherwise) throws TypeException {
    if (branches.isEmpty()) {
      throw new TypeException("Cannot have a CASE without WHEN");
    }
    List<Expression> values = new ArrayList<>();
    branches.forEach(branch -> values.add(branch.value()));
    values.add(otherwise == null ? new Literal(null, Type.VARCHAR) : otherwise);
    List<Expression> operands = Coercion.unify(values);
    List<When> typed = new ArrayList<>();
    for (int i = 0; i < branches.size(); i++) {
      typed.add(new When(condition(branches.get(i).condition(), "CASE"), operands.get(i)));
    }
    Expression last = operands.get(operands.size() - 1);
    return new Case(typed, last, last.type());
  }

  /** The type that values of both types convert to without loss of meaning. */
  public static Type common(Type left, Type right) throws TypeException {
    return Coercion.common(left, right);
  }

  /**
   * The literal of an exact number as SQL writes it: {@code 1} is INTEGER, larger ones are BIGINT,
   * larger ones and those with a point DECIMAL of just their digits.
   */
  public static Literal number(BigDecimal value) throws TypeException {
    return ArithmeticTyping.literal(value);
  }

  static void requireCount(Operator operator, List<Expression> arguments, int least, int most)
      throws TypeException {
    if (arguments.size() < least || arguments.size() > most) {
      String wanted =
          least == most ? "" + least : most > 9 ? least + " or more" : least + " to " + most;
      throw new TypeException(
          "Cannot apply "
              + operator
              + " to "
              + arguments.size()
              + " arguments: it takes "
              + wanted);
    }
  }

  static TypeException refused(Operator operator, List<Expression> arguments, String wanted) {
    String types =
        arguments.stream()
            .map(argument -> Coercion.isBareNull(argument) ? "NULL" : argument.type().toString())
            .collect(Collectors.joining(" and "));
    return new TypeException("Cannot apply " + operator + " to " + types + ": it takes " + wanted);
  }
}
