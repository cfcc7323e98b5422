// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.anabranch.view.Column;
import org.anabranch.view.Schema;
import org.anabranch.view.Type;

/**
 * Random values and rows: mostly ordinary, often equal to each other, some extreme, nulls where a
 * column allows them. The same seed gives the same values on every JDK.
 */
public final class RandomValues {
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "a",
          "A",
          "b",
          "ab",
          "abc",
          " abc ",
          "Straße",
          "été",
          "ÉTÉ",
          "日本",
          "x😀y",
          "😀",
          "\uFFFD",
          "%",
          "a%b",
          "a_b",
          "\\",
          "0",
          "1",
          "-7",
          " 42 ",
          "3.14",
          "1e3",
          "NaN",
          "1e400",
          "true",
          "f",
          "2001-02-03",
          "2000-02-29 23:59:59.999",
          "2000-02-29 23:59:59.9995",
          "1969-12-31T23:59:59.123456+02",
          "2001-04-01T02:30:00Z",
          "null");
  private static final double[] DOUBLES = {
    0,
    1,
    -1,
    0.5,
    2.5,
    -2.5,
    0.1,
    1e15,
    1e-5,
    1e22,
    9007199254740992.0,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.MIN_VALUE,
    Double.MIN_NORMAL,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    2147483647.5,
    0x1p63
  };

  private final Random random;

  public RandomValues(Random random) {
    this.random = random;
  }

  /** A row of the schema; NOT NULL columns are never null. */
  public Object[] row(Schema schema) {
    Object[] row = new Object[schema.size()];
    for (int i = 0; i < row.length; i++) {
      Column column = schema.column(i);
      row[i] = column.nullable() && random.nextInt(6) == 0 ? null : value(column.type());
    }
    return row;
  }

  /** A value of the type, not null. */
  public Object value(Type type) {
    boolean extreme = random.nextInt(8) == 0;
    return switch (type.kind()) {
      case BOOLEAN -> random.nextBoolean();
      case INTEGER -> whole(extreme, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case BIGINT -> whole(extreme, Long.MIN_VALUE, Long.MAX_VALUE);
      case DOUBLE -> real(extreme);
      case DECIMAL -> decimal(type, extreme);
      case VARCHAR -> text(extreme);
      case DATE ->
          extreme ? between(TimeFunctions.MIN_DAY, TimeFunctions.MAX_DAY) : between(10_950, 11_700);
      case TIMESTAMP, INSTANT ->
          extreme ? between(TimeFunctions.MIN_MILLIS, TimeFunctions.MAX_MILLIS) : time();
      case MICRO_TIMESTAMP, MICRO_INSTANT ->
          extreme ? between(MicroTimes.MIN_MICROS, MicroTimes.MAX_MICROS) : micros(time());
      case MICRO_INTERVAL ->
          extreme ? between(-400_000_000_000_000_000L, 400_000_000_000_000_000L) : micros(small());
      case DAYS_INTERVAL -> extreme ? between(-4_000_000_000_000L, 4_000_000_000_000L) : small();
      case MONTHS_INTERVAL -> extreme ? between(-120_000, 120_000) : (long) random.nextInt(60) - 30;
    };
  }

  private Long whole(boolean extreme, long least, long most) {
    if (!extreme) {
      return (long) random.nextInt(120) - 20;
    }
    return random.nextInt(3) == 0 ? between(least, most) : random.nextBoolean() ? least : most;
  }

  private Double real(boolean extreme) {
    if (extreme) {
      return DOUBLES[random.nextInt(DOUBLES.length)];
    }
    return random.nextBoolean()
        ? (random.nextInt(1200) - 200) / 4.0
        : (random.nextDouble() - 0.5) * 1000;
  }

  private BigDecimal decimal(Type type, boolean extreme) {
    BigInteger limit = BigInteger.TEN.pow(type.precision());
    BigInteger unscaled =
        extreme
            ? limit.subtract(BigInteger.ONE)
            : new BigInteger(1 + random.nextInt(39), random).mod(limit);
    return new BigDecimal(random.nextInt(4) == 0 ? unscaled.negate() : unscaled, type.scale());
  }

  private String text(boolean extreme) {
    if (!extreme) {
      return TEXTS.get(random.nextInt(TEXTS.size()));
    }
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(40); i > 0; i--) {
      int codePoint = 1 + random.nextInt(random.nextBoolean() ? 0x7F : 0x10FFFF);
      boolean surrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
      text.appendCodePoint(surrogate ? '?' : codePoint);
    }
    return text.toString();
  }

  /** Around the year 2000, often a full minute, hour or day. */
  private Long time() {
    long millis = between(946_684_800_000L, 1_009_843_200_000L);
    long[] units = {1, 1000, 60_000, 3_600_000, 86_400_000};
    return millis - Math.floorMod(millis, units[random.nextInt(units.length)]);
  }

  /** Half of them whole milliseconds, often in the middle of two. */
  private Long micros(long millis) {
    int[] choices = {0, 0, 0, 1, 499, 500, 999};
    return millis * 1000 + choices[random.nextInt(choices.length)];
  }

  private Long small() {
    long[] units = {1, 1000, 60_000, 3_600_000, 86_400_000};
    return (random.nextInt(100) - 50) * units[random.nextInt(units.length)];
  }

  private Long between(long least, long most) {
    return switch (random.nextInt(6)) {
      case 0 -> least;
      case 1 -> most;
      default ->
          most - least > 0
              ? least + Math.floorMod(random.nextLong(), most - least)
              : random.nextLong();
    };
  }
}
