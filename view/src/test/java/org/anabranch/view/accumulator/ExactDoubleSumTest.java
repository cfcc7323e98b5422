// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sums of doubles against BigDecimal, which adds them exactly. */
class ExactDoubleSumTest {
  private static final long SEED = 4711;

  @Test
  void theSumIsExactWhateverIsAdded() {
    for (long seed = SEED; seed < SEED + 1000; seed++) {
      Random random = new Random(seed);
      ExactDoubleSum sum = new ExactDoubleSum();
      BigDecimal expected = BigDecimal.ZERO;
      int size = random.nextInt(60);
      for (int i = 0; i < size; i++) {
        double value = RandomValues.finite(random);
        if (random.nextBoolean()) {
          sum.add(value);
          expected = expected.add(new BigDecimal(value));
        } else {
          sum.addSquare(value);
          expected = expected.add(new BigDecimal(value).pow(2));
        }
      }
      assertEquals(expected.doubleValue() + 0.0, sum.toDouble(), "seed " + seed);
      assertEquals(0, expected.compareTo(exact(sum)), "seed " + seed);
      assertEquals(expected.signum() == 0, sum.isZero(), "seed " + seed);
    }
  }

  @Test
  void everyMagnitudeAndItsNegationCancelToZero() {
    List<Double> values = new ArrayList<>();
    for (int exponent = -1074; exponent <= 1023; exponent++) {
      values.add(Math.scalb(1.0, exponent));
      values.add(-Math.scalb(1.0, exponent));
      values.add(Math.scalb(1.75, exponent));
      values.add(-Math.scalb(1.75, exponent));
    }
    Collections.shuffle(values, new Random(SEED));
    ExactDoubleSum sum = new ExactDoubleSum();
    values.forEach(sum::add);
    assertTrue(sum.isZero());
    assertArrayEquals(new byte[] {1, 0}, bytes(sum));
    assertArrayEquals(new byte[] {1, 0}, bytes(new ExactDoubleSum()));
  }

  @Test
  void carriesRunThroughAllWords() {
    ExactDoubleSum sum = new ExactDoubleSum();
    sum.addSquare(Double.MAX_VALUE);
    sum.addSquare(Double.MIN_VALUE);
    sum.add(-Double.MIN_VALUE);
    BigDecimal expected =
        new BigDecimal(Double.MAX_VALUE)
            .pow(2)
            .add(new BigDecimal(Double.MIN_VALUE).pow(2))
            .subtract(new BigDecimal(Double.MIN_VALUE));
    assertEquals(0, expected.compareTo(exact(sum)));
    ExactDoubleSum many = new ExactDoubleSum();
    for (int i = 0; i < 100_000; i++) {
      many.addSquare(Double.MAX_VALUE);
      many.addSquare(-Double.MAX_VALUE);
    }
    BigDecimal square = new BigDecimal(Double.MAX_VALUE).pow(2);
    assertEquals(0, square.multiply(BigDecimal.valueOf(200_000)).compareTo(exact(many)));
  }

  @Test
  void mergingDoesNotDependOnTheFormOfEither() {
    double[][] sets = {{}, {0.5, -0.0}, {1e300, 1e-300}, {Double.MIN_VALUE}, {3, -3}, {1e-310, 5}};
    for (double[] left : sets) {
      for (double[] right : sets) {
        ExactDoubleSum merged = sum(left);
        merged.add(sum(right));
        ExactDoubleSum together = sum(left);
        for (double value : right) {
          together.add(value);
        }
        assertArrayEquals(bytes(together), bytes(merged));
      }
    }
  }

  @Test
  void decodingGivesTheNumberBack() {
    for (long seed = SEED; seed < SEED + 2000; seed++) {
      Random random = new Random(seed);
      ExactDoubleSum sum = new ExactDoubleSum();
      for (int i = random.nextInt(10); i > 0; i--) {
        sum.add(RandomValues.finite(random));
      }
      ExactDoubleSum decoded = ExactDoubleSum.decode(new StateReader(bytes(sum)));
      assertEquals(0, exact(sum).compareTo(exact(decoded)), "seed " + seed);
      assertArrayEquals(bytes(sum), bytes(decoded), "seed " + seed);
    }
  }

  @Test
  void halvesRoundToEven() {
    assertEquals(0x1p53, sum(0x1p53, 1).toDouble());
    assertEquals(0x1p53 + 4, sum(0x1p53 + 2, 1).toDouble());
    assertEquals(0x1p53 + 2, sum(0x1p53, 1, Double.MIN_VALUE).toDouble());
    assertEquals(Double.MAX_VALUE, sum(Double.MAX_VALUE, 0x1p969).toDouble());
    assertEquals(Double.POSITIVE_INFINITY, sum(Double.MAX_VALUE, 0x1p970).toDouble());
    assertEquals(Double.NEGATIVE_INFINITY, sum(-Double.MAX_VALUE, -0x1p970).toDouble());
  }

  @Test
  void aNumberThatIsNotFiniteIsRefused() {
    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> new ExactDoubleSum().add(value));
      assertThrows(IllegalArgumentException.class, () -> new ExactDoubleSum().addSquare(value));
    }
  }

  private static ExactDoubleSum sum(double... values) {
    ExactDoubleSum sum = new ExactDoubleSum();
    for (double value : values) {
      sum.add(value);
    }
    return sum;
  }

  private static BigDecimal exact(ExactDoubleSum sum) {
    ExactRatio ratio = sum.toRatio();
    BigDecimal two = BigDecimal.valueOf(2);
    BigDecimal power =
        ratio.exponent() >= 0
            ? two.pow(ratio.exponent())
            : BigDecimal.valueOf(0.5).pow(-ratio.exponent());
    return new BigDecimal(ratio.numerator()).multiply(power);
  }

  private static byte[] bytes(ExactDoubleSum sum) {
    StateWriter out = new StateWriter();
    sum.encode(out);
    return out.toByteArray();
  }
}
