// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import org.anabranch.view.Trials;
import org.anabranch.view.accumulator.ExactDoubleSum;
import org.anabranch.view.accumulator.StateWriter;
import org.junit.jupiter.api.Test;

final class FlatDoubleSumsTest {
  private static final double[] SPECIAL = {
    0,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    1,
    -1,
    0x1p62,
    0x1p63,
    -0x1p64,
    0x1p-60,
    1e300,
    -1e-300
  };

  @Test
  void everySumAndSumOfSquaresHasTheBytesOfTheExactSumAtEveryStep() {
    Trials.run(
        3000,
        random -> {
          FlatDoubleSums flat = new FlatDoubleSums();
          long[] page = new long[2 * FlatDoubleSums.WORDS + 1];
          ExactDoubleSum sum = new ExactDoubleSum();
          ExactDoubleSum squares = new ExactDoubleSum();
          int spread = random.nextInt(6) == 0 ? 1000 : random.nextInt(90);
          boolean special = random.nextInt(8) == 0;
          for (int i = 0; i < 60; i++) {
            double value = value(random, spread, special);
            flat.add(page, 1, value);
            flat.addSquare(page, 1 + FlatDoubleSums.WORDS, value);
            sum.add(value);
            squares.addSquare(value);
            assertArrayEquals(bytes(sum), bytes(flat, page, 1));
            assertArrayEquals(bytes(squares), bytes(flat, page, 1 + FlatDoubleSums.WORDS));
          }
        });
  }

  @Test
  void aSumThatGrowsBeyondItsWindowStaysExact() {
    FlatDoubleSums flat = new FlatDoubleSums();
    long[] page = new long[FlatDoubleSums.WORDS];
    ExactDoubleSum sum = new ExactDoubleSum();
    double value = 1;
    for (int i = 0; i < 400; i++) {
      flat.add(page, 0, value);
      flat.add(page, 0, value);
      sum.add(value);
      sum.add(value);
      assertArrayEquals(bytes(sum), bytes(flat, page, 0));
      value *= 1.999;
    }
  }

  @Test
  void manyLargeNumbersInTheUnitsOfASmallOneStayExact() {
    for (double large : new double[] {Math.nextDown(0x1p64), -Math.nextDown(0x1p64)}) {
      FlatDoubleSums flat = new FlatDoubleSums();
      long[] page = new long[FlatDoubleSums.WORDS];
      ExactDoubleSum sum = new ExactDoubleSum();
      flat.add(page, 0, 1);
      sum.add(1);
      for (int i = 0; i < 5000; i++) {
        flat.add(page, 0, large);
        sum.add(large);
      }
      assertArrayEquals(bytes(sum), bytes(flat, page, 0));
    }
  }

  private static double value(Random random, int spread, boolean special) {
    if (special && random.nextInt(4) == 0) {
      return SPECIAL[random.nextInt(SPECIAL.length)];
    }
    double whole = random.nextInt(3) == 0 ? random.nextInt(200) - 100 : random.nextGaussian();
    return Math.scalb(whole, random.nextInt(2 * spread + 1) - spread);
  }

  private static byte[] bytes(ExactDoubleSum sum) {
    StateWriter out = new StateWriter();
    sum.encode(out);
    return out.toByteArray();
  }

  private static byte[] bytes(FlatDoubleSums flat, long[] page, int at) {
    StateWriter out = new StateWriter();
    flat.encode(page, at, out);
    return out.toByteArray();
  }
}
