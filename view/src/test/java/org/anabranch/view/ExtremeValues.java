// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Random Java objects of any type, extremes included, and the SQL order of such objects. */
public final class ExtremeValues {
  /** 0001-01-01 and 9999-12-31 as days since 1970. */
  private static final long FIRST_DAY = -719_162;

  private static final long LAST_DAY = 2_932_896;
  private static final long DAY = 86_400_000;

  private static final List<String> TEXTS =
      List.of(
          "",
          "\0",
          "\0\0",
          "\0\u0001",
          "a",
          "a\0",
          "a\0b",
          "aa",
          "ab",
          "b",
          "Z",
          " ",
          "5",
          "-17",
          "x y",
          "ÿ",
          "ß",
          "é",
          "\uffff",
          "\ue000",
          "\ud83d\ude00",
          "\ud83d\ude01z",
          "true");
  private static final List<Double> DOUBLES =
      List.of(
          0.0,
          -0.0,
          1.0,
          -1.0,
          0.1,
          -2.5,
          3.5,
          1e300,
          -1e300,
          Double.MIN_VALUE,
          -Double.MIN_VALUE,
          Double.MAX_VALUE,
          Double.NaN,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY);

  private ExtremeValues() {}

  /** A value, or null one time in eight. */
  public static Object orNull(Random random, Type type) {
    return random.nextInt(8) == 0 ? null : value(random, type);
  }

  public static Object value(Random random, Type type) {
    return switch (type.kind()) {
      case BOOLEAN -> random.nextBoolean();
      case INTEGER -> integer(random, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case BIGINT, DAYS_INTERVAL, MICRO_INTERVAL, MONTHS_INTERVAL ->
          integer(random, Long.MIN_VALUE, Long.MAX_VALUE);
      case DOUBLE -> random.nextBoolean() ? one(random, DOUBLES) : random.nextGaussian() * 100;
      case DECIMAL -> decimal(random, type);
      case VARCHAR -> text(random);
      case DATE -> day(random);
      case TIMESTAMP, INSTANT -> day(random) * DAY + random.nextInt((int) DAY);
      case MICRO_TIMESTAMP, MICRO_INSTANT ->
          (day(random) * DAY + random.nextInt((int) DAY)) * 1000 + random.nextInt(1000);
    };
  }

  private static <T> T one(Random random, List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static long integer(Random random, long least, long greatest) {
    return switch (random.nextInt(12)) {
      case 0 -> least;
      case 1 -> greatest;
      case 2 -> Math.floorMod(random.nextLong(), 1_000_000L);
      default -> random.nextInt(7) - 3;
    };
  }

  private static BigDecimal decimal(Random random, Type type) {
    BigInteger most = BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE);
    BigInteger unscaled =
        switch (random.nextInt(8)) {
          case 0 -> most;
          case 1 -> most.negate();
          case 2 -> new BigInteger(most.bitLength() - 1, random);
          case 3 -> new BigInteger(most.bitLength() - 1, random).negate();
          default -> BigInteger.valueOf(random.nextInt(7) - 3);
        };
    return new BigDecimal(unscaled, type.scale());
  }

  private static String text(Random random) {
    String text = one(random, TEXTS);
    return random.nextInt(4) == 0 ? text + one(random, TEXTS) : text;
  }

  private static long day(Random random) {
    return switch (random.nextInt(16)) {
      case 0 -> FIRST_DAY;
      case 1 -> LAST_DAY;
      case 2 -> FIRST_DAY + Math.floorMod(random.nextLong(), LAST_DAY - FIRST_DAY);
      default -> 11_322 + random.nextInt(3);
    };
  }

  /** The SQL order: NULLS LAST, NaN after infinity, -0 equal to 0, text by code points. */
  public static Comparator<Object> order(Type type) {
    return Comparator.nullsLast((a, b) -> compare(type, a, b));
  }

  private static int compare(Type type, Object a, Object b) {
    return switch (type.kind()) {
      case BOOLEAN -> ((Boolean) a).compareTo((Boolean) b);
      case DOUBLE -> Double.compare((Double) a + 0.0, (Double) b + 0.0);
      case DECIMAL -> ((BigDecimal) a).compareTo((BigDecimal) b);
      case VARCHAR ->
          Arrays.compare(((String) a).codePoints().toArray(), ((String) b).codePoints().toArray());
      default -> ((Long) a).compareTo((Long) b);
    };
  }
}
