// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import org.anabranch.view.Type;

/**
 * Functions of times in microseconds, as {@link TimeFunctions} has them in milliseconds, and the
 * ways between both. The years are the same.
 */
public final class MicroTimes {
  public static final long MICROS_PER_MILLI = 1000;
  public static final long MICROS_PER_DAY = TimeFunctions.MILLIS_PER_DAY * MICROS_PER_MILLI;
  public static final long MIN_MICROS = TimeFunctions.MIN_DAY * MICROS_PER_DAY;
  public static final long MAX_MICROS = (TimeFunctions.MAX_DAY + 1) * MICROS_PER_DAY - 1;
  private static final long MICROS_PER_MINUTE = TimeFunctions.MILLIS_PER_MINUTE * MICROS_PER_MILLI;

  private MicroTimes() {}

  public static boolean isInRange(long micros) {
    return micros >= MIN_MICROS && micros <= MAX_MICROS;
  }

  /** The value, or an error if it is outside the years 0001 to 9999. */
  public static long checked(long micros) throws EvaluationException {
    if (!isInRange(micros)) {
      TimeFunctions.checked(millis(micros));
    }
    return micros;
  }

  /** The millisecond that holds a time: towards the past. */
  public static long millis(long micros) {
    return Math.floorDiv(micros, MICROS_PER_MILLI);
  }

  /** Microseconds of a time within the years there are, in milliseconds. */
  public static long ofMillis(long millis) {
    return millis * MICROS_PER_MILLI;
  }

  /** The nearest millisecond, of two as near the later one, as a text of a time is read. */
  public static long nearestMillis(long micros) throws EvaluationException {
    return TimeFunctions.checked(millis(micros + MICROS_PER_MILLI / 2));
  }

  /** The start of the unit that holds a time. */
  public static long floor(Operator operator, long micros) {
    return ofMillis(TimeFunctions.floor(operator, millis(micros)));
  }

  /**
   * A field of a time: the value itself for fields of type INTEGER, the unscaled value
   * (microseconds) for those that are a DECIMAL.
   */
  public static long extract(Operator operator, long micros) {
    return switch (operator) {
      case EXTRACT_EPOCH -> micros;
      case EXTRACT_SECOND, EXTRACT_MILLISECOND, EXTRACT_MICROSECOND ->
          Math.floorMod(micros, MICROS_PER_MINUTE);
      default -> TimeFunctions.extract(operator, millis(micros));
    };
  }

  /** The day that holds a time. */
  public static long day(long micros) {
    return Math.floorDiv(micros, MICROS_PER_DAY);
  }

  /** A time some microseconds later. */
  public static long addMicros(long micros, long interval) throws EvaluationException {
    return checked(IntegerArithmetic.add(micros, interval, Type.BIGINT));
  }

  /** The same time of day some months later, on the last day of a month that is too short. */
  public static long addMonths(long micros, long months) throws EvaluationException {
    long moved = TimeFunctions.addMonths(millis(micros), months);
    return ofMillis(moved) + Math.floorMod(micros, MICROS_PER_MILLI);
  }
}
