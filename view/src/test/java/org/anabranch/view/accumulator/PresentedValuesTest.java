// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import static org.anabranch.view.accumulator.AggregateFunction.APPROX_COUNT_DISTINCT;
import static org.anabranch.view.accumulator.AggregateFunction.APPROX_PERCENTILE;
import static org.anabranch.view.accumulator.AggregateFunction.ARG_MAX;
import static org.anabranch.view.accumulator.AggregateFunction.ARG_MIN;
import static org.anabranch.view.accumulator.AggregateFunction.AVG;
import static org.anabranch.view.accumulator.AggregateFunction.COUNT;
import static org.anabranch.view.accumulator.AggregateFunction.COUNT_DISTINCT;
import static org.anabranch.view.accumulator.AggregateFunction.COUNT_ROWS;
import static org.anabranch.view.accumulator.AggregateFunction.MAX;
import static org.anabranch.view.accumulator.AggregateFunction.MIN;
import static org.anabranch.view.accumulator.AggregateFunction.STDDEV_POP;
import static org.anabranch.view.accumulator.AggregateFunction.STDDEV_SAMP;
import static org.anabranch.view.accumulator.AggregateFunction.SUM;
import static org.anabranch.view.accumulator.AggregateFunction.VAR_POP;
import static org.anabranch.view.accumulator.AggregateFunction.VAR_SAMP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;
import java.util.Random;
import org.anabranch.view.Type;
import org.junit.jupiter.api.Test;

/** What aggregates present, against what SQL and arithmetic say. */
class PresentedValuesTest {
  private static final double NAN = Double.NaN;
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final Type MONEY = Type.decimal(9, 2);

  @Test
  void overNoRowsCountsAreZeroAndTheRestIsNull() throws PresentException {
    for (AggregateFunction function : AggregateFunction.values()) {
      List<Type> types =
          switch (function) {
            case COUNT_ROWS -> List.of();
            case ARG_MIN, ARG_MAX -> List.of(Type.DOUBLE, Type.DOUBLE);
            default -> List.of(Type.DOUBLE);
          };
      Object expected = function.name().contains("COUNT") ? 0L : null;
      assertEquals(expected, present(function, types), function.name());
    }
  }

  @Test
  void nullsCountAsRowsOnly() throws PresentException {
    assertEquals(2L, present(COUNT_ROWS, List.of(), row(), row()));
    assertEquals(1L, present(COUNT, Type.VARCHAR, null, "a", null));
    assertEquals(2L, present(COUNT_DISTINCT, Type.VARCHAR, null, "a", "b", "a"));
    assertEquals(2.0, present(AVG, Type.INTEGER, null, 1L, 3L));
  }

  @Test
  void aSumOfIntegersIsExactPastWhatItsPartsPass() throws PresentException {
    assertEquals(6L, present(SUM, Type.INTEGER, 1L, 2L, 3L));
    assertEquals(
        new BigDecimal("18446744073709551614"),
        present(SUM, Type.BIGINT, Long.MAX_VALUE, Long.MAX_VALUE));
    assertEquals(
        BigDecimal.ONE, present(SUM, Type.BIGINT, Long.MAX_VALUE, 2L, -Long.MAX_VALUE, -1L));
    assertEquals(new BigDecimal("0.30"), present(SUM, MONEY, money("0.10"), money("0.20")));
  }

  @Test
  void aSumThatDoesNotFitIsRefusedWithItsValue() throws PresentException {
    Type wide = Type.decimal(38, 2);
    BigDecimal large = new BigDecimal(BigInteger.TEN.pow(38).subtract(BigInteger.ONE), 2);
    assertEquals(large, present(SUM, wide, large));
    String message = refusal(SUM, wide, large, large);
    assertTrue(message.contains("1999999999999999999999999999999999999.98"), message);
    assertTrue(message.contains("DECIMAL(38, 2)"), message);
    assertEquals(
        money("0.01").setScale(2), present(SUM, wide, large, money("0.01"), large.negate()));
  }

  @Test
  void aSumOfIntegersAboveBigintIsRefused() {
    ExactSumAccumulator sum = new ExactSumAccumulator(Type.INTEGER);
    ExactSum state = sum.zero();
    state.add(Long.MAX_VALUE);
    state.add(1);
    String message = assertThrows(PresentException.class, () -> sum.present(state)).getMessage();
    assertTrue(message.contains("9223372036854775808 does not fit BIGINT"), message);
  }

