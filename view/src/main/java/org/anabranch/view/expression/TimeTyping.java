// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import java.util.List;
import org.anabranch.view.Type;
import org.anabranch.view.Type.Kind;
import org.anabranch.view.expression.Expression.Call;
import org.anabranch.view.expression.Expression.Literal;

/** Types of the functions of time. */
final class TimeTyping {

  private TimeTyping() {}

  static boolean isFloor(Operator operator) {
    return operator.compareTo(Operator.FLOOR_YEAR) >= 0
        && operator.compareTo(Operator.FLOOR_MILLISECOND) <= 0;
  }

  static boolean isExtract(Operator operator) {
    return operator.compareTo(Operator.EXTRACT_YEAR) >= 0
        && operator.compareTo(Operator.EXTRACT_EPOCH) <= 0;
  }

  static Expression field(Operator operator, Expression operand) throws TypeException {
    Expression time = Coercion.nullAs(Type.TIMESTAMP, operand);
    Type type = time.type();
    boolean interval = type.isDaysInterval() && operator == Operator.EXTRACT_EPOCH;
    if (!type.isTemporal() && !interval) {
      throw Typing.refused(
          operator, List.of(operand), "DATE, TIMESTAMP or TIMESTAMP WITH TIME ZONE");
    }
    if (type.kind() == Kind.DATE && isWithinDay(operator)) {
      throw Typing.refused(operator, List.of(operand), "a time of day, which a DATE has not");
    }
    return new Call(operator, List.of(time), isFloor(operator) ? type : extracted(operator, type));
  }

  /** Seconds have the digits that the time or interval has. */
  private static Type extracted(Operator operator, Type operand) {
    int digits = operand.isMicros() ? 6 : 3;
    return switch (operator) {
      case EXTRACT_SECOND -> Type.decimal(2 + digits, digits);
      case EXTRACT_EPOCH -> Type.decimal(Type.MAX_LONG_PRECISION, digits);
      case EXTRACT_MILLISECOND -> operand.isMicros() ? Type.decimal(8, 3) : Type.INTEGER;
      default -> Type.INTEGER;
    };
  }

  private static boolean isWithinDay(Operator operator) {
    return switch (operator) {
      case EXTRACT_HOUR,
          EXTRACT_MINUTE,
          EXTRACT_SECOND,
          EXTRACT_MILLISECOND,
          EXTRACT_MICROSECOND,
          FLOOR_HOUR,
          FLOOR_MINUTE,
          FLOOR_SECOND,
          FLOOR_MILLISECOND ->
          true;
      default -> false;
    };
  }

  static Expression atTimeZone(Expression operand, Expression zone) throws TypeException {
    Expression time = Coercion.nullAs(Type.TIMESTAMP, operand);
    if (!time.type().isTime()) {
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
    Type type = time.type().isInstant() ? Type.TIMESTAMP : Type.INSTANT;
    return new Call(
        Operator.AT_TIME_ZONE,
        List.of(time, zone),
        time.type().isMicros() ? type.inMicros() : type);
  }

  /** As in PostgreSQL, a DATE plus an interval is a TIMESTAMP; it has the finer one's digits. */
  static Expression addInterval(Expression operand, Expression interval) throws TypeException {
    Expression time = Coercion.nullAs(Type.TIMESTAMP, operand);
    Expression length = Coercion.nullAs(Type.DAYS_INTERVAL, interval);
    if (!time.type().isTemporal() || !length.type().isInterval()) {
      throw Typing.refused(
          Operator.ADD_INTERVAL, List.of(operand, interval), "a time and an interval");
    }
    Type type = time.type().kind() == Kind.DATE ? Type.TIMESTAMP : time.type();
    if (!type.isMicros() && !length.type().isMicros()) {
      return new Call(Operator.ADD_INTERVAL, List.of(time, length), type);
    }
    return new Call(
        Operator.ADD_INTERVAL,
        List.of(
            Coercion.cast(time, type.inMicros()), Coercion.cast(length, length.type().inMicros())),
        type.inMicros());
  }

  /** As in PostgreSQL, the difference of two DATEs is a number of days. */
  static Expression between(Expression left, Expression right) throws TypeException {
    List<Expression> operands = Coercion.unify(List.of(left, right));
    Type type = operands.get(0).type();
    if (!type.isTemporal()) {
      throw Typing.refused(Operator.TIME_BETWEEN, List.of(left, right), "two times");
    }
    Type distance = type.isMicros() ? Type.MICRO_INTERVAL : Type.DAYS_INTERVAL;
    return new Call(
        Operator.TIME_BETWEEN, operands, type.kind() == Kind.DATE ? Type.INTEGER : distance);
  }
}
