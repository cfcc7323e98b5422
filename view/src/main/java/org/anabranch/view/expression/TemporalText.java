// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * DATE, TIMESTAMP and INSTANT as text. Read: {@code YYYY-MM-DD}, and for times {@code
 * YYYY-MM-DD[(T| )HH:MM[:SS[.digits]]]}, for an INSTANT followed by nothing (UTC), {@code Z} or
 * {@code ±HH[[:]MM]}. Blanks around it are ignored; digits beyond what the type keeps, milliseconds
 * or microseconds, are rounded.
 */
public final class TemporalText {
  private static final Pattern DATE = Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})");
  private static final Pattern TIME =
      Pattern.compile(
          DATE.pattern()
              + "(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\\.([0-9]{1,18}))?)?"
              + "(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?");
  private static final int LONGEST = 100;
  private static final String CLOCK = "TIMESTAMP";
  private static final String INSTANT = "TIMESTAMP WITH TIME ZONE";

  private TemporalText() {}

  public static String date(long day) {
    StringBuilder text = new StringBuilder(10);
    appendDate(text, day);
    return text.toString();
  }

  /** {@code YYYY-MM-DD HH:MM:SS}, with milliseconds but no trailing zeros where there are any. */
  public static String timestamp(long millis) {
    return time(millis, Math.floorMod(millis, 1000), 3);
  }

  /** As {@link #timestamp}, of microseconds. */
  public static String microTimestamp(long micros) {
    return time(MicroTimes.millis(micros), Math.floorMod(micros, 1_000_000), 6);
  }

  private static String time(long millis, int fraction, int digits) {
    StringBuilder text = new StringBuilder(26);
    appendDate(text, TimeFunctions.day(millis));
    int inDay = (int) Math.floorMod(millis, TimeFunctions.MILLIS_PER_DAY);
    appendDigits(text.append(' '), inDay / 3_600_000, 2);
    appendDigits(text.append(':'), inDay / 60_000 % 60, 2);
    appendDigits(text.append(':'), inDay / 1000 % 60, 2);
    if (fraction != 0) {
      appendDigits(text.append('.'), fraction, digits);
      while (text.charAt(text.length() - 1) == '0') {
        text.setLength(text.length() - 1);
      }
    }
    return text.toString();
  }

  /** As {@link #timestamp} at UTC, with {@code +00}. */
  public static String instant(long millis) {
    return timestamp(millis) + "+00";
  }

  /** As {@link #instant}, of microseconds. */
  public static String microInstant(long micros) {
    return microTimestamp(micros) + "+00";
  }

  public static long parseDate(String text) throws EvaluationException {
    Matcher matcher = match(DATE, text, "DATE", "YYYY-MM-DD");
    return day(matcher, text, "DATE");
  }

  public static long parseTimestamp(String text) throws EvaluationException {
    return TimeFunctions.checked(MicroTimes.millis(micros(clock(text, "mmm"), text, CLOCK, 3)));
  }

  public static long parseMicroTimestamp(String text) throws EvaluationException {
    return MicroTimes.checked(micros(clock(text, "mmmmmm"), text, CLOCK, 6));
  }

  private static Matcher clock(String text, String fraction) throws EvaluationException {
    Matcher matcher = match(TIME, text, CLOCK, "YYYY-MM-DD HH:MM:SS." + fraction);
    if (matcher.group(8) != null) {
      throw failure(text, CLOCK, "it has an offset; cast to TIMESTAMP WITH TIME ZONE");
    }
    return matcher;
  }

  public static long parseInstant(String text) throws EvaluationException {
    return TimeFunctions.checked(MicroTimes.millis(instant(text, "mmm", 3)));
  }

  public static long parseMicroInstant(String text) throws EvaluationException {
    return MicroTimes.checked(instant(text, "mmmmmm", 6));
  }

  /** Whether a text of a time has digits, not zeros, beyond milliseconds. */
  public static boolean isFinerThanMillis(String text) {
    Matcher matcher = TIME.matcher(trim(text));
    String fraction = matcher.matches() ? matcher.group(7) : null;
    return fraction != null
        && fraction.length() > 3
        && fraction.substring(3).chars().anyMatch(digit -> digit != '0');
  }

  private static long instant(String text, String fraction, int digits) throws EvaluationException {
    Matcher matcher = match(TIME, text, INSTANT, "YYYY-MM-DD HH:MM:SS." + fraction + "+HH:MM");
    return micros(matcher, text, INSTANT, digits)
        - MicroTimes.ofMillis(offset(matcher, text, INSTANT));
  }

  private static Matcher match(Pattern pattern, String text, String type, String form)
      throws EvaluationException {
    Matcher matcher = pattern.matcher(trim(text));
    if (text.length() > LONGEST || !matcher.matches()) {
      throw failure(text, type, "expected " + form);
    }
    return matcher;
  }

  private static long day(Matcher matcher, String text, String type) throws EvaluationException {
    int year = number(matcher, 1);
    int month = number(matcher, 2);
    int day = number(matcher, 3);
    boolean exists =
        year >= 1
            && month >= 1
            && month <= 12
            && day >= 1
            && day <= CalendarDay.lengthOfMonth(year, month);
    if (!exists) {
      throw failure(text, type, "there is no such day");
    }
    return CalendarDay.of(year, month, day);
  }

  /** Microseconds, rounded to a number of digits of the second. */
  private static long micros(Matcher matcher, String text, String type, int digits)
      throws EvaluationException {
    int hour = number(matcher, 4);
    int minute = number(matcher, 5);
    int second = number(matcher, 6);
    if (hour > 23 || minute > 59 || second > 59) {
      throw failure(text, type, "there is no such time of day");
    }
    long inDay = ((hour * 60L + minute) * 60 + second) * 1_000_000;
    return day(matcher, text, type) * MicroTimes.MICROS_PER_DAY
        + inDay
        + fraction(matcher.group(7), digits);
  }

  /** Microseconds, the digit behind the last rounding it up from 5. */
  private static long fraction(String written, int digits) {
    if (written == null) {
      return 0;
    }
    int rounded = Integer.parseInt((written + "000000").substring(0, digits + 1));
    return (rounded + 5) / 10 * (digits == 3 ? MicroTimes.MICROS_PER_MILLI : 1);
  }

  private static long offset(Matcher matcher, String text, String type) throws EvaluationException {
    String zone = matcher.group(8);
    if (zone == null || zone.equals("Z")) {
      return 0;
    }
    int hours = Integer.parseInt(zone, 1, 3, 10);
    int minutes = zone.length() == 3 ? 0 : Integer.parseInt(zone.substring(zone.length() - 2));
    if (hours > 15 || minutes > 59) {
      throw failure(text, type, "there is no such offset");
    }
    long size = hours * TimeFunctions.MILLIS_PER_HOUR + minutes * TimeFunctions.MILLIS_PER_MINUTE;
    return zone.charAt(0) == '-' ? -size : size;
  }

  private static int number(Matcher matcher, int group) {
    return matcher.group(group) == null ? 0 : Integer.parseInt(matcher.group(group));
  }

  private static void appendDate(StringBuilder text, long day) {
    long packed = CalendarDay.packed(day);
    appendDigits(text, (int) (packed >> 16), 4);
    appendDigits(text.append('-'), (int) (packed >> 8) & 0xFF, 2);
    appendDigits(text.append('-'), (int) packed & 0xFF, 2);
  }

  private static void appendDigits(StringBuilder text, int value, int width) {
    String digits = Integer.toString(value);
    text.append("0".repeat(Math.max(0, width - digits.length()))).append(digits);
  }

  /** Without the blanks PostgreSQL ignores around a value. */
  static String trim(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private static EvaluationException failure(String text, String type, String reason) {
    return new EvaluationException(
        "Cannot cast " + Excerpt.of(text) + " to " + type + ": " + reason);
  }
}
