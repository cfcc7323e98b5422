// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.List;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression.ColumnReference;
import org.anabranch.view.expression.Expression.Literal;

/** Short ways to write expressions and their values in tests. */
final class Expressions {
  static final Literal NULL = new Literal(null, Type.VARCHAR);
  static final Literal TRUE = new Literal(true, Type.BOOLEAN);
  static final Literal FALSE = new Literal(false, Type.BOOLEAN);
  static final Literal UNKNOWN = new Literal(null, Type.BOOLEAN);

  private static final Object[] NO_ROW = new Object[0];

  private Expressions() {}

  static Literal whole(long value) {
    return new Literal(value, value == (int) value ? Type.INTEGER : Type.BIGINT);
  }

  static Literal big(long value) {
    return new Literal(value, Type.BIGINT);
  }

  static Literal real(double value) {
    return new Literal(value, Type.DOUBLE);
  }

  static Literal text(String value) {
    return new Literal(value, Type.VARCHAR);
  }

  /** DECIMAL with just the digits as written. */
  static Literal decimal(String value) {
    BigDecimal number = new BigDecimal(value);
    int precision = Math.max(number.precision(), number.scale());
    return new Literal(number, Type.decimal(precision, number.scale()));
  }

  static Literal date(String value) {
    return parsed(value, Type.DATE);
  }

  static Literal timestamp(String value) {
    return parsed(value, Type.TIMESTAMP);
  }

  static Literal instant(String value) {
    return parsed(value, Type.INSTANT);
  }

  static Literal millis(long value) {
    return new Literal(value, Type.DAYS_INTERVAL);
  }

  static Literal months(long value) {
    return new Literal(value, Type.MONTHS_INTERVAL);
  }

  private static Literal parsed(String value, Type type) {
    return (Literal) cast(text(value), type);
  }

  static Expression column(Type type) {
    return new ColumnReference(0, "x", type);
  }

  static Expression call(Operator operator, Expression... arguments) {
    try {
      return Typing.call(operator, List.of(arguments));
    } catch (TypeException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static Expression cast(Expression operand, Type type) {
    try {
      return Typing.cast(operand, type);
    } catch (TypeException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** A BOOLEAN that cannot be computed. */
  static Expression failing() {
    return call(Operator.EQUAL, call(Operator.DIVIDE, whole(1), whole(0)), whole(1));
  }

  static Object value(Expression expression) {
    try {
      return Evaluation.evaluate(expression, NO_ROW);
    } catch (EvaluationException e) {
      throw new IllegalStateException(e);
    }
  }

  static Object value(Operator operator, Expression... arguments) {
    return value(call(operator, arguments));
  }

  /** The value as CAST(... AS VARCHAR) writes it. */
  static String shown(Operator operator, Expression... arguments) {
    return shown(call(operator, arguments));
  }

  static String shown(Expression expression) {
    return (String) value(cast(expression, Type.VARCHAR));
  }

  static String error(Expression expression) {
    return assertThrows(EvaluationException.class, () -> Evaluation.evaluate(expression, NO_ROW))
        .getMessage();
  }

  static String error(Operator operator, Expression... arguments) {
    return error(call(operator, arguments));
  }

  static String refusal(Operator operator, Expression... arguments) {
    return assertThrows(TypeException.class, () -> Typing.call(operator, List.of(arguments)))
        .getMessage();
  }
}