  @Test
  void anAverageIsTheExactSumDividedOnce() throws PresentException {
    assertEquals(1.0 / 3, present(AVG, Type.INTEGER, 0L, 0L, 1L));
    assertEquals(9.223372036854776E18, present(AVG, Type.BIGINT, Long.MAX_VALUE, Long.MAX_VALUE));
    assertEquals(0.15, present(AVG, MONEY, money("0.10"), money("0.20")));
    assertEquals(0.1, present(AVG, Type.DOUBLE, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1));
    assertEquals(Double.MAX_VALUE, present(AVG, Type.DOUBLE, Double.MAX_VALUE, Double.MAX_VALUE));
  }

  @Test
  void aSumOfDoublesIsExactAndRoundedOnce() throws PresentException {
    assertEquals(1.0, present(SUM, Type.DOUBLE, 1e300, 1.0, -1e300));
    assertEquals(0.0, present(SUM, Type.DOUBLE, -0.0));
    assertEquals(NAN, present(SUM, Type.DOUBLE, 1.0, NAN));
    assertEquals(INFINITY, present(SUM, Type.DOUBLE, 1.0, INFINITY));
    assertEquals(-INFINITY, present(AVG, Type.DOUBLE, 1.0, -INFINITY));
    assertEquals(NAN, present(SUM, Type.DOUBLE, INFINITY, -INFINITY));
    double max = Double.MAX_VALUE;
    assertEquals(max, present(SUM, Type.DOUBLE, max, max, -max));
    assertTrue(refusal(SUM, Type.DOUBLE, max, max).contains("beyond the range of DOUBLE"));
    assertTrue(refusal(SUM, Type.DOUBLE, -max, -max).contains("below -1.79"));
  }

  @Test
  void spreadOfOneRowIsZeroInAPopulationAndUnknownInASample() throws PresentException {
    assertEquals(0.0, present(VAR_POP, Type.INTEGER, 5L));
    assertEquals(0.0, present(STDDEV_POP, Type.INTEGER, 5L));
    assertNull(present(VAR_SAMP, Type.INTEGER, 5L));
    assertNull(present(STDDEV_SAMP, Type.INTEGER, 5L));
    assertNull(present(VAR_SAMP, Type.DOUBLE, NAN));
  }

  @Test
  void spreadOfSpecialNumbersIsNaN() throws PresentException {
    for (double special : new double[] {NAN, INFINITY, -INFINITY}) {
      assertEquals(NAN, present(VAR_POP, Type.DOUBLE, special));
      assertEquals(NAN, present(STDDEV_SAMP, Type.DOUBLE, 1.0, special));
    }
  }

  @Test
  void equalNumbersHaveNoSpreadHoweverLarge() throws PresentException {
    assertEquals(0.0, present(VAR_POP, Type.DOUBLE, 1e300, 1e300, 1e300));
    assertEquals(0.0, present(STDDEV_SAMP, Type.DOUBLE, 0.1, 0.1, 0.1));
    assertEquals(1.0, present(VAR_SAMP, Type.BIGINT, 1L << 52, (1L << 52) + 1, (1L << 52) + 2));
  }

  @Test
  void aSpreadBeyondDoubleIsRefusedButItsRootIsNot() throws PresentException {
    double max = Double.MAX_VALUE;
    assertEquals(max, present(STDDEV_POP, Type.DOUBLE, max, -max));
    assertTrue(refusal(VAR_POP, Type.DOUBLE, max, -max).startsWith("Cannot present VAR_POP of 2"));
    assertTrue(refusal(STDDEV_SAMP, Type.DOUBLE, max, -max).contains("above 1.79"));
  }

  @Test
  void theSpreadOfExactNumbersIsExactUntilItIsRoundedOnce() throws PresentException {
    Object[] two = {money("39.20"), money("44.98")};
    assertEquals(16.7042, present(VAR_SAMP, MONEY, two));
    assertEquals(8.3521, present(VAR_POP, MONEY, two));
    assertEquals(2.89, present(STDDEV_POP, MONEY, two));
    assertEquals(4.087077195258245, present(STDDEV_SAMP, MONEY, two));
    assertEquals(0.25, present(VAR_POP, Type.BIGINT, Long.MAX_VALUE, Long.MAX_VALUE - 1));
    assertEquals(0.0, present(VAR_SAMP, Type.BIGINT, Long.MIN_VALUE, Long.MIN_VALUE));
    Type wide = Type.decimal(38, 10);
    BigDecimal large = new BigDecimal("9".repeat(28) + "." + "9".repeat(10));
    BigDecimal next = large.subtract(new BigDecimal("0.0000000002"));
    assertEquals(1e-20, present(VAR_POP, wide, large, next));
    assertEquals(1e-10, present(STDDEV_POP, wide, large.negate(), next.negate()));
  }

