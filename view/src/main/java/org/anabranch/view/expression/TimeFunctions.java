// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import org.anabranch.view.Type;

/**
 * Functions of DATE (days), TIMESTAMP and INSTANT (milliseconds), without objects. An INSTANT is
 * read at UTC. Every value lies in the years 0001 to 9999; a result outside is an error.
 */
public final class TimeFunctions {
  public static final long MILLIS_PER_SECOND = 1000;
  public static final long MILLIS_PER_MINUTE = 60_000;
  public static final long MILLIS_PER_HOUR = 3_600_000;
  public static final long MILLIS_PER_DAY = 86_400_000;

  /** 0001-01-01, as a DATE. */
  public static final long MIN_DAY = -719_162;

  /** 9999-12-31, as a DATE. */
  public static final long MAX_DAY = 2_932_896;

  public static final long MIN_MILLIS = MIN_DAY * MILLIS_PER_DAY;
  public static final long MAX_MILLIS = (MAX_DAY + 1) * MILLIS_PER_DAY - 1;

  private TimeFunctions() {}

  public static boolean isInRange(long millis) {
    return millis >= MIN_MILLIS && millis <= MAX_MILLIS;
  }

  /** The value, or an error if it is outside the years 0001 to 9999. */
  public static long checked(long millis) throws EvaluationException {
    if (!isInRange(millis)) {
      throw new EvaluationException(
          "Cannot have a time outside the years 0001 to 9999: " + millis + " ms since 1970");
    }
    return millis;
  }

  /**
   * The start of the unit that holds a TIMESTAMP or INSTANT.
   *
   * @param operator one of the FLOOR_ units of time
   */
  public static long floor(Operator operator, long millis) {
    return switch (operator) {
      case FLOOR_MILLISECOND -> millis;
      case FLOOR_SECOND -> millis - Math.floorMod(millis, MILLIS_PER_SECOND);
      case FLOOR_MINUTE -> millis - Math.floorMod(millis, MILLIS_PER_MINUTE);
      case FLOOR_HOUR -> millis - Math.floorMod(millis, MILLIS_PER_HOUR);
      default -> floorDay(operator, day(millis)) * MILLIS_PER_DAY;
    };
  }

  /** The first day of the unit that holds a DATE. */
  public static long floorDay(Operator operator, long day) {
    long packed = CalendarDay.packed(day);
    long year = packed >> 16;
    int month = (int) (packed >> 8) & 0xFF;
    return switch (operator) {
      case FLOOR_DAY -> day;
      case FLOOR_WEEK -> day - CalendarDay.isoDayOfWeek(day) + 1;
      case FLOOR_MONTH -> CalendarDay.of(year, month, 1);
      case FLOOR_QUARTER -> CalendarDay.of(year, (month - 1) / 3 * 3 + 1, 1);
      case FLOOR_YEAR -> CalendarDay.of(year, 1, 1);
      default -> throw new IllegalArgumentException("Cannot floor a DATE by " + operator);
    };
  }

  /**
   * A field of a TIMESTAMP or INSTANT: the value itself for fields of type INTEGER, the unscaled
   * value (milliseconds) for EXTRACT_SECOND and EXTRACT_EPOCH, which are DECIMAL of scale 3.
   */
  public static long extract(Operator operator, long millis) {
    return switch (operator) {
      case EXTRACT_EPOCH -> millis;
      case EXTRACT_SECOND, EXTRACT_MILLISECOND -> Math.floorMod(millis, MILLIS_PER_MINUTE);
      case EXTRACT_MICROSECOND -> Math.floorMod(millis, MILLIS_PER_MINUTE) * 1000;
      case EXTRACT_MINUTE -> Math.floorMod(millis, MILLIS_PER_HOUR) / MILLIS_PER_MINUTE;
      case EXTRACT_HOUR -> Math.floorMod(millis, MILLIS_PER_DAY) / MILLIS_PER_HOUR;
      default -> extractDay(operator, day(millis));
    };
  }

  /** A field of a DATE, as {@link #extract} of its midnight. */
  public static long extractDay(Operator operator, long day) {
    return switch (operator) {
      case EXTRACT_EPOCH -> day * MILLIS_PER_DAY;
      case EXTRACT_YEAR -> CalendarDay.year(day);
      case EXTRACT_ISOYEAR -> CalendarDay.isoYear(day);
      case EXTRACT_QUARTER -> (CalendarDay.month(day) + 2) / 3;
      case EXTRACT_MONTH -> CalendarDay.month(day);
      case EXTRACT_WEEK -> CalendarDay.isoWeek(day);
      case EXTRACT_DAY -> CalendarDay.dayOfMonth(day);
      case EXTRACT_DOW -> CalendarDay.isoDayOfWeek(day) % 7;
      case EXTRACT_ISODOW -> CalendarDay.isoDayOfWeek(day);
      case EXTRACT_DOY -> CalendarDay.dayOfYear(day);
      default -> throw new IllegalArgumentException("Cannot take " + operator + " of a DATE");
    };
  }

  /** The day that holds a TIMESTAMP or INSTANT. */
  public static long day(long millis) {
    return Math.floorDiv(millis, MILLIS_PER_DAY);
  }

  /** A time some milliseconds later. */
  public static long addMillis(long millis, long interval) throws EvaluationException {
    return checked(IntegerArithmetic.add(millis, interval, Type.BIGINT));
  }

  /** The same time of day some months later, on the last day of a month that is too short. */
  public static long addMonths(long millis, long months) throws EvaluationException {
    long day = day(millis);
    long packed = CalendarDay.packed(day);
    long count = (packed >> 16) * 12 + ((packed >> 8) & 0xFF) - 1;
    long moved = IntegerArithmetic.add(count, months, Type.BIGINT);
    long year = Math.floorDiv(moved, 12L);
    if (year < 1 || year > 9999) {
      throw new EvaluationException(
          "Cannot add " + months + " months: the result is outside the years 0001 to 9999");
    }
    int month = Math.floorMod(moved, 12) + 1;
    int dayOfMonth = Math.min((int) packed & 0xFF, CalendarDay.lengthOfMonth(year, month));
    long newDay = CalendarDay.of(year, month, dayOfMonth);
    return newDay * MILLIS_PER_DAY + Math.floorMod(millis, MILLIS_PER_DAY);
  }
}
