// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import org.anabranch.view.Type;
import org.junit.jupiter.api.Test;

final class NumberTextTest {
  private static final long SEED = 754;
  private static final int NUMBERS = 100_000;

  @Test
  void numbersAreWrittenAsPostgresWritesThem() {
    assertEquals("1e+15", NumberText.of(1e15));
    assertEquals("100000000000000", NumberText.of(1e14));
    assertEquals("123456789012345.6", NumberText.of(123456789012345.6));
    assertEquals("0.0001", NumberText.of(0.0001));
    assertEquals("1e-05", NumberText.of(0.00001));
    assertEquals("1.5e+300", NumberText.of(1.5e300));
    assertEquals("5e-324", NumberText.of(Double.MIN_VALUE));
    assertEquals("1.7976931348623157e+308", NumberText.of(Double.MAX_VALUE));
    assertEquals("2.2250738585072014e-308", NumberText.of(Double.MIN_NORMAL));
    assertEquals("1.2345678901234568e+17", NumberText.of(1.2345678901234568E17));
    assertEquals("0.30000000000000004", NumberText.of(0.1 + 0.2));
    assertEquals("-1.5", NumberText.of(-1.5));
    assertEquals("0", NumberText.of(-0.0));
    assertEquals("2e-323", NumberText.of(2.0E-323));
    assertEquals("2e+23", NumberText.of(Double.parseDouble("2e23")));
    assertEquals("1e+23", NumberText.of(Double.parseDouble("1e23")));
    assertEquals("5.684341886080802e-14", NumberText.of(0x1p-44));
    assertEquals("9.5367431640625e-07", NumberText.of(0x1p-20));
    assertEquals("NaN", NumberText.of(Double.NaN));
    assertEquals("-Infinity", NumberText.of(Double.NEGATIVE_INFINITY));
  }

  @Test
  void everyNumberReadsBackAsItself() throws EvaluationException {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    for (int i = 0; i < NUMBERS; i++) {
      double value = number(random, i);
      assertEquals(value, Conversions.parseDouble(NumberText.of(value)));
    }
  }

  @Test
  void noShorterTextReadsBackAndNoNearerOneIsAsShort() {
    Random random = new Random(SEED + 1);
    for (int i = 0; i < NUMBERS / 4; i++) {
      double value = number(random, i);
      if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
        continue;
      }
      BigDecimal shortest = NumberText.shortest(value);
      int digits = shortest.precision();
      BigDecimal exact = new BigDecimal(value);
      if (digits > 1) {
        for (RoundingMode mode : new RoundingMode[] {RoundingMode.DOWN, RoundingMode.UP}) {
          BigDecimal shorter = exact.round(new MathContext(digits - 1, mode));
          assertTrue(shorter.doubleValue() != value, () -> shorter + " is shorter");
        }
      }
      BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      assertTrue(
          rounded.compareTo(shortest) == 0 || rounded.doubleValue() != value,
          () -> rounded + " is nearer than " + shortest);
    }
  }

  /** From JDK 19 on, Double.toString is shortest too, but for its two digits at least. */
  @Test
  void newerJdksAgreeOnTheDigits() {
    if (Runtime.version().feature() < 19) {
      return;
    }
    Random random = new Random(SEED + 2);
    for (int i = 0; i < NUMBERS; i++) {
      double value = number(random, i);
      if (!Double.isNaN(value) && !Double.isInfinite(value) && value != 0) {
        BigDecimal shortest = NumberText.shortest(value);
        BigDecimal theirs = new BigDecimal(Double.toString(value));
        assertTrue(shortest.precision() == 1 || shortest.compareTo(theirs) == 0, "" + value);
      }
    }
  }

  @Test
  void everyJdkWritesTheSameText() {
    Random random = new Random(SEED + 3);
    CRC32 sum = new CRC32();
    for (int i = 0; i < NUMBERS; i++) {
      sum.update(NumberText.of(number(random, i)).getBytes(StandardCharsets.US_ASCII));
    }
    assertEquals(3_935_975_543L, sum.getValue());
  }

  @Test
  void decimalsComeFromTheShortestText() throws EvaluationException {
    Type type = Type.decimal(20, 2);
    assertEquals(new BigDecimal("1.01"), Conversions.toDecimal(1.005, type));
    assertEquals(new BigDecimal("0.10"), Conversions.toDecimal(0.1, type));
  }

  /** Any bits, powers of two, decimals of a few digits, and whole numbers. */
  private static double number(Random random, int i) {
    return switch (i % 4) {
      case 0 -> Double.longBitsToDouble(random.nextLong());
      case 1 -> Double.longBitsToDouble((random.nextLong() >>> 53) << 52 | random.nextInt(3));
      case 2 -> random.nextInt(1_000_000) / Double.parseDouble("1e" + random.nextInt(8));
      default -> (double) (random.nextLong() >> random.nextInt(60));
    };
  }
}