  @Test
  void variancesAreTheExactOnesRoundedOnce() throws PresentException {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      int size = 2 + random.nextInt(20);
      Object[] values = new Object[size];
      for (int i = 0; i < size; i++) {
        values[i] = random.nextInt(4) == 0 ? 1e9 + random.nextDouble() : random.nextGaussian();
      }
      double wanted = bruteForceVariance(values, size);
      assertEquals(wanted, present(VAR_POP, Type.DOUBLE, values), "seed " + seed);
      assertEquals(
          bruteForceVariance(values, size - 1),
          present(VAR_SAMP, Type.DOUBLE, values),
          "seed " + seed);
    }
  }

  /** Around the mean, as the definition says, with far more digits than any double has. */
  private static double bruteForceVariance(Object[] values, int divisor) {
    MathContext digits = new MathContext(400);
    BigDecimal mean = BigDecimal.ZERO;
    for (Object value : values) {
      mean = mean.add(new BigDecimal((Double) value));
    }
    mean = mean.divide(BigDecimal.valueOf(values.length), digits);
    BigDecimal sum = BigDecimal.ZERO;
    for (Object value : values) {
      sum = sum.add(new BigDecimal((Double) value).subtract(mean).pow(2));
    }
    return sum.divide(BigDecimal.valueOf(divisor), digits).doubleValue();
  }

  @Test
  void nanIsGreaterThanAllAndTextOrdersByCodePoint() throws PresentException {
    assertEquals(NAN, present(MAX, Type.DOUBLE, 1.0, NAN, INFINITY));
    assertEquals(-INFINITY, present(MIN, Type.DOUBLE, NAN, -INFINITY));
    assertEquals("\uD83D\uDE00", present(MAX, Type.VARCHAR, "a", "\uFFFD", "\uD83D\uDE00"));
    assertEquals("", present(MIN, Type.VARCHAR, "a", ""));
    assertEquals("ab", present(MAX, Type.VARCHAR, "a", "ab"));
  }

  @Test
  void zerosAndNansAreOneValueEach() throws PresentException {
    double otherNan = Double.longBitsToDouble(0xFFF8000000000001L);
    assertEquals(2L, present(COUNT_DISTINCT, Type.DOUBLE, 0.0, -0.0, NAN, otherNan));
    assertEquals(2L, present(APPROX_COUNT_DISTINCT, Type.DOUBLE, 0.0, -0.0, NAN, otherNan));
    assertEquals("0.0", String.valueOf(present(MIN, Type.DOUBLE, -0.0)));
  }

  @Test
  void ofEqualTimesArgMinTakesTheEarliestRowAndArgMaxTheLatest() throws PresentException {
    List<Type> types = List.of(Type.VARCHAR, Type.TIMESTAMP);
    Object[][] rows = {row("a", 5L), row("b", 5L), row(null, 1L), row("c", null), row("d", 5L)};
    assertEquals("a", present(ARG_MIN, types, rows));
    assertEquals("d", present(ARG_MAX, types, rows));
    assertEquals("late", present(ARG_MAX, types, row("late", 9L), row("a", 5L)));
  }

  @Test
  void aPercentileHasTheLowerRank() throws PresentException {
    assertEquals(3.0, present(APPROX_PERCENTILE, Type.INTEGER, 3L, 1L, 2L));
    assertEquals(3.0, present(APPROX_PERCENTILE, Type.INTEGER, 4L, 3L, 1L, 2L));
  }

  private static BigDecimal money(String text) {
    return new BigDecimal(text);
  }

  private static Object[] row(Object... arguments) {
    return arguments;
  }

  private static Object present(AggregateFunction function, Type type, Object... values)
      throws PresentException {
    Object[][] rows = new Object[values.length][];
    for (int i = 0; i < values.length; i++) {
      rows[i] = row(values[i]);
    }
    return present(function, List.of(type), rows);
  }

  private static Object present(AggregateFunction function, List<Type> types, Object[]... rows)
      throws PresentException {
    return folded(AccumulatorLaws.aggregate(function, types).accumulator(), rows);
  }

  private static <S> Object folded(Accumulator<S> accumulator, Object[]... rows)
      throws PresentException {
    S state = accumulator.zero();
    for (int i = 0; i < rows.length; i++) {
      state = accumulator.add(state, rows[i], new RowId(0, 0, i));
    }
    return accumulator.present(state);
  }

  private static String refusal(AggregateFunction function, Type type, Object... values) {
    return assertThrows(PresentException.class, () -> present(function, type, values)).getMessage();
  }
}
