// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression.Literal;
import org.junit.jupiter.api.Test;

final class MicroTimesTest {
  private static final long SEED = 1_000_000;
  private static final int TRIALS = 50_000;

  private static LocalDateTime time(long micros) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1000, ZoneOffset.UTC);
  }

  private static long micros(LocalDateTime time) {
    return ChronoUnit.MICROS.between(LocalDateTime.of(1970, 1, 1, 0, 0), time);
  }

  private static Object cast(Object value, Type from, Type to) throws EvaluationException {
    return Conversions.convert(value, from, to);
  }

  @Test
  void theYearsAreThoseOfMilliseconds() throws EvaluationException {
    assertEquals(MicroTimes.MIN_MICROS, micros(LocalDateTime.of(1, 1, 1, 0, 0)));
    assertEquals(
        MicroTimes.MAX_MICROS, micros(LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000)));
    for (long end : new long[] {MicroTimes.MIN_MICROS, MicroTimes.MAX_MICROS}) {
      for (Type type : List.of(Type.MICRO_TIMESTAMP, Type.MICRO_INSTANT)) {
        assertEquals(end, cast(cast(end, type, Type.VARCHAR), Type.VARCHAR, type));
      }
    }
    assertThrows(EvaluationException.class, () -> MicroTimes.checked(MicroTimes.MAX_MICROS + 1));
    assertThrows(EvaluationException.class, () -> MicroTimes.checked(MicroTimes.MIN_MICROS - 1));
    assertThrows(
        EvaluationException.class,
        () -> cast("9999-12-31 23:59:59.9999995", Type.VARCHAR, Type.MICRO_TIMESTAMP));
    assertThrows(
        EvaluationException.class,
        () -> cast(MicroTimes.MAX_MICROS, Type.MICRO_TIMESTAMP, Type.TIMESTAMP));
  }

  @Test
  void fieldsAndUnitsAreThoseOfTheCalendar() {
    System.out.println("seed " + SEED);
    RandomValues values = new RandomValues(new Random(SEED));
    for (int i = 0; i < TRIALS; i++) {
      long micros = (Long) values.value(Type.MICRO_TIMESTAMP);
      LocalDateTime time = time(micros);
      assertEquals(
          micros(time.truncatedTo(ChronoUnit.MILLIS)),
          MicroTimes.floor(Operator.FLOOR_MILLISECOND, micros));
      assertEquals(
          micros(time.truncatedTo(ChronoUnit.SECONDS)),
          MicroTimes.floor(Operator.FLOOR_SECOND, micros));
      assertEquals(
          micros(time.toLocalDate().withDayOfMonth(1).atStartOfDay()),
          MicroTimes.floor(Operator.FLOOR_MONTH, micros));
      assertEquals(
          time.getSecond() * 1_000_000L + time.getNano() / 1000,
          MicroTimes.extract(Operator.EXTRACT_SECOND, micros));
      assertEquals(time.getHour(), MicroTimes.extract(Operator.EXTRACT_HOUR, micros));
      assertEquals(time.getYear(), MicroTimes.extract(Operator.EXTRACT_YEAR, micros));
      assertEquals(time.toLocalDate().toEpochDay(), MicroTimes.day(micros));
    }
  }

  @Test
  void aCastToMillisecondsRoundsAsATextIsRead() throws EvaluationException {
    RandomValues values = new RandomValues(new Random(SEED + 1));
    for (int i = 0; i < TRIALS; i++) {
      Object micros = values.value(Type.MICRO_TIMESTAMP);
      if ((Long) micros > MicroTimes.MAX_MICROS - 500) {
        continue;
      }
      Object text = cast(micros, Type.MICRO_TIMESTAMP, Type.VARCHAR);
      assertEquals(
          cast(text, Type.VARCHAR, Type.TIMESTAMP),
          cast(micros, Type.MICRO_TIMESTAMP, Type.TIMESTAMP),
          text::toString);
    }
    assertEquals(0L, cast(-500L, Type.MICRO_INSTANT, Type.INSTANT));
    assertEquals(-1L, cast(-501L, Type.MICRO_INSTANT, Type.INSTANT));
    assertEquals(1L, cast(500L, Type.MICRO_TIMESTAMP, Type.TIMESTAMP));
    assertEquals(0L, cast(499L, Type.MICRO_TIMESTAMP, Type.TIMESTAMP));
  }

  @Test
  void monthsKeepTheTimeOfDayToTheMicrosecond() throws EvaluationException {
    long end = micros(LocalDateTime.of(2001, 1, 31, 23, 59, 59, 999_999_000));
    assertEquals(
        micros(LocalDateTime.of(2001, 2, 28, 23, 59, 59, 999_999_000)),
        MicroTimes.addMonths(end, 1));
    assertEquals(end + 1, MicroTimes.addMicros(end, 1));
  }

  @Test
  void bothPrecisionsMeetInTheFinerOne() throws Exception {
    Expression millis = new Expression.ColumnReference(0, "a", Type.TIMESTAMP);
    Expression micros = new Expression.ColumnReference(1, "b", Type.MICRO_TIMESTAMP);
    Expression date = new Expression.ColumnReference(2, "c", Type.DATE);
    Object[] row = {1L, 1_001L, 0L};
    assertEquals(
        Type.MICRO_TIMESTAMP, Typing.call(Operator.COALESCE, List.of(millis, micros)).type());
    assertEquals(
        Type.MICRO_TIMESTAMP, Typing.call(Operator.COALESCE, List.of(date, micros)).type());
    assertEquals(
        true, Evaluation.evaluate(Typing.call(Operator.LESS, List.of(millis, micros)), row));
    Expression distance = Typing.call(Operator.TIME_BETWEEN, List.of(micros, millis));
    assertEquals(Type.MICRO_INTERVAL, distance.type());
    assertEquals(
        new BigDecimal("0.000001"),
        Evaluation.evaluate(Typing.call(Operator.EXTRACT_EPOCH, List.of(distance)), row));
    Expression later = Typing.call(Operator.ADD_INTERVAL, List.of(millis, distance));
    assertEquals(Type.MICRO_TIMESTAMP, later.type());
    assertEquals(1_001L, Evaluation.evaluate(later, row));
    assertThrows(
        TypeException.class,
        () -> Typing.call(Operator.EQUAL, List.of(micros, new Literal(0L, Type.INSTANT))));
  }

  @Test
  void onlyDigitsThatAreNotZerosMakeATextFiner() {
    assertTrue(TemporalText.isFinerThanMillis("2001-01-01 00:00:00.0001"));
    assertFalse(TemporalText.isFinerThanMillis("2001-01-01 00:00:00.123000"));
    assertFalse(TemporalText.isFinerThanMillis("2001-01-01"));
    assertFalse(TemporalText.isFinerThanMillis("no time .0001"));
  }
}
