// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

import java.time.zone.ZoneRules;
import java.util.Optional;
import org.anabranch.view.Type;
import org.anabranch.view.Type.Kind;
import org.anabranch.view.expression.Conversions;
import org.anabranch.view.expression.EvaluationException;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.IntegerArithmetic;
import org.anabranch.view.expression.MicroTimes;
import org.anabranch.view.expression.Operator;
import org.anabranch.view.expression.TimeFunctions;
import org.anabranch.view.expression.TimeZones;

/** Operators on times as functions of longs. */
final class TimeMappings {
  private TimeMappings() {}

  /** The operator's function, if it is one on times. */
  static Optional<LongMap.Mapping> of(Expression.Call call) {
    Operator operator = call.operator();
    Type operand = call.arguments().get(0).type();
    if (isBetween(operator, Operator.EXTRACT_YEAR, Operator.EXTRACT_EPOCH)) {
      return operand.isTemporal() ? Optional.of(extract(operator, operand)) : Optional.empty();
    }
    if (isBetween(operator, Operator.FLOOR_YEAR, Operator.FLOOR_MILLISECOND)) {
      return Optional.of(floor(operator, operand));
    }
    return switch (operator) {
      case AT_TIME_ZONE -> zone(call.arguments().get(1), operand);
      case ADD_INTERVAL -> Optional.of(plus(operand, call.arguments().get(1).type().kind()));
      case TIME_BETWEEN -> Optional.of(between(call.type()));
      default -> Optional.empty();
    };
  }

  /** The function of a CAST between times that {@link Conversion} has no kernel for. */
  static Optional<LongMap.Mapping> of(Expression.Cast cast) {
    Type from = cast.operand().type();
    Type to = cast.type();
    return from.isTemporal() && to.isTemporal()
        ? Optional.of((time, same) -> Conversions.convertTime(time, from, to))
        : Optional.empty();
  }

  private static boolean isBetween(Operator operator, Operator first, Operator last) {
    return operator.compareTo(first) >= 0 && operator.compareTo(last) <= 0;
  }

  private static LongMap.Mapping extract(Operator operator, Type operand) {
    if (operand.isMicros()) {
      return (micros, same) -> MicroTimes.extract(operator, micros);
    }
    return operand.kind() == Kind.DATE
        ? (day, same) -> TimeFunctions.extractDay(operator, day)
        : (millis, same) -> TimeFunctions.extract(operator, millis);
  }

  private static LongMap.Mapping floor(Operator operator, Type operand) {
    if (operand.isMicros()) {
      return (micros, same) -> MicroTimes.floor(operator, micros);
    }
    return operand.kind() == Kind.DATE
        ? (day, same) -> TimeFunctions.floorDay(operator, day)
        : (millis, same) -> TimeFunctions.floor(operator, millis);
  }

  /** Nothing if the zone is not a literal that exists: the specification says what is wrong. */
  private static Optional<LongMap.Mapping> zone(Expression zone, Type operand) {
    Optional<Object> name = zone.asLiteral().map(Expression.Literal::value);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    try {
      ZoneRules rules = TimeZones.of((String) name.get());
      if (operand.isMicros()) {
        return Optional.of(
            operand.isInstant()
                ? (instant, same) -> TimeZones.microLocal(instant, rules)
                : (local, same) -> TimeZones.microInstant(local, rules));
      }
      return Optional.of(
          operand.isInstant()
              ? (instant, same) -> TimeZones.local(instant, rules)
              : (local, same) -> TimeZones.instant(local, rules));
    } catch (EvaluationException e) {
      return Optional.empty();
    }
  }

  private static LongMap.Mapping plus(Type operand, Kind interval) {
    if (operand.isMicros()) {
      return interval == Kind.MONTHS_INTERVAL ? MicroTimes::addMonths : MicroTimes::addMicros;
    }
    long unit = operand.kind() == Kind.DATE ? TimeFunctions.MILLIS_PER_DAY : 1;
    return interval == Kind.MONTHS_INTERVAL
        ? (time, months) -> TimeFunctions.addMonths(time * unit, months)
        : (time, millis) -> TimeFunctions.addMillis(time * unit, millis);
  }

  private static LongMap.Mapping between(Type type) {
    return (left, right) -> IntegerArithmetic.subtract(left, right, type);
  }
}
