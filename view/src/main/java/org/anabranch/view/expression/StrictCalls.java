// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.anabranch.view.Type;
import org.anabranch.view.Type.Kind;

/**
 * The operators whose arguments are all computed first and whose value is null if one of them is
 * null. Other engines call this per value for operators they have no kernel for.
 */
public final class StrictCalls {
  private StrictCalls() {}

  /**
   * The operator applied to its arguments' values, of which none is null; only TRY_CAST may make a
   * null of them.
   */
  public static Object apply(Expression.Call call, Object[] values) throws EvaluationException {
    Operator operator = call.operator();
    return switch (operator) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO -> binary(operator, values, call.type());
      case NEGATE, ABS -> unary(operator, values[0], call.type());
      case ROUND, FLOOR, CEIL, TRUNC -> round(operator, values, call.type());
      case SIGN -> sign(values[0], typeOf(call.arguments(), 0));
      case SQRT, EXP, LN, LOG10, POWER -> function(operator, values);
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          Comparison.holds(
              operator, Comparison.compare(values[0], values[1], typeOf(call.arguments(), 0)));
      case NOT -> !(Boolean) values[0];
      case LIKE -> LikePattern.of((String) values[1], (String) values[2]).matches(text(values, 0));
      case UPPER, LOWER, TRIM_BOTH, TRIM_LEADING, TRIM_TRAILING, SUBSTRING, POSITION, REPLACE ->
          text(operator, values);
      case LPAD, RPAD, REPEAT, REVERSE, SPLIT_PART -> piece(operator, values);
      case TRY_CAST -> tryCast(values[0], typeOf(call.arguments(), 0), call.type());
      case CHAR_LENGTH -> TextFunctions.length(text(values, 0));
      case CONCAT -> concat(values);
      case AT_TIME_ZONE -> atTimeZone(values, typeOf(call.arguments(), 0));
      case ADD_INTERVAL -> addInterval(values, call.arguments());
      case TIME_BETWEEN -> between(values, call.type());
      default -> timeField(call, (Long) values[0], typeOf(call.arguments(), 0));
    };
  }

  private static Type typeOf(List<Expression> arguments, int index) {
    return arguments.get(index).type();
  }

  private static String text(Object[] values, int index) {
    return (String) values[index];
  }

  private static Object binary(Operator operator, Object[] values, Type type)
      throws EvaluationException {
    if (type.kind() == Kind.DOUBLE) {
      return binary(operator, (double) values[0], (double) values[1]);
    }
    if (type.kind() == Kind.DECIMAL) {
      return binary(operator, (BigDecimal) values[0], (BigDecimal) values[1], type);
    }
    return binary(operator, (long) values[0], (long) values[1], type);
  }

  private static long binary(Operator operator, long left, long right, Type type)
      throws EvaluationException {
    return switch (operator) {
      case ADD -> IntegerArithmetic.add(left, right, type);
      case SUBTRACT -> IntegerArithmetic.subtract(left, right, type);
      case MULTIPLY -> IntegerArithmetic.multiply(left, right, type);
      case DIVIDE -> IntegerArithmetic.divide(left, right, type);
      default -> IntegerArithmetic.modulo(left, right);
    };
  }

  private static double binary(Operator operator, double left, double right)
      throws EvaluationException {
    return switch (operator) {
      case ADD -> DoubleArithmetic.add(left, right);
      case SUBTRACT -> DoubleArithmetic.subtract(left, right);
      case MULTIPLY -> DoubleArithmetic.multiply(left, right);
      case DIVIDE -> DoubleArithmetic.divide(left, right);
      default -> DoubleArithmetic.modulo(left, right);
    };
  }

  private static BigDecimal binary(Operator operator, BigDecimal left, BigDecimal right, Type type)
      throws EvaluationException {
    return switch (operator) {
      case ADD -> DecimalArithmetic.add(left, right, type);
      case SUBTRACT -> DecimalArithmetic.subtract(left, right, type);
      case MULTIPLY -> DecimalArithmetic.multiply(left, right, type);
      case DIVIDE -> DecimalArithmetic.divide(left, right, type);
      default -> DecimalArithmetic.modulo(left, right, type);
    };
  }

  private static Object unary(Operator operator, Object value, Type type)
      throws EvaluationException {
    boolean negate = operator == Operator.NEGATE;
    if (value instanceof Double number) {
      return negate ? DoubleArithmetic.negate(number) : DoubleArithmetic.abs(number);
    }
    if (value instanceof BigDecimal number) {
      return negate ? number.negate() : number.abs();
    }
    long number = (Long) value;
    return negate ? IntegerArithmetic.negate(number, type) : IntegerArithmetic.abs(number, type);
  }

  private static Object round(Operator operator, Object[] values, Type type)
      throws EvaluationException {
    long digits = values.length == 2 ? (Long) values[1] : 0;
    if (values[0] instanceof Double number) {
      return switch (operator) {
        case FLOOR -> DoubleArithmetic.floor(number);
        case CEIL -> DoubleArithmetic.ceil(number);
        case TRUNC -> DoubleFunctions.trunc(number);
        default ->
            values.length == 2
                ? DoubleArithmetic.round(number, digits)
                : DoubleArithmetic.round(number);
      };
    }
    if (values[0] instanceof BigDecimal number) {
      return switch (operator) {
        case FLOOR -> DecimalArithmetic.floor(number, type);
        case CEIL -> DecimalArithmetic.ceil(number, type);
        case TRUNC -> number.setScale(type.scale(), RoundingMode.DOWN);
        default -> DecimalArithmetic.round(number, digits, type);
      };
    }
    return IntegerArithmetic.round((Long) values[0], digits, type);
  }

  private static Long sign(Object value, Type type) {
    Object zero =
        switch (type.kind()) {
          case DOUBLE -> 0.0;
          case DECIMAL -> BigDecimal.ZERO.setScale(type.scale());
          default -> 0L;
        };
    return (long) Integer.signum(Comparison.compare(value, zero, type));
  }

  private static Double function(Operator operator, Object[] values) throws EvaluationException {
    double first = (Double) values[0];
    return switch (operator) {
      case SQRT -> DoubleFunctions.sqrt(first);
      case EXP -> DoubleFunctions.exp(first);
      case LN -> DoubleFunctions.ln(first);
      case LOG10 -> DoubleFunctions.log10(first);
      default -> DoubleFunctions.power(first, (Double) values[1]);
    };
  }

  private static Object text(Operator operator, Object[] values) throws EvaluationException {
    String first = text(values, 0);
    return switch (operator) {
      case UPPER -> TextFunctions.upper(first);
      case LOWER -> TextFunctions.lower(first);
      case TRIM_BOTH -> TextFunctions.trimBoth(first, text(values, 1));
      case TRIM_LEADING -> TextFunctions.trimLeading(first, text(values, 1));
      case TRIM_TRAILING -> TextFunctions.trimTrailing(first, text(values, 1));
      case POSITION -> TextFunctions.position(first, text(values, 1));
      case REPLACE -> TextFunctions.replace(first, text(values, 1), text(values, 2));
      default ->
          values.length == 2
              ? TextFunctions.substring(first, (Long) values[1])
              : TextFunctions.substring(first, (Long) values[1], (Long) values[2]);
    };
  }

  private static String piece(Operator operator, Object[] values) throws EvaluationException {
    String first = text(values, 0);
    return switch (operator) {
      case LPAD -> TextPieces.padLeft(first, (Long) values[1], text(values, 2));
      case RPAD -> TextPieces.padRight(first, (Long) values[1], text(values, 2));
      case REPEAT -> TextPieces.repeat(first, (Long) values[1]);
      case SPLIT_PART -> TextPieces.splitPart(first, text(values, 1), (Long) values[2]);
      default -> TextPieces.reverse(first);
    };
  }

  private static Object tryCast(Object value, Type from, Type to) {
    try {
      return Conversions.convert(value, from, to);
    } catch (EvaluationException e) {
      // that it cannot be converted is what TRY_CAST answers with a null
      return null;
    }
  }

  private static String concat(Object[] values) throws EvaluationException {
    String joined = "";
    for (Object value : values) {
      joined = TextFunctions.concat(joined, (String) value);
    }
    return joined;
  }

  private static Object atTimeZone(Object[] values, Type from) throws EvaluationException {
    var zone = TimeZones.of(text(values, 1));
    long time = (Long) values[0];
    if (from.isMicros()) {
      return from.isInstant()
          ? TimeZones.microLocal(time, zone)
          : TimeZones.microInstant(time, zone);
    }
    return from.isInstant() ? TimeZones.local(time, zone) : TimeZones.instant(time, zone);
  }

  private static Object addInterval(Object[] values, List<Expression> arguments)
      throws EvaluationException {
    long time = (Long) values[0];
    long interval = (Long) values[1];
    boolean months = typeOf(arguments, 1).kind() == Kind.MONTHS_INTERVAL;
    if (typeOf(arguments, 0).isMicros()) {
      return months ? MicroTimes.addMonths(time, interval) : MicroTimes.addMicros(time, interval);
    }
    long millis =
        typeOf(arguments, 0).kind() == Kind.DATE ? time * TimeFunctions.MILLIS_PER_DAY : time;
    return months
        ? TimeFunctions.addMonths(millis, interval)
        : TimeFunctions.addMillis(millis, interval);
  }

  /** Milliseconds or microseconds, or days between two DATEs: both fit by the range of times. */
  private static Object between(Object[] values, Type type) throws EvaluationException {
    return IntegerArithmetic.subtract((Long) values[0], (Long) values[1], type);
  }

  private static Object timeField(Expression.Call call, long value, Type from) {
    long field = timeField(call.operator(), value, from);
    return call.type().kind() == Kind.DECIMAL
        ? BigDecimal.valueOf(field, call.type().scale())
        : (Object) field;
  }

  /** The start of a unit, or a field as {@link TimeFunctions#extract} has it. */
  private static long timeField(Operator operator, long value, Type from) {
    boolean floor = TimeTyping.isFloor(operator);
    if (from.kind() == Kind.DATE) {
      return floor
          ? TimeFunctions.floorDay(operator, value)
          : TimeFunctions.extractDay(operator, value);
    }
    if (from.isMicros()) {
      return floor ? MicroTimes.floor(operator, value) : MicroTimes.extract(operator, value);
    }
    return floor ? TimeFunctions.floor(operator, value) : TimeFunctions.extract(operator, value);
  }
}
