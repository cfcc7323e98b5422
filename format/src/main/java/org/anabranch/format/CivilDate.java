// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

/** The proleptic Gregorian calendar, in arithmetic. */
final class CivilDate {
  static final long DAY_MILLIS = 86_400_000L;
  static final int LAST_YEAR = 9999;

  /** 0001-01-01 and 9999-12-31. */
  static final long FIRST_DAY = -719_162;

  static final long LAST_DAY = 2_932_896;

  private static final long ERA_DAYS = 146_097;
  private static final long EPOCH_SHIFT = 719_468;

  private CivilDate() {}

  static boolean isValid(int year, int month, int day) {
    return year >= 1
        && year <= LAST_YEAR
        && month >= 1
        && month <= 12
        && day >= 1
        && day <= lengthOfMonth(year, month);
  }

  private static int lengthOfMonth(int year, int month) {
    return switch (month) {
      case 2 -> (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  /** Days since 1970-01-01 of a valid date. Years are counted from March, in eras of 400. */
  static long toDays(int year, int month, int day) {
    long shifted = month <= 2 ? year - 1L : year;
    long era = Math.floorDiv(shifted, 400L);
    long yearOfEra = shifted - era * 400;
    long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * ERA_DAYS
        + yearOfEra * 365
        + yearOfEra / 4
        - yearOfEra / 100
        + dayOfYear
        - EPOCH_SHIFT;
  }

  /** Year, month and day as {@code (year * 100 + month) * 100 + day}. */
  static long ofDays(long days) {
    long shifted = days + EPOCH_SHIFT;
    long era = Math.floorDiv(shifted, ERA_DAYS);
    long dayOfEra = shifted - era * ERA_DAYS;
    long yearOfEra =
        (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / (ERA_DAYS - 1)) / 365;
    long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long shiftedMonth = (5 * dayOfYear + 2) / 153;
    long day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1;
    long month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9);
    long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    return (year * 100 + month) * 100 + day;
  }

  /** Monday is 1. */
  static int dayOfWeek(long days) {
    return (int) Math.floorMod(days + 3, 7L) + 1;
  }
}
