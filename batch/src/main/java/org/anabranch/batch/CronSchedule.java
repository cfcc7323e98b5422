// SPDX-License-Identifier: Apache-2.0
package org.anabranch.batch;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;

/**
 * Runs at the minutes that five fields name, in UTC: minute (0-59), hour (0-23), day of the month
 * (1-31), month (1-12) and day of the week (0-7, Sunday being 0 and 7). A field is {@code *}, a
 * number, a range {@code a-b}, either of the last two or {@code *} with a step {@code /n}, or
 * several of these with commas. As with cron, where both days are restricted one of them is enough.
 */
public final class CronSchedule implements Schedule {
  private static final List<String> NAMES = List.of("minute", "hour", "day", "month", "weekday");
  private static final int[] FIRST = {0, 0, 1, 1, 0};
  private static final int[] LAST = {59, 23, 31, 12, 7};

  /** Leap days that meet a weekday come again after at most forty years. */
  private static final int MAX_YEARS = 41;

  private final String text;
  private final BitSet[] fields = new BitSet[NAMES.size()];
  private final boolean anyDay;
  private final boolean anyWeekday;

  private CronSchedule(String text, String[] parts) {
    this.text = text;
    for (int field = 0; field < fields.length; field++) {
      fields[field] = read(parts[field], field);
    }
    this.anyDay = parts[2].equals("*");
    this.anyWeekday = parts[4].equals("*");
    if (fields[4].get(7)) {
      fields[4].set(0);
    }
  }

  /**
   * Reads five fields.
   *
   * @throws IllegalArgumentException naming the field that is wrong, also if no moment ever comes
   */
  public static CronSchedule parse(String text) {
    String[] parts = text.strip().split("\\s+", -1);
    if (parts.length != NAMES.size()) {
      throw new IllegalArgumentException(
          "Cannot read schedule '" + text + "': it has " + parts.length + " fields, not 5");
    }
    CronSchedule schedule = new CronSchedule(text.strip(), parts);
    // Every schedule that ever runs does so within the bound, wherever it starts.
    schedule.next(0);
    return schedule;
  }

  private static BitSet read(String part, int field) {
    BitSet allowed = new BitSet();
    for (String item : part.split(",", -1)) {
      String[] stepped = item.split("/", -1);
      String[] range = stepped[0].split("-", -1);
      boolean any = stepped[0].equals("*");
      if (stepped.length > 2 || range.length > 2) {
        throw wrong(item, field);
      }
      int from = any ? FIRST[field] : number(range[0], item, field);
      boolean open = any || (range.length == 1 && stepped.length == 2);
      int to = open ? LAST[field] : number(range[range.length - 1], item, field);
      int step = stepped.length == 2 ? number(stepped[1], item, field) : 1;
      if (from < FIRST[field] || to > LAST[field] || from > to || step < 1) {
        throw wrong(item, field);
      }
      for (int value = from; value <= to; value += step) {
        allowed.set(value);
      }
    }
    return allowed;
  }

  private static int number(String text, String item, int field) {
    if (!text.matches("[0-9]{1,2}")) {
      throw wrong(item, field);
    }
    return Integer.parseInt(text);
  }

  private static IllegalArgumentException wrong(String item, int field) {
    return new IllegalArgumentException(
        "Cannot read '"
            + item
            + "' as "
            + NAMES.get(field)
            + " of a schedule: it is a number from "
            + FIRST[field]
            + " to "
            + LAST[field]
            + ", a range a-b, *, or one of these with /step");
  }

  @Override
  public long next(long now) {
    LocalDateTime start =
        LocalDateTime.ofInstant(Instant.ofEpochMilli(now), ZoneOffset.UTC)
            .truncatedTo(ChronoUnit.MINUTES)
            .plusMinutes(1);
    LocalDateTime time = start;
    while (time.getYear() - start.getYear() < MAX_YEARS) {
      if (!fields[3].get(time.getMonthValue())) {
        time = time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).plusMonths(1);
      } else if (!isDay(time)) {
        time = time.truncatedTo(ChronoUnit.DAYS).plusDays(1);
      } else if (!fields[1].get(time.getHour())) {
        time = time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
      } else if (!fields[0].get(time.getMinute())) {
        time = time.plusMinutes(1);
      } else {
        return time.toInstant(ZoneOffset.UTC).toEpochMilli();
      }
    }
    throw new IllegalArgumentException(
        "Cannot use schedule '" + text + "': such a moment never comes");
  }

  private boolean isDay(LocalDateTime time) {
    boolean day = fields[2].get(time.getDayOfMonth());
    boolean weekday = fields[4].get(time.getDayOfWeek().getValue() % 7);
    return (anyDay || anyWeekday) ? day && weekday : day || weekday;
  }

  @Override
  public String toString() {
    return "cron " + text;
  }
}
