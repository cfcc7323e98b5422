// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DecimalToDoubleTest {
  private static final long SEED = 17_030_529;
  private static final BigInteger LIMIT = BigInteger.TEN.pow(38).subtract(BigInteger.ONE);

  private static void same(BigInteger unscaled, int scale) {
    BigInteger kept = unscaled.max(LIMIT.negate()).min(LIMIT);
    double expected = new BigDecimal(kept, scale).doubleValue();
    double actual =
        new DecimalToDouble(scale).of(kept.shiftRight(64).longValueExact(), kept.longValue());
    assertEquals(expected, actual, () -> kept + "E-" + scale + ", seed " + SEED);
  }

  private static void sameWithNeighbours(BigInteger unscaled, int scale) {
    for (int offset = -2; offset <= 2; offset++) {
      same(unscaled.add(BigInteger.valueOf(offset)), scale);
      same(unscaled.negate().add(BigInteger.valueOf(offset)), scale);
    }
  }

  @Test
  void anyDecimalIsTheNearestDouble() {
    Random random = new Random(SEED);
    for (int scale = 0; scale <= 38; scale++) {
      for (int i = 0; i < 400; i++) {
        sameWithNeighbours(new BigInteger(random.nextInt(128), random), scale);
      }
    }
  }

  @Test
  void decimalsHalfWayBetweenTwoDoublesGoToTheEvenOne() {
    Random random = new Random(SEED);
    for (int scale = 0; scale <= 20; scale++) {
      for (int i = 0; i < 200; i++) {
        BigInteger odd = BigInteger.valueOf(1L << 53 | random.nextLong() >>> 11 | 1);
        sameWithNeighbours(odd.multiply(BigInteger.TEN.pow(scale)), scale);
        sameWithNeighbours(odd.shiftLeft(3).multiply(BigInteger.TEN.pow(scale)), scale);
      }
    }
  }

  @Test
  void endsAndPowersAreExact() {
    for (int scale = 0; scale <= 38; scale++) {
      sameWithNeighbours(BigInteger.ZERO, scale);
      sameWithNeighbours(LIMIT, scale);
      for (int power = 0; power <= 38; power++) {
        sameWithNeighbours(BigInteger.TEN.pow(power), scale);
      }
      for (int bit = 0; bit < 127; bit++) {
        sameWithNeighbours(BigInteger.ONE.shiftLeft(bit), scale);
      }
    }
  }
}
