// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.view.Type;
import org.anabranch.view.Type.Kind;
import org.anabranch.view.expression.Expression.Call;
import org.anabranch.view.expression.Expression.Literal;

/** Types of the functions of text. */
final class TextTyping {
  private static final Literal BLANK = new Literal(" ", Type.VARCHAR);
  private static final Literal BACKSLASH = new Literal("\\", Type.VARCHAR);

  private TextTyping() {}

  static Expression call(Operator operator, List<Expression> arguments) throws TypeException {
    return switch (operator) {
      case LIKE -> like(arguments);
      case TRIM_BOTH, TRIM_LEADING, TRIM_TRAILING -> trim(operator, arguments);
      case SUBSTRING -> substring(arguments);
      case LPAD, RPAD -> pad(operator, arguments);
      case REPEAT -> counted(operator, arguments, 2, 1);
      case SPLIT_PART -> counted(operator, arguments, 3, 2);
      case POSITION -> texts(operator, arguments, 2, Type.INTEGER);
      case REPLACE -> texts(operator, arguments, 3, Type.VARCHAR);
      case CHAR_LENGTH -> texts(operator, arguments, 1, Type.INTEGER);
      case CONCAT -> concat(arguments);
      default -> texts(operator, arguments, 1, Type.VARCHAR);
    };
  }

  private static Expression texts(
      Operator operator, List<Expression> arguments, int count, Type type) throws TypeException {
    Typing.requireCount(operator, arguments, count, count);
    List<Expression> operands = new ArrayList<>();
    for (Expression argument : arguments) {
      operands.add(text(operator, argument, arguments));
    }
    return new Call(operator, operands, type);
  }

  private static Expression text(Operator operator, Expression operand, List<Expression> all)
      throws TypeException {
    if (operand.type().kind() != Kind.VARCHAR) {
      throw Typing.refused(operator, all, "text; write CAST(... AS VARCHAR)");
    }
    return operand;
  }

  private static Expression trim(Operator operator, List<Expression> arguments)
      throws TypeException {
    Typing.requireCount(operator, arguments, 1, 2);
    List<Expression> both = arguments.size() == 2 ? arguments : List.of(arguments.get(0), BLANK);
    return texts(operator, both, 2, Type.VARCHAR);
  }

  private static Expression pad(Operator operator, List<Expression> arguments)
      throws TypeException {
    Typing.requireCount(operator, arguments, 2, 3);
    List<Expression> all = new ArrayList<>(arguments);
    if (arguments.size() == 2) {
      all.add(BLANK);
    }
    return counted(operator, all, 3, 1);
  }

  /** Texts, and a whole number at one place. */
  private static Expression counted(
      Operator operator, List<Expression> arguments, int count, int place) throws TypeException {
    Typing.requireCount(operator, arguments, count, count);
    List<Expression> operands = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      operands.add(
          i == place
              ? whole(operator, arguments.get(i), arguments)
              : text(operator, arguments.get(i), arguments));
    }
    return new Call(operator, operands, Type.VARCHAR);
  }

  private static Expression whole(Operator operator, Expression number, List<Expression> all)
      throws TypeException {
    Kind kind = number.type().kind();
    if (kind != Kind.INTEGER && kind != Kind.BIGINT && !Coercion.isUntyped(number)) {
      throw Typing.refused(operator, all, "a whole number as its number");
    }
    return Coercion.cast(number, Type.BIGINT);
  }

  private static Expression substring(List<Expression> arguments) throws TypeException {
    Typing.requireCount(Operator.SUBSTRING, arguments, 2, 3);
    List<Expression> operands = new ArrayList<>();
    operands.add(text(Operator.SUBSTRING, arguments.get(0), arguments));
    for (Expression place : arguments.subList(1, arguments.size())) {
      refuseRegularExpression(place);
      Kind kind = place.type().kind();
      if (kind != Kind.INTEGER && kind != Kind.BIGINT && !Coercion.isUntyped(place)) {
        throw Typing.refused(Operator.SUBSTRING, arguments, "whole numbers as start and length");
      }
      operands.add(Coercion.cast(place, Type.BIGINT));
    }
    return new Call(Operator.SUBSTRING, operands, Type.VARCHAR);
  }

  private static void refuseRegularExpression(Expression place) throws TypeException {
    if (place instanceof Literal literal
        && literal.value() instanceof String text
        && !text.matches("\\s*[+-]?[0-9]+\\s*")) {
      throw new TypeException(
          "Cannot take a substring from "
              + Excerpt.of(text)
              + ": there are no regular expressions; write a place in numbers, or SPLIT_PART");
    }
  }

  /** One operand must be text; the others are turned into it. */
  private static Expression concat(List<Expression> arguments) throws TypeException {
    Typing.requireCount(Operator.CONCAT, arguments, 2, Integer.MAX_VALUE);
    if (arguments.stream().noneMatch(argument -> argument.type().kind() == Kind.VARCHAR)) {
      throw Typing.refused(Operator.CONCAT, arguments, "text; write CAST(... AS VARCHAR)");
    }
    List<Expression> operands = new ArrayList<>();
    for (Expression argument : arguments) {
      operands.add(Coercion.cast(argument, Type.VARCHAR));
    }
    return new Call(Operator.CONCAT, operands, Type.VARCHAR);
  }

  /** The escape character is a backslash unless said otherwise. */
  private static Expression like(List<Expression> arguments) throws TypeException {
    Typing.requireCount(Operator.LIKE, arguments, 2, 3);
    List<Expression> operands = new ArrayList<>(arguments);
    if (arguments.size() == 2) {
      operands.add(BACKSLASH);
    }
    if (!(operands.get(1) instanceof Literal pattern)
        || !(operands.get(2) instanceof Literal escape)) {
      throw new TypeException("Cannot match LIKE by a computed pattern: write it as a text");
    }
    if (pattern.value() instanceof String text && escape.value() instanceof String character) {
      try {
        LikePattern.of(text, character);
      } catch (EvaluationException e) {
        throw new TypeException(e.getMessage());
      }
    }
    return texts(Operator.LIKE, operands, 3, Type.BOOLEAN);
  }
}
