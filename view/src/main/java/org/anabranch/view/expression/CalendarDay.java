// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

/**
 * A day of the proleptic Gregorian calendar, computed without objects from the day's number since
 * 1970-01-01. Years begin in March inside the arithmetic, so that the leap day comes last.
 */
final class CalendarDay {
  private static final long DAYS_IN_ERA = 146_097;
  private static final long DAYS_BEFORE_EPOCH = 719_468;

  private CalendarDay() {}

  static long year(long day) {
    return packed(day) >> 16;
  }

  static int month(long day) {
    return (int) (packed(day) >> 8) & 0xFF;
  }

  static int dayOfMonth(long day) {
    return (int) packed(day) & 0xFF;
  }

  /** Year, month and day of month in one number. */
  static long packed(long day) {
    long shifted = day + DAYS_BEFORE_EPOCH;
    long era = Math.floorDiv(shifted, DAYS_IN_ERA);
    long dayOfEra = shifted - era * DAYS_IN_ERA;
    long yearOfEra =
        (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / (DAYS_IN_ERA - 1)) / 365;
    long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long marchMonth = (5 * dayOfYear + 2) / 153;
    long dayOfMonth = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
    long month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
    long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    return (year << 16) | (month << 8) | dayOfMonth;
  }

  /** The number of a day. */
  static long of(long year, int month, int dayOfMonth) {
    long marchYear = month <= 2 ? year - 1 : year;
    long era = Math.floorDiv(marchYear, 400L);
    long yearOfEra = marchYear - era * 400;
    long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + dayOfMonth - 1;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * DAYS_IN_ERA + dayOfEra - DAYS_BEFORE_EPOCH;
  }

  static int lengthOfMonth(long year, int month) {
    return switch (month) {
      case 2 -> isLeap(year) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  /** Monday is 1, Sunday 7. */
  static int isoDayOfWeek(long day) {
    return (int) Math.floorMod(day + 3, 7L) + 1;
  }

  static int dayOfYear(long day) {
    return (int) (day - of(year(day), 1, 1)) + 1;
  }

  /** The ISO week: the one with the year's first Thursday is the first. */
  /** The year that the ISO week of a day belongs to: that of its Thursday. */
  static long isoYear(long day) {
    return year(day - isoDayOfWeek(day) + 4);
  }

  static int isoWeek(long day) {
    long thursday = day - isoDayOfWeek(day) + 4;
    return (dayOfYear(thursday) - 1) / 7 + 1;
  }

  private static boolean isLeap(long year) {
    return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
  }
}
