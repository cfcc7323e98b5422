// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Pattern;
import org.anabranch.view.DoubleVector;
import org.anabranch.view.Type;
import org.anabranch.view.Type.Kind;

/** CAST: which there are, and what each does to a value. */
public final class Conversions {
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,9})?");
  private static final int LONGEST_NUMBER = 2000;
  private static final double TWO_TO_63 = 0x1p63;

  private Conversions() {}

  /** Whether there is a CAST between the types. */
  public static boolean exists(Type from, Type to) {
    if (from.kind() == to.kind()) {
      return true;
    }
    if (from.isInterval() || to.isInterval()) {
      return from.isDaysInterval() && to.isDaysInterval();
    }
    return from.kind() == Kind.VARCHAR
        || to.kind() == Kind.VARCHAR
        || (from.isNumeric() && to.isNumeric())
        || (from.isTemporal() && to.isTemporal())
        || (from.kind() == Kind.BOOLEAN && to.kind() == Kind.INTEGER)
        || (from.kind() == Kind.INTEGER && to.kind() == Kind.BOOLEAN);
  }

  /** The value as a value of another type; null stays null. */
  public static Object convert(Object value, Type from, Type to) throws EvaluationException {
    if (value == null) {
      return null;
    }
    return switch (to.kind()) {
      case BOOLEAN -> toBoolean(value);
      case INTEGER, BIGINT -> toWhole(value, to);
      case DOUBLE -> toDouble(value);
      case DECIMAL -> toDecimal(value, to);
      case VARCHAR -> toText(value, from);
      case DATE, TIMESTAMP, INSTANT, MICRO_TIMESTAMP, MICRO_INSTANT -> toTemporal(value, from, to);
      case DAYS_INTERVAL, MICRO_INTERVAL -> toDaysInterval((Long) value, from, to);
      case MONTHS_INTERVAL -> value;
    };
  }

  private static Boolean toBoolean(Object value) throws EvaluationException {
    if (value instanceof Boolean truth) {
      return truth;
    }
    return value instanceof Long number ? number != 0 : parseBoolean((String) value);
  }

  /** As PostgreSQL: true, yes, on, 1 and their opposites, in any case, t, f, y, n. */
  public static boolean parseBoolean(String text) throws EvaluationException {
    return switch (TemporalText.trim(text).toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "on", "1" -> true;
      case "false", "f", "no", "n", "off", "0" -> false;
      default -> throw failure(text, Type.BOOLEAN, "expected true or false");
    };
  }

  private static Long toWhole(Object value, Type to) throws EvaluationException {
    if (value instanceof Boolean truth) {
      return truth ? 1L : 0L;
    }
    if (value instanceof Double number) {
      return toLong(number, to);
    }
    if (value instanceof BigDecimal number) {
      return toLong(number, to);
    }
    return value instanceof String text ? parseLong(text, to) : inRange((Long) value, to);
  }

  /** INTEGER or BIGINT from BIGINT. */
  public static long inRange(long value, Type to) throws EvaluationException {
    if (!IntegerArithmetic.fits(value, to)) {
      throw failure(value, to, "it is out of range");
    }
    return value;
  }

  /** The nearest INTEGER or BIGINT, halves to the even one. */
  public static long toLong(double value, Type to) throws EvaluationException {
    double rounded = Math.rint(value);
    // written so that NaN fails
    if (!(rounded >= -TWO_TO_63 && rounded < TWO_TO_63)
        || !IntegerArithmetic.fits((long) rounded, to)) {
      throw failure(value, to, "it is out of range");
    }
    return (long) rounded;
  }

  /** The nearest INTEGER or BIGINT, halves away from zero. */
  public static long toLong(BigDecimal value, Type to) throws EvaluationException {
    if (value.precision() - value.scale() <= 19) {
      var whole = value.setScale(0, RoundingMode.HALF_UP).unscaledValue();
      if (whole.bitLength() < Long.SIZE && IntegerArithmetic.fits(whole.longValue(), to)) {
        return whole.longValue();
      }
    }
    throw failure(value, to, "it is out of range");
  }

  /** An optional sign and decimal digits, with blanks around. */
  public static long parseLong(String text, Type to) throws EvaluationException {
    String digits = numberText(text, WHOLE, to, "expected a whole number");
    try {
      return inRange(Long.parseLong(digits), to);
    } catch (NumberFormatException e) {
      throw failure(text, to, "it is out of range");
    }
  }

  private static Double toDouble(Object value) throws EvaluationException {
    if (value instanceof Long number) {
      return (double) number;
    }
    if (value instanceof BigDecimal number) {
      return number.doubleValue();
    }
    return value instanceof String text ? parseDouble(text) : (Double) value;
  }

  /** A number with or without point and exponent, or NaN, Infinity, -Infinity in any case. */
  public static double parseDouble(String text) throws EvaluationException {
    return switch (TemporalText.trim(text).toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "infinity", "+infinity", "inf", "+inf" -> Double.POSITIVE_INFINITY;
      case "-infinity", "-inf" -> Double.NEGATIVE_INFINITY;
      default -> parseFinite(text);
    };
  }

  private static double parseFinite(String text) throws EvaluationException {
    String digits = numberText(text, NUMBER, Type.DOUBLE, "expected a number");
    double value = Double.parseDouble(digits);
    if (Double.isInfinite(value) || (value == 0 && hasNonZeroDigit(digits))) {
      throw failure(text, Type.DOUBLE, "it is out of range");
    }
    return DoubleVector.canonical(value);
  }

  private static boolean hasNonZeroDigit(String number) {
    return number
        .toLowerCase(Locale.ROOT)
        .split("e", -1)[0]
        .chars()
        .anyMatch(c -> c >= '1' && c <= '9');
  }

  private static BigDecimal toDecimal(Object value, Type to) throws EvaluationException {
    if (value instanceof Long number) {
      return DecimalArithmetic.fit(BigDecimal.valueOf(number), to);
    }
    if (value instanceof Double number) {
      return toDecimal(number.doubleValue(), to);
    }
    return value instanceof String text
        ? parseDecimal(text, to)
        : DecimalArithmetic.fit((BigDecimal) value, to);
  }

  /** By the shortest decimal that stands for the DOUBLE, rounded half away from zero. */
  public static BigDecimal toDecimal(double value, Type to) throws EvaluationException {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw failure(value, to, "DECIMAL has no such value");
    }
    return DecimalArithmetic.fit(NumberText.shortest(value), to);
  }

  /** A number with or without point and exponent, rounded half away from zero. */
  public static BigDecimal parseDecimal(String text, Type to) throws EvaluationException {
    return DecimalArithmetic.fit(parseNumber(text, to), to);
  }

  /** A number with or without point and exponent, exactly. */
  static BigDecimal parseNumber(String text, Type to) throws EvaluationException {
    return new BigDecimal(numberText(text, NUMBER, to, "expected a number"));
  }

  private static String numberText(String text, Pattern form, Type to, String expected)
      throws EvaluationException {
    String trimmed = TemporalText.trim(text);
    if (trimmed.length() > LONGEST_NUMBER) {
      throw failure(text, to, "it is longer than " + LONGEST_NUMBER + " characters");
    }
    if (!form.matcher(trimmed).matches()) {
      throw failure(text, to, expected);
    }
    return trimmed;
  }

  /** The text of a value, as PostgreSQL writes it. */
  public static String toText(Object value, Type from) {
    return switch (from.kind()) {
      case DOUBLE -> NumberText.of((Double) value);
      case DECIMAL -> ((BigDecimal) value).toPlainString();
      case DATE -> TemporalText.date((Long) value);
      case TIMESTAMP -> TemporalText.timestamp((Long) value);
      case INSTANT -> TemporalText.instant((Long) value);
      case MICRO_TIMESTAMP -> TemporalText.microTimestamp((Long) value);
      case MICRO_INSTANT -> TemporalText.microInstant((Long) value);
      default -> value.toString();
    };
  }

  /** A TIMESTAMP without zone and an INSTANT are turned into each other at UTC. */
  private static Long toTemporal(Object value, Type from, Type to) throws EvaluationException {
    if (value instanceof String text) {
      return switch (to.kind()) {
        case DATE -> TemporalText.parseDate(text);
        case TIMESTAMP -> TemporalText.parseTimestamp(text);
        case MICRO_TIMESTAMP -> TemporalText.parseMicroTimestamp(text);
        case MICRO_INSTANT -> TemporalText.parseMicroInstant(text);
        default -> TemporalText.parseInstant(text);
      };
    }
    return convertTime((Long) value, from, to);
  }

  /** A DATE or time as another: microseconds are rounded to milliseconds, a day holds its times. */
  public static long convertTime(long value, Type from, Type to) throws EvaluationException {
    if (from.kind() == to.kind()) {
      return value;
    }
    if (from.kind() == Kind.DATE) {
      return value * (to.isMicros() ? MicroTimes.MICROS_PER_DAY : TimeFunctions.MILLIS_PER_DAY);
    }
    if (to.kind() == Kind.DATE) {
      return from.isMicros() ? MicroTimes.day(value) : TimeFunctions.day(value);
    }
    if (from.isMicros() == to.isMicros()) {
      return value;
    }
    return from.isMicros()
        ? MicroTimes.nearestMillis(value)
        : MicroTimes.ofMillis(TimeFunctions.checked(value));
  }

  private static Long toDaysInterval(long value, Type from, Type to) throws EvaluationException {
    if (from.kind() == to.kind()) {
      return value;
    }
    return to.isMicros()
        ? IntegerArithmetic.multiply(value, MicroTimes.MICROS_PER_MILLI, to)
        : Math.floorDiv(value + MicroTimes.MICROS_PER_MILLI / 2, MicroTimes.MICROS_PER_MILLI);
  }

  private static EvaluationException failure(Object value, Type to, String reason) {
    return new EvaluationException(
        "Cannot cast " + Excerpt.of(value) + " to " + to + ": " + reason);
  }
}
