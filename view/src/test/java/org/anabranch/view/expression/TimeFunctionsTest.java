// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import static org.anabranch.view.expression.Expressions.*;
import static org.anabranch.view.expression.Operator.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Random;
import java.util.function.LongConsumer;
import org.anabranch.view.Type;
import org.junit.jupiter.api.Test;

final class TimeFunctionsTest {
  private static final long SEED = 1752;

  private static void forRandomTimes(int count, LongConsumer body) {
    System.out.println("seed " + SEED);
    RandomValues values = new RandomValues(new Random(SEED));
    for (int i = 0; i < count; i++) {
      body.accept((Long) values.value(Type.TIMESTAMP));
    }
    body.accept(TimeFunctions.MIN_MILLIS);
    body.accept(TimeFunctions.MAX_MILLIS);
  }

  private static LocalDateTime local(long millis) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(millis, 1000L), Math.floorMod(millis, 1000) * 1_000_000, ZoneOffset.UTC);
  }

  private static long epochMillis(LocalDateTime time) {
    return time.toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  @Test
  void fieldsAreThoseOfTheCalendar() {
    forRandomTimes(
        100_000,
        millis -> {
          LocalDateTime time = local(millis);
          requireField(time.getYear(), EXTRACT_YEAR, millis);
          requireField(time.get(IsoFields.QUARTER_OF_YEAR), EXTRACT_QUARTER, millis);
          requireField(time.getMonthValue(), EXTRACT_MONTH, millis);
          requireField(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), EXTRACT_WEEK, millis);
          requireField(time.getDayOfMonth(), EXTRACT_DAY, millis);
          requireField(time.getDayOfWeek().getValue() % 7, EXTRACT_DOW, millis);
          requireField(time.getDayOfWeek().getValue(), EXTRACT_ISODOW, millis);
          requireField(time.getDayOfYear(), EXTRACT_DOY, millis);
          requireField(time.getHour(), EXTRACT_HOUR, millis);
          requireField(time.getMinute(), EXTRACT_MINUTE, millis);
          long inMinute = time.getSecond() * 1000L + time.get(ChronoField.MILLI_OF_SECOND);
          requireField(inMinute, EXTRACT_SECOND, millis);
          requireField(inMinute, EXTRACT_MILLISECOND, millis);
          requireField(millis, EXTRACT_EPOCH, millis);
        });
  }

  private static void requireField(long expected, Operator operator, long millis) {
    assertEquals(expected, TimeFunctions.extract(operator, millis), operator + " of " + millis);
  }

  @Test
  void floorsAreTheStartsOfTheirUnits() {
    forRandomTimes(
        100_000,
        millis -> {
          LocalDateTime time = local(millis);
          LocalDateTime day = time.truncatedTo(ChronoUnit.DAYS);
          LocalDateTime month = day.withDayOfMonth(1);
          requireFloor(time.truncatedTo(ChronoUnit.SECONDS), FLOOR_SECOND, millis);
          requireFloor(time.truncatedTo(ChronoUnit.MINUTES), FLOOR_MINUTE, millis);
          requireFloor(time.truncatedTo(ChronoUnit.HOURS), FLOOR_HOUR, millis);
          requireFloor(day, FLOOR_DAY, millis);
          requireFloor(
              day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)), FLOOR_WEEK, millis);
          requireFloor(month, FLOOR_MONTH, millis);
          requireFloor(
              month.withMonth(month.get(IsoFields.QUARTER_OF_YEAR) * 3 - 2), FLOOR_QUARTER, millis);
          requireFloor(month.withMonth(1), FLOOR_YEAR, millis);
        });
  }

  private static void requireFloor(LocalDateTime expected, Operator operator, long millis) {
    long floor = TimeFunctions.floor(operator, millis);
    assertEquals(epochMillis(expected), floor, operator + " of " + millis);
    assertTrue(TimeFunctions.isInRange(floor), operator + " of " + millis);
  }

  @Test
  void addingMonthsStopsAtTheEndOfTheMonth() {
    assertEquals("2001-02-28 00:00:00", shown(ADD, timestamp("2001-01-31"), months(1)));
    assertEquals("1999-02-28 00:00:00", shown(SUBTRACT, timestamp("2000-02-29"), months(12)));
    assertEquals("2000-02-29 10:00:00", shown(SUBTRACT, timestamp("2000-03-31 10:00"), months(1)));
    Random random = new Random(SEED + 1);
    forRandomTimes(
        20_000,
        millis -> {
          int months = random.nextInt(4000) - 2000;
          LocalDateTime moved = local(millis).plusMonths(months);
          Expression sum =
              call(ADD, new Expression.Literal(millis, Type.TIMESTAMP), months(months));
          if (moved.getYear() < 1 || moved.getYear() > 9999) {
            assertTrue(error(sum).contains("0001 to 9999"));
          } else {
            assertEquals(epochMillis(moved), value(sum));
          }
        });
  }

  @Test
  void intervalsAddUp() {
    assertEquals("2001-01-02 00:00:00", shown(ADD, date("2001-01-01"), millis(86_400_000)));
    assertEquals("2001-03-01", shown(ADD, date("2001-02-22"), whole(7)));
    assertEquals("2000-12-31", shown(SUBTRACT, date("2001-01-01"), whole(1)));
    assertEquals(365L, value(SUBTRACT, date("2001-01-01"), text("2000-01-02")));
    assertEquals(3_600_000L, value(SUBTRACT, timestamp("2001-01-01 01:00"), date("2001-01-01")));
    assertEquals(
        "31622401.500",
        shown(
            EXTRACT_EPOCH,
            call(SUBTRACT, timestamp("2001-01-01 00:00:01.5"), timestamp("2000-01-01"))));
    assertEquals(true, value(LESS, millis(5), call(MULTIPLY, whole(2), millis(3))));
    assertTrue(error(ADD, date("9999-12-31"), whole(1)).contains("0001 to 9999"));
    assertTrue(error(ADD, timestamp("0001-01-01"), millis(-1)).contains("0001 to 9999"));
    assertTrue(error(MULTIPLY, millis(1_000_000_000), big(1_000_000_000)).contains("INTERVAL"));
  }

  @Test
  void fieldsHaveTheTypesOfTheTable() {
    Expression time = timestamp("2001-01-01 00:00:01.5");
    assertEquals("1.500", shown(EXTRACT_SECOND, time));
    assertEquals(1500L, value(EXTRACT_MILLISECOND, time));
    assertEquals("978307201.500", shown(EXTRACT_EPOCH, time));
    assertEquals("978307200.000", shown(EXTRACT_EPOCH, date("2001-01-01")));
    assertEquals(0L, value(EXTRACT_DOW, date("2001-01-07")));
    assertEquals(7L, value(EXTRACT_ISODOW, date("2001-01-07")));
    assertEquals("2001-01-01", shown(FLOOR_WEEK, date("2001-01-07")));
  }

  @Test
  void theRangeIsTheYearsOneToNineThousand() {
    assertEquals(LocalDate.of(1, 1, 1).toEpochDay(), TimeFunctions.MIN_DAY);
    assertEquals(LocalDate.of(9999, 12, 31).toEpochDay(), TimeFunctions.MAX_DAY);
  }
}
