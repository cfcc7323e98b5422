// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import static org.anabranch.view.expression.Expressions.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.anabranch.view.Type;
import org.junit.jupiter.api.Test;

final class ConversionsTest {
  private static final long SEED = 1582;
  private static final List<Type> TYPES =
      List.of(
          Type.BOOLEAN,
          Type.INTEGER,
          Type.BIGINT,
          Type.DOUBLE,
          Type.decimal(38, 6),
          Type.VARCHAR,
          Type.DATE,
          Type.TIMESTAMP,
          Type.INSTANT,
          Type.MICRO_TIMESTAMP,
          Type.MICRO_INSTANT);

  private static Object convert(Object value, Type from, Type to) {
    try {
      return Conversions.convert(value, from, to);
    } catch (EvaluationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object parse(String text, Type to) {
    return convert(text, Type.VARCHAR, to);
  }

  private static String failure(Object value, Type from, Type to) {
    return assertThrows(EvaluationException.class, () -> Conversions.convert(value, from, to))
        .getMessage();
  }

  @Test
  void everyTypeReadsItsOwnText() {
    System.out.println("seed " + SEED);
    RandomValues values = new RandomValues(new Random(SEED));
    for (Type type : TYPES) {
      for (int i = 0; i < 20_000; i++) {
        Object value = values.value(type);
        Object text = convert(value, type, Type.VARCHAR);
        assertTrue(Comparison.same(value, parse((String) text, type), type), text::toString);
      }
    }
  }

  @Test
  void wideningAndBackChangesNothing() {
    RandomValues values = new RandomValues(new Random(SEED + 1));
    for (int i = 0; i < 20_000; i++) {
      requireBack(values.value(Type.INTEGER), Type.INTEGER, Type.BIGINT);
      requireBack(values.value(Type.INTEGER), Type.INTEGER, Type.DOUBLE);
      requireBack(values.value(Type.BIGINT), Type.BIGINT, Type.decimal(19, 0));
      requireBack(values.value(Type.DATE), Type.DATE, Type.TIMESTAMP);
      requireBack(values.value(Type.DATE), Type.DATE, Type.INSTANT);
      requireBack(values.value(Type.TIMESTAMP), Type.TIMESTAMP, Type.INSTANT);
      requireBack(values.value(Type.DATE), Type.DATE, Type.MICRO_TIMESTAMP);
      requireBack(values.value(Type.TIMESTAMP), Type.TIMESTAMP, Type.MICRO_TIMESTAMP);
      requireBack(values.value(Type.INSTANT), Type.INSTANT, Type.MICRO_INSTANT);
      requireBack(values.value(Type.MICRO_TIMESTAMP), Type.MICRO_TIMESTAMP, Type.MICRO_INSTANT);
      requireBack(values.value(Type.BOOLEAN), Type.BOOLEAN, Type.INTEGER);
    }
  }

  private static void requireBack(Object value, Type type, Type wider) {
    assertEquals(value, convert(convert(value, type, wider), wider, type));
  }

  @Test
  void thereAreTheCastsOfPostgresAndNoOthers() {
    assertTrue(Conversions.exists(Type.INTEGER, Type.BOOLEAN));
    assertFalse(Conversions.exists(Type.BIGINT, Type.BOOLEAN));
    assertFalse(Conversions.exists(Type.DATE, Type.INTEGER));
    assertFalse(Conversions.exists(Type.DOUBLE, Type.TIMESTAMP));
    assertFalse(Conversions.exists(Type.VARCHAR, Type.DAYS_INTERVAL));
    assertFalse(Conversions.exists(Type.MONTHS_INTERVAL, Type.DAYS_INTERVAL));
    for (Type type : TYPES) {
      assertTrue(Conversions.exists(type, Type.VARCHAR) && Conversions.exists(Type.VARCHAR, type));
    }
  }

  @Test
  void doublesRoundHalvesToEvenAndDecimalsAway() {
    assertEquals(2L, convert(2.5, Type.DOUBLE, Type.INTEGER));
    assertEquals(4L, convert(3.5, Type.DOUBLE, Type.INTEGER));
    assertEquals(-2L, convert(-2.5, Type.DOUBLE, Type.BIGINT));
    Type tenths = Type.decimal(9, 1);
    assertEquals(3L, convert(new BigDecimal("2.5"), tenths, Type.INTEGER));
    assertEquals(-3L, convert(new BigDecimal("-2.5"), tenths, Type.BIGINT));
    assertEquals(
        new BigDecimal("123.5"), convert(new BigDecimal("123.456"), Type.decimal(6, 3), tenths));
    assertEquals(new BigDecimal("123.5"), parse("123.456", tenths));
  }

  @Test
  void whatDoesNotFitIsAnError() {
    assertTrue(failure(2147483647.5, Type.DOUBLE, Type.INTEGER).contains("out of range"));
    assertTrue(failure(0x1p63, Type.DOUBLE, Type.BIGINT).contains("out of range"));
    assertTrue(failure(Double.NaN, Type.DOUBLE, Type.BIGINT).contains("NaN"));
    assertTrue(failure(Double.NaN, Type.DOUBLE, Type.decimal(38, 0)).contains("NaN"));
    assertTrue(failure(1L << 31, Type.BIGINT, Type.INTEGER).contains("2147483648"));
    assertTrue(
        failure(new BigDecimal("99999.5"), Type.decimal(6, 1), Type.decimal(5, 0))
            .contains("does not fit DECIMAL(5, 0)"));
    assertTrue(failure("1e400", Type.VARCHAR, Type.DOUBLE).contains("out of range"));
    assertTrue(failure("1e-400", Type.VARCHAR, Type.DOUBLE).contains("out of range"));
    assertTrue(failure("9223372036854775808", Type.VARCHAR, Type.BIGINT).contains("out of range"));
    assertTrue(failure("1e999999999", Type.VARCHAR, Type.decimal(38, 0)).contains("does not fit"));
    assertEquals(new BigDecimal("0.00"), parse("1e-999999999", Type.decimal(5, 2)));
    assertEquals(new BigDecimal("0.00"), parse("0e999999999", Type.decimal(5, 2)));
  }

  @Test
  void numbersAreReadStrictly() {
    assertEquals(12L, parse(" 12\t", Type.INTEGER));
    assertEquals(5L, parse("+5", Type.BIGINT));
    assertEquals(100.0, parse("1e2", Type.DOUBLE));
    assertEquals(0.5, parse(".5", Type.DOUBLE));
    assertEquals(5.0, parse("5.", Type.DOUBLE));
    assertEquals(Double.NEGATIVE_INFINITY, parse(" -Infinity ", Type.DOUBLE));
    assertEquals(0.0, parse("-0e-999", Type.DOUBLE));
    for (String bad : List.of("", " ", "1.0", "1e2", "0x10", "1_000", "١", "5 5", "--5", "12abc")) {
      assertTrue(failure(bad, Type.VARCHAR, Type.INTEGER).contains("expected a whole number"));
    }
    for (String bad : List.of("", ".", "e5", "1e", "0x1p3", "1d", "1f", "1,5", "Infinit")) {
      assertTrue(failure(bad, Type.VARCHAR, Type.DOUBLE).contains("expected a number"));
      assertTrue(failure(bad, Type.VARCHAR, Type.decimal(9, 2)).contains("expected a number"));
    }
    assertTrue(failure("NaN", Type.VARCHAR, Type.decimal(9, 2)).contains("expected a number"));
    assertTrue(failure("9".repeat(5000), Type.VARCHAR, Type.DOUBLE).contains("longer than"));
  }

  @Test
  void truthIsReadInTheWordsOfPostgres() {
    for (String word : List.of("t", " TRUE ", "yes", "Y", "on", "1")) {
      assertEquals(true, parse(word, Type.BOOLEAN));
    }
    for (String word : List.of("f", "False", "no", "n", "OFF", "0")) {
      assertEquals(false, parse(word, Type.BOOLEAN));
    }
    assertTrue(failure("o", Type.VARCHAR, Type.BOOLEAN).contains("'o'"));
  }

  @Test
  void timesAreReadInIsoForms() {
    assertEquals(0L, parse("1970-01-01", Type.DATE));
    assertEquals(0L, parse(" 1970-01-01 ", Type.TIMESTAMP));
    assertEquals(3_600_000L, parse("1970-01-01 01:00", Type.TIMESTAMP));
    assertEquals(1500L, parse("1970-01-01T00:00:01.5", Type.TIMESTAMP));
    assertEquals(1000L, parse("1970-01-01T00:00:00.9995", Type.TIMESTAMP));
    assertEquals(999L, parse("1970-01-01T00:00:00.99949999", Type.TIMESTAMP));
    assertEquals(0L, parse("1970-01-01T02:00:00+02", Type.INSTANT));
    assertEquals(0L, parse("1969-12-31 18:30:00-0530", Type.INSTANT));
    assertEquals(0L, parse("1970-01-01T05:45+05:45", Type.INSTANT));
    assertEquals(0L, parse("1970-01-01T00:00:00Z", Type.INSTANT));
    assertEquals(0L, parse("1970-01-01 00:00", Type.INSTANT));
    assertEquals(TimeFunctions.MAX_MILLIS, parse("9999-12-31 23:59:59.999", Type.TIMESTAMP));
    assertEquals(TimeFunctions.MIN_DAY, parse("0001-01-01", Type.DATE));
  }

  @Test
  void otherTimesAreErrors() {
    for (String bad :
        List.of(
            "2001-02-29",
            "2001-1-5",
            "0000-01-01",
            "20010101",
            "now",
            "",
            "2001-13-01",
            "2001-01-00",
            "2001-01-01 10:00",
            "01/02/2001")) {
      assertTrue(failure(bad, Type.VARCHAR, Type.DATE).contains("to DATE"));
    }
    for (String bad :
        List.of(
            "2001-01-01 24:00",
            "2001-01-01 10:60",
            "2001-01-01 10:00:60",
            "2001-01-01 1:00",
            "2001-01-01 10:00 PM",
            "epoch",
            "2001-01-01 10:00:00.")) {
      assertTrue(failure(bad, Type.VARCHAR, Type.TIMESTAMP).contains("to TIMESTAMP"));
    }
    assertTrue(failure("2001-01-01 10:00Z", Type.VARCHAR, Type.TIMESTAMP).contains("offset"));
    assertTrue(failure("9999-12-31 23:59:59.9999", Type.VARCHAR, Type.TIMESTAMP).contains("9999"));
    assertTrue(failure("9999-12-31 23:00-02", Type.VARCHAR, Type.INSTANT).contains("9999"));
    assertTrue(failure("2001-01-01 10:00+16", Type.VARCHAR, Type.INSTANT).contains("offset"));
  }

  @Test
  void textIsWrittenAsPostgresWritesIt() {
    assertEquals("true", shown(TRUE));
    assertEquals("1.50", shown(decimal("1.50")));
    assertEquals("0.000001", shown(decimal("0.000001")));
    assertEquals("2001-01-01 10:00:00.5", shown(timestamp("2001-01-01 10:00:00.500")));
    assertEquals("2001-01-01 09:00:00+00", shown(instant("2001-01-01 10:00:00+01")));
    assertEquals("0001-01-01", shown(date("0001-01-01")));
    assertEquals(
        "1969-12-31 23:59:59.999", shown(cast(instant("1969-12-31 23:59:59.999"), Type.TIMESTAMP)));
  }

  @Test
  void aTimestampBecomesTheDayThatHoldsIt() {
    assertEquals(-1L, convert(-1L, Type.TIMESTAMP, Type.DATE));
    assertEquals(0L, convert(86_399_999L, Type.INSTANT, Type.DATE));
  }

  @Test
  void longValuesAreCutInMessages() {
    String message = failure("x".repeat(10_000), Type.VARCHAR, Type.DATE);
    assertTrue(message.length() < 150 && message.contains("..."), message);
  }
}
