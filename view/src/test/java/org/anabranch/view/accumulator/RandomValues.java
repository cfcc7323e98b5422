// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.anabranch.view.Type;

/** Values of every type with a taste for the awkward: nulls, repeats, extremes, NaN, -0.0. */
public final class RandomValues {
  /** One type of every representation, and the edges of DECIMAL. */
  public static final List<Type> TYPES =
      List.of(
          Type.BOOLEAN,
          Type.INTEGER,
          Type.BIGINT,
          Type.DOUBLE,
          Type.decimal(9, 2),
          Type.decimal(18, 18),
          Type.decimal(19, 0),
          Type.decimal(38, 10),
          Type.VARCHAR,
          Type.DATE,
          Type.TIMESTAMP,
          Type.INSTANT,
          Type.MICRO_TIMESTAMP,
          Type.MICRO_INSTANT,
          Type.DAYS_INTERVAL,
          Type.MONTHS_INTERVAL);

  private static final List<Double> AWKWARD =
      List.of(
          Double.NaN,
          Double.longBitsToDouble(0xFFF8000000000001L),
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          0.0,
          -0.0,
          Double.MIN_VALUE,
          -Double.MIN_VALUE,
          Double.MIN_NORMAL,
          Double.MAX_VALUE,
          -Double.MAX_VALUE,
          0.1,
          1e16,
          -1e16);

  private static final List<String> TEXTS =
      List.of(
          "", "a", "A", "ab", "é", "ÿ", "\uD7FF", "\uE000", "\uFFFD", "\uD800\uDC00", "😀", "0");

  private RandomValues() {}

  /** A value of the type, or null. */
  public static Object value(Type type, Random random) {
    if (random.nextInt(10) == 0) {
      return null;
    }
    return switch (type.kind()) {
      case BOOLEAN -> random.nextBoolean();
      case INTEGER -> (long) (int) number(random, Integer.MAX_VALUE);
      case DOUBLE -> real(random);
      case DECIMAL -> decimal(type, random);
      case VARCHAR -> text(random);
      default -> number(random, Long.MAX_VALUE);
    };
  }

  /** Any double, often of usual size, sometimes of any size, sometimes special. */
  public static double real(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> AWKWARD.get(random.nextInt(AWKWARD.size()));
      case 1 -> Double.longBitsToDouble(random.nextLong());
      case 2, 3 -> random.nextInt(20);
      case 4 -> random.nextGaussian();
      default -> random.nextInt(1_000_000) / 100.0;
    };
  }

  /** A double that is neither NaN nor infinite. */
  public static double finite(Random random) {
    double value = real(random);
    return Double.isFinite(value) ? value : random.nextInt(100);
  }

  private static long number(Random random, long max) {
    return switch (random.nextInt(6)) {
      case 0 -> max;
      case 1 -> -max - 1;
      case 2 -> random.nextLong() % max;
      default -> random.nextInt(30) - 10;
    };
  }

  private static BigDecimal decimal(Type type, Random random) {
    BigInteger limit = BigInteger.TEN.pow(type.precision());
    BigInteger unscaled =
        switch (random.nextInt(5)) {
          case 0 -> limit.subtract(BigInteger.ONE);
          case 1 -> BigInteger.ONE.subtract(limit);
          case 2 -> new BigInteger(130, random).mod(limit);
          default -> BigInteger.valueOf(random.nextInt(30) - 10).remainder(limit);
        };
    return new BigDecimal(unscaled, type.scale());
  }

  private static String text(Random random) {
    String text = TEXTS.get(random.nextInt(TEXTS.size()));
    return random.nextInt(3) == 0 ? text + TEXTS.get(random.nextInt(TEXTS.size())) : text;
  }
}
