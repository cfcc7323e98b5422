// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import java.util.List;
import org.anabranch.view.Type;
import org.anabranch.view.Type.Kind;
import org.anabranch.view.expression.Expression.Call;
import org.anabranch.view.expression.Expression.Literal;

/** Types of the functions of time. */
final class TimeTyping {
  /** Seconds of a minute with milliseconds. */
  private static final Type SECONDS = Type.decimal(5, 3);

  /** Seconds since 1970, or of an interval, with milliseconds. */
  private static final Type EPOCH_SECONDS = Type.decimal(18, 3);

  private TimeTyping() {}

  static boolean isFloor(Operator operator) {
    return operator.compareTo(Operator.FLOOR_YEAR) >= 0
        && operator.compareTo(Operator.FLOOR_SECOND) <= 0;
  }

  static boolean isExtract(Operator operator) {
    return operator.compareTo(Operator.EXTRACT_YEAR) >= 0
        && operator.compareTo(Operator.EXTRACT_EPOCH) <= 0;
  }

  /** Whether the field is a DECIMAL whose unscaled value is milliseconds. */
  static boolean isMillis(Operator operator) {
    return operator == Operator.EXTRACT_SECOND || operator == Operator.EXTRACT_EPOCH;
  }

  static Expression field(Operator operator, Expression operand) throws TypeException {
    Expression time = Coercion.nullAs(Type.TIMESTAMP, operand);
    Type type = time.type();
    boolean interval = type.kind() == Kind.DAYS_INTERVAL && operator == Operator.EXTRACT_EPOCH;
    if (!type.isTemporal() && !interval) {
      throw Typing.refused(
          operator, List.of(operand), "DATE, TIMESTAMP or TIMESTAMP WITH TIME ZONE");
    }
    if (type.kind() == Kind.DATE && isWithinDay(operator)) {
      throw Typing.refused(operator, List.of(operand), "a time of day, which a DATE has not");
    }
    return new Call(operator, List.of(time), isFloor(operator) ? type : extracted(operator));
  }

  private static Type extracted(Operator operator) {
    return switch (operator) {
      case EXTRACT_SECOND -> SECONDS;
      case EXTRACT_EPOCH -> EPOCH_SECONDS;
      default -> Type.INTEGER;
    };
  }

  private static boolean isWithinDay(Operator operator) {
    return switch (operator) {
      case EXTRACT_HOUR,
          EXTRACT_MINUTE,
          EXTRACT_SECOND,
          EXTRACT_MILLISECOND,
          FLOOR_HOUR,
          FLOOR_MINUTE,
          FLOOR_SECOND ->
          true;
      default -> false;
    };
  }

  static Expression atTimeZone(Expression operand, Expression zone) throws TypeException {
    Expression time = Coercion.nullAs(Type.TIMESTAMP, operand);
    if (time.type().kind() != Kind.TIMESTAMP && time.type().kind() != Kind.INSTANT) {
      throw Typing.refused(
          Operator.AT_TIME_ZONE, List.of(operand), "TIMESTAMP or TIMESTAMP WITH TIME ZONE");
    }
    if (!(zone instanceof Literal literal) || !(literal.value() instanceof String name)) {
      throw new TypeException("Cannot use a computed time zone: write its name as a text");
    }
    try {
      TimeZones.of(name);
    } catch (EvaluationException e) {
      throw new TypeException(e.getMessage());
    }
    Type type = time.type().kind() == Kind.INSTANT ? Type.TIMESTAMP : Type.INSTANT;
    return new Call(Operator.AT_TIME_ZONE, List.of(time, zone), type);
  }

  /** As in PostgreSQL, a DATE plus an interval is a TIMESTAMP. */
  static Expression addInterval(Expression operand, Expression interval) throws TypeException {
    Expression time = Coercion.nullAs(Type.TIMESTAMP, operand);
    Expression length = Coercion.nullAs(Type.DAYS_INTERVAL, interval);
    if (!time.type().isTemporal() || !length.type().isInterval()) {
      throw Typing.refused(
          Operator.ADD_INTERVAL, List.of(operand, interval), "a time and an interval");
    }
    Type type = time.type().kind() == Kind.DATE ? Type.TIMESTAMP : time.type();
    return new Call(Operator.ADD_INTERVAL, List.of(time, length), type);
  }

  /** As in PostgreSQL, the difference of two DATEs is a number of days. */
  static Expression between(Expression left, Expression right) throws TypeException {
    List<Expression> operands = Coercion.unify(List.of(left, right));
    Type type = operands.get(0).type();
    if (!type.isTemporal()) {
      throw Typing.refused(Operator.TIME_BETWEEN, List.of(left, right), "two times");
    }
    Type result = type.kind() == Kind.DATE ? Type.INTEGER : Type.DAYS_INTERVAL;
    return new Call(Operator.TIME_BETWEEN, operands, result);
  }
}
