// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Rounding against definitions: the nearest double is at most half a step away, of two the even.
 */
class ExactRatioTest {
  private static final long SEED = 99;

  @Test
  void divisionRoundsToTheNearestDouble() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      BigInteger numerator = new BigInteger(random.nextInt(200), random);
      BigInteger denominator = new BigInteger(random.nextInt(120) + 1, random).setBit(0);
      double rounded = new ExactRatio(numerator, denominator, 0).toDouble();
      BigDecimal wanted =
          new BigDecimal(numerator).divide(new BigDecimal(denominator), new MathContext(200));
      assertEquals(wanted.doubleValue(), rounded, numerator + " / " + denominator);
      assertEquals(-rounded, new ExactRatio(numerator.negate(), denominator, 0).toDouble(), 0.0);
    }
  }

  @Test
  void everyDoubleRoundsToItself() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      double value = Math.abs(RandomValues.finite(random));
      ExactDoubleSum sum = new ExactDoubleSum();
      sum.add(value);
      assertEquals(value, sum.toRatio().toDouble());
      assertEquals(value / 2, sum.toRatio().dividedBy(BigInteger.TWO).toDouble());
      ExactDoubleSum square = new ExactDoubleSum();
      square.addSquare(value);
      assertEquals(value, square.toRatio().squareRootToDouble());
    }
  }

  @Test
  void theSquareRootIsTheNearestDouble() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      BigInteger numerator = new BigInteger(random.nextInt(150) + 1, random).setBit(0);
      BigInteger denominator = new BigInteger(random.nextInt(100) + 1, random).setBit(0);
      int exponent = random.nextInt(300) - 150;
      ExactRatio ratio = new ExactRatio(numerator, denominator, exponent);
      double root = ratio.squareRootToDouble();
      assertTrue(
          compareSquare(middle(root, Math.nextDown(root)), ratio) <= 0
              && compareSquare(middle(root, Math.nextUp(root)), ratio) >= 0,
          ratio + " has root " + root);
    }
  }

  private static BigDecimal middle(double a, double b) {
    return new BigDecimal(a).add(new BigDecimal(b)).divide(BigDecimal.valueOf(2));
  }

  private static int compareSquare(BigDecimal root, ExactRatio ratio) {
    BigDecimal left = root.pow(2).multiply(new BigDecimal(ratio.denominator()));
    BigDecimal power = BigDecimal.valueOf(2).pow(Math.abs(ratio.exponent()));
    BigDecimal right = new BigDecimal(ratio.numerator());
    return ratio.exponent() >= 0
        ? left.compareTo(right.multiply(power))
        : left.multiply(power).compareTo(right);
  }
}
