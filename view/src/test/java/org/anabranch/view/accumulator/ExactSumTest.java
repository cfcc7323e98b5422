// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sums of integers against BigInteger. */
class ExactSumTest {
  private static final BigInteger LARGEST = BigInteger.TWO.pow(127).subtract(BigInteger.ONE);

  @Test
  void sumsAndTheirBytesAreThoseOfBigInteger() {
    for (long seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      ExactSum sum = new ExactSum();
      BigInteger expected = BigInteger.ZERO;
      int size = 1 + random.nextInt(20);
      for (int i = 0; i < size; i++) {
        BigInteger value = number(random);
        expected = expected.add(value);
        if (value.bitLength() < 64 && random.nextBoolean()) {
          sum.add(value.longValueExact());
        } else {
          sum.add(value);
        }
      }
      assertEquals(expected, sum.sum(), "seed " + seed);
      assertEquals(size, sum.count());
      StateReader in = new StateReader(bytes(sum));
      assertEquals(size, in.readVarint());
      assertArrayEquals(expected.toByteArray(), in.readBlock(), "seed " + seed);
      assertArrayEquals(bytes(sum), bytes(ExactSum.decode(new StateReader(bytes(sum)))));
    }
  }

  /** Doubling a sum 62 times is as many rows as can be counted. */
  @Test
  void asManyOfTheLargestNumbersAsCanBeCountedDoNotOverflow() {
    for (BigInteger value : new BigInteger[] {LARGEST, LARGEST.not()}) {
      ExactSum sum = new ExactSum();
      sum.add(value);
      for (int i = 0; i < 62; i++) {
        sum.merge(ExactSum.decode(new StateReader(bytes(sum))));
      }
      assertEquals(1L << 62, sum.count());
      assertEquals(value.shiftLeft(62), sum.sum());
    }
  }

  @Test
  void aNumberOfMoreThan128BitsIsRefused() {
    BigInteger tooLarge = LARGEST.add(BigInteger.ONE);
    assertThrows(ArithmeticException.class, () -> new ExactSum().add(tooLarge));
  }

  private static BigInteger number(Random random) {
    BigInteger magnitude = new BigInteger(random.nextInt(127), random);
    return switch (random.nextInt(4)) {
      case 0 -> LARGEST;
      case 1 -> LARGEST.not();
      case 2 -> magnitude.negate();
      default -> magnitude;
    };
  }

  private static byte[] bytes(ExactSum sum) {
    StateWriter out = new StateWriter();
    sum.encode(out);
    return out.toByteArray();
  }
}
