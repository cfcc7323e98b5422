// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Percentiles against sorted arrays, and the buckets against their definition. */
class PercentileSketchTest {
  private static final long SEED = 1234;
  private static final double[] SHARES = {0, 0.001, 0.01, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999, 1};

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 100, 1000, 20_000})
  void theValueOfTheRankIsNearEnough(int size) {
    Random random = new Random(SEED);
    check(size, 0, random::nextGaussian);
    check(size, 0, () -> random.nextInt(100_000));
    check(size, 0, () -> Math.exp(random.nextGaussian()));
    check(size, 9, () -> Math.exp(20 * random.nextGaussian()));
    check(size, 9, () -> Double.longBitsToDouble(random.nextLong()));
    check(size, 9, () -> RandomValues.real(random));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void theMiddleOfABucketIsWithinTheBoundOfAllItsValues(int level) {
    Random random = new Random(SEED);
    for (int i = 0; i < 200_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (!Double.isNaN(value)) {
        assertNear(value, Buckets.middle(Buckets.index(value, level), level), level);
      }
    }
    for (int exponent = -1074; exponent <= 1023; exponent++) {
      double power = Math.scalb(1.0, exponent);
      for (double value : new double[] {power, Math.nextDown(power), power * (1 - 0x1p-9)}) {
        assertNear(value, Buckets.middle(Buckets.index(value, level), level), level);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
  void aBucketOfTheNextLevelIsAUnionOfBucketsInOrder(int level) {
    Random random = new Random(SEED);
    double[] values = new double[20_000];
    Arrays.setAll(values, i -> RandomValues.real(random));
    Arrays.sort(values);
    int previous = Integer.MIN_VALUE;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        int index = Buckets.index(value, level);
        assertTrue(index >= previous, () -> value + " is out of order");
        assertEquals(Buckets.index(value, level + 1), Buckets.raised(index, level));
        previous = index;
      }
    }
  }

  @Test
  void zeroAndInfinitiesHaveBucketsOfTheirOwnAtEveryLevel() {
    for (int level = 0; level <= 9; level++) {
      assertEquals(0, Buckets.index(-0.0, level));
      assertTrue(Buckets.index(Double.MIN_VALUE, level) > 0);
      int largest = Buckets.index(Double.MAX_VALUE, level);
      assertEquals(largest + 1, Buckets.index(Double.POSITIVE_INFINITY, level));
      assertEquals(-largest - 1, Buckets.index(Double.NEGATIVE_INFINITY, level));
    }
    assertEquals(512, Buckets.index(Double.MAX_VALUE, 9));
  }

  @Test
  void numbersOfEightBitsAreExactAtLevelZero() {
    for (int number = -256; number <= 256; number++) {
      for (double value : new double[] {number, number * 0x1p40, number * 0x1p-40}) {
        assertEquals(value, Buckets.middle(Buckets.index(value, 0), 0) + 0.0, 0.0);
      }
    }
  }

  @Test
  void theLevelIsTheSmallestThatHasFewEnoughBuckets() {
    for (long seed = SEED; seed < SEED + 40; seed++) {
      Random random = new Random(seed);
      double spread = random.nextInt(700);
      double[] values = new double[1 + random.nextInt(30_000)];
      Arrays.setAll(values, i -> Math.exp(spread * (random.nextDouble() - 0.5)) * (i % 2 * 2 - 1));
      PercentileSketch sketch = new PercentileSketch();
      PercentileSketch other = new PercentileSketch();
      for (int i = 0; i < values.length; i++) {
        (i % 3 == 0 ? sketch : other).add(values[i]);
      }
      sketch.merge(other);
      int level = sketch.level();
      assertTrue(buckets(values, level) <= PercentileSketch.MAX_BUCKETS, "seed " + seed);
      assertTrue(
          level == 0 || buckets(values, level - 1) > PercentileSketch.MAX_BUCKETS, "seed " + seed);
    }
  }

  @Test
  void theBytesDoNotDependOnTheOrderWhereLevelsRise() {
    Random random = new Random(SEED);
    double[] values = new double[50_000];
    Arrays.setAll(values, i -> Double.longBitsToDouble(random.nextLong()));
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    PercentileSketch inOrder = sketch(sorted);
    PercentileSketch shuffled = sketch(Arrays.copyOf(values, 30_000));
    shuffled.merge(sketch(Arrays.copyOfRange(values, 30_000, values.length)));
    assertArrayEquals(bytes(inOrder), bytes(shuffled));
    assertEquals(8, inOrder.level(), 1);
  }

  private static long buckets(double[] values, int level) {
    return Arrays.stream(values).mapToInt(value -> Buckets.index(value, level)).distinct().count();
  }

  private static void check(int size, int maxLevel, DoubleSupplier source) {
    double[] values = new double[size];
    Arrays.setAll(values, i -> source.getAsDouble() + 0.0);
    PercentileSketch sketch = sketch(values);
    assertTrue(sketch.level() <= maxLevel, () -> "level " + sketch.level());
    assertEquals(size, sketch.count());
    Arrays.sort(values);
    boolean few = Arrays.stream(values).distinct().count() <= PercentileSketch.MAX_VALUES;
    assertEquals(few, sketch.isExact());
    double before = Double.NEGATIVE_INFINITY;
    for (double share : SHARES) {
      double exact = values[rank(share, size) - 1];
      double answer = sketch.percentile(share);
      if (few || share == 0 || share == 1 || Double.isNaN(exact)) {
        assertEquals(exact, answer);
      } else {
        assertNear(exact, answer, sketch.level());
      }
      assertTrue(Double.compare(before, answer) <= 0, "a larger share has no smaller percentile");
      before = answer;
    }
    assertEquals(values[0], sketch.percentile(0));
    assertEquals(values[size - 1], sketch.percentile(1));
  }

  /** ceil(q * n), at least 1, of the share as it is written. */
  private static int rank(double share, int size) {
    return Math.max(
        1,
        new BigDecimal(Double.toString(share))
            .multiply(BigDecimal.valueOf(size))
            .setScale(0, RoundingMode.CEILING)
            .intValueExact());
  }

  @Test
  void theRankIsThatOfPercentileDisc() {
    double[] five = {9, 5, 1, 5, 5};
    assertEquals(9, sketch(five).percentile(0.99));
    assertEquals(5, sketch(five).percentile(0.8));
    assertEquals(9, sketch(five).percentile(0.81));
    assertEquals(1, sketch(five).percentile(0.2));
    assertEquals(5, sketch(five).percentile(0.21));
    assertEquals(1e16, sketch(new double[] {-1e16, 1, 1e16}).percentile(0.99));
    double[] hundred = new double[100];
    Arrays.setAll(hundred, i -> i % 50 + i / 50 * 100);
    assertEquals(6, sketch(hundred).percentile(0.07), "0.07 * 100 is 7, not 7.000000000000001");
  }

  @Test
  void theExtremesAreExactHoweverManyValuesThereAre() {
    for (double offset :
        new double[] {1783468800000.1, 23.79, Double.MIN_VALUE, -Double.MIN_VALUE, -23.79, 0.1}) {
      double[] values = new double[5000];
      Arrays.setAll(values, i -> offset + Math.copySign(i * 1e-3, offset));
      PercentileSketch sketch = sketch(values);
      Arrays.sort(values);
      assertFalse(sketch.isExact());
      assertEquals(values[0], sketch.percentile(0));
      assertEquals(values[values.length - 1], sketch.percentile(1));
      for (double share = 0; share < 1; share += 1e-3) {
        double answer = sketch.percentile(share);
        assertTrue(values[0] <= answer && answer <= values[values.length - 1]);
      }
    }
  }

  @Test
  void valuesBelowTheSmallestNormalNumberStayWithinWhatWasSeen() {
    double[] values = new double[200];
    Arrays.setAll(values, i -> (i + 1) * Double.MIN_VALUE);
    PercentileSketch sketch = sketch(values);
    for (double share : SHARES) {
      double answer = sketch.percentile(share);
      assertTrue(answer >= values[0] && answer <= values[199], () -> "" + answer);
    }
    assertEquals(1e-310, sketch(new double[] {Double.MIN_VALUE, 1e-310}).percentile(1));
    assertEquals(Double.MIN_VALUE, sketch(new double[] {Double.MIN_VALUE, 1e-310}).percentile(0));
  }

  @Test
  void aConstantIsItsPercentilesHoweverOften() {
    double[] constant = new double[1000];
    Arrays.fill(constant, 1783468800000.1);
    for (double share : SHARES) {
      assertEquals(1783468800000.1, sketch(constant).percentile(share));
    }
  }

  @Test
  void theFormIsAFunctionOfTheMultisetAtItsEdge() {
    double[] values = new double[PercentileSketch.MAX_VALUES];
    Arrays.setAll(values, i -> i == 0 ? Double.NaN : i);
    PercentileSketch full = sketch(values);
    full.merge(sketch(values));
    assertTrue(full.isExact(), "the same 64 values twice are 64 different ones");
    PercentileSketch more = sketch(values);
    more.merge(sketch(new double[] {0.5}));
    PercentileSketch turned = sketch(new double[] {0.5});
    turned.merge(sketch(values));
    assertFalse(more.isExact());
    assertArrayEquals(bytes(more), bytes(turned));
    double[] all = Arrays.copyOf(values, values.length + 1);
    all[values.length] = 0.5;
    assertArrayEquals(bytes(sketch(all)), bytes(more));
  }

  private static void assertNear(double exact, double answer, int level) {
    double magnitude = Math.abs(exact);
    boolean near;
    if (Double.isInfinite(exact)) {
      near = exact == answer;
    } else if (magnitude < Double.MIN_NORMAL) {
      near = Math.abs(answer - exact) <= Math.scalb(1.0, level - 1030);
    } else if (level <= 7) {
      near = Math.abs(answer - exact) <= Math.scalb(magnitude, level - 8);
    } else {
      double factor = level == 8 ? 2 : 4;
      near = Math.abs(answer) / factor <= magnitude && magnitude / factor <= Math.abs(answer);
    }
    assertTrue(
        near && exact * Math.signum(answer) >= 0,
        () -> answer + " is too far from " + exact + " at level " + level);
  }

  private static PercentileSketch sketch(double[] values) {
    PercentileSketch sketch = new PercentileSketch();
    for (double value : values) {
      sketch.add(value);
    }
    return sketch;
  }

  private static byte[] bytes(PercentileSketch sketch) {
    StateWriter out = new StateWriter();
    sketch.encode(out);
    return out.toByteArray();
  }
}
