// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    for (double share : SHARES) {
      double exact = values[(int) (share * (size - 1))];
      double answer = sketch.percentile(share);
      if (Double.isNaN(exact)) {
        assertTrue(Double.isNaN(answer));
      } else {
        assertNear(exact, answer, sketch.level());
      }
    }
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
