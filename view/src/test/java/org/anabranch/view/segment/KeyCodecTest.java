// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.anabranch.view.DoubleVector;
import org.anabranch.view.ExtremeValues;
import org.anabranch.view.Trials;
import org.anabranch.view.Type;
import org.anabranch.view.Vector;
import org.anabranch.view.accumulator.StateWriter;
import org.anabranch.view.segment.KeyCodec.Bound;
import org.junit.jupiter.api.Test;

/** The laws of keys: order, equality, freedom of prefixes, decoding, ranges. */
class KeyCodecTest {
  private static final List<Type> TYPES =
      List.of(
          Type.BOOLEAN,
          Type.INTEGER,
          Type.BIGINT,
          Type.DOUBLE,
          Type.decimal(18, 4),
          Type.decimal(38, 10),
          Type.decimal(19, 0),
          Type.VARCHAR,
          Type.DATE,
          Type.TIMESTAMP,
          Type.INSTANT,
          Type.MICRO_TIMESTAMP,
          Type.MICRO_INSTANT);

  private static List<Type> types(Random random) {
    List<Type> types = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      types.add(TYPES.get(random.nextInt(TYPES.size())));
    }
    return types;
  }

  private static Object[] values(Random random, List<Type> types) {
    return types.stream().map(type -> ExtremeValues.orNull(random, type)).toArray();
  }

  private static int compare(List<Type> types, Object[] a, Object[] b, int columns) {
    for (int column = 0; column < columns; column++) {
      int order = ExtremeValues.order(types.get(column)).compare(a[column], b[column]);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  @Test
  void theOrderOfKeysIsTheOrderOfValuesNullsLast() {
    Trials.run(
        3000,
        random -> {
          List<Type> types = types(random);
          KeyCodec codec = new KeyCodec(types);
          for (int i = 0; i < 20; i++) {
            Object[] a = values(random, types);
            Object[] b = values(random, types);
            byte[] left = codec.encode(a);
            byte[] right = codec.encode(b);
            int expected = Integer.signum(compare(types, a, b, types.size()));
            String shown = Arrays.toString(a) + " and " + Arrays.toString(b);
            assertEquals(expected, Integer.signum(Arrays.compareUnsigned(left, right)), shown);
            ByteBuffer direct = ByteBuffer.allocateDirect(left.length).put(left).flip();
            assertEquals(expected, Integer.signum(Keys.compare(direct, right)), shown);
            assertEquals(
                expected, Integer.signum(Keys.compare(direct, ByteBuffer.wrap(right))), shown);
          }
        });
  }

  @Test
  void noKeyIsAProperPrefixOfAnother() {
    Trials.run(
        3000,
        random -> {
          List<Type> types = types(random);
          KeyCodec codec = new KeyCodec(types);
          byte[] a = codec.encode(values(random, types));
          byte[] b = codec.encode(values(random, types));
          int shared = Math.min(a.length, b.length);
          if (a.length != b.length) {
            assertEquals(
                true,
                Arrays.mismatch(a, 0, shared, b, 0, shared) >= 0,
                () -> HexFormat.of().formatHex(a) + " and " + HexFormat.of().formatHex(b));
          }
        });
  }

  @Test
  void decodingGivesTheValuesBack() {
    Trials.run(
        2000,
        random -> {
          List<Type> types = types(random);
          Object[] values = values(random, types);
          KeyCodec codec = new KeyCodec(types);
          Object[] expected =
              Arrays.stream(values)
                  .map(
                      value ->
                          value instanceof Double d ? (Object) DoubleVector.canonical(d) : value)
                  .toArray();
          assertArrayEquals(expected, codec.decode(codec.encode(values)));
        });
  }

  @Test
  void vectorsAndObjectsGiveTheSameBytes() {
    Trials.run(
        1000,
        random -> {
          Type type = TYPES.get(random.nextInt(TYPES.size()));
          Object value = ExtremeValues.orNull(random, type);
          Vector vector = Vector.of(type, 1);
          vector.append(value);
          StateWriter out = new StateWriter();
          KeyCodec.put(out, vector, 0);
          assertArrayEquals(new KeyCodec(List.of(type)).encode(value), out.toByteArray());
        });
  }

  @Test
  void aRangeHoldsExactlyTheKeysWhoseValuesAreInside() {
    Trials.run(3000, KeyCodecTest::checkRange);
  }

  private static void checkRange(Random random) {
    List<Type> types = new ArrayList<>(types(random));
    types.add(TYPES.get(random.nextInt(TYPES.size())));
    KeyCodec codec = new KeyCodec(types);
    int leading = random.nextInt(types.size());
    Object[] sample = values(random, types);
    List<Object> equal = Arrays.asList(sample).subList(0, leading);
    Type type = types.get(leading);
    Bound lower = bound(random, type);
    Bound upper = bound(random, type);
    KeyRange range = codec.between(equal, lower, upper);
    KeyRange prefix = codec.startingWith(equal.toArray());
    for (int i = 0; i < 20; i++) {
      Object[] key = values(random, types);
      if (random.nextInt(4) > 0) {
        System.arraycopy(sample, 0, key, 0, leading);
      }
      boolean matches = compare(types, key, sample, leading) == 0;
      boolean inside =
          matches && above(type, key[leading], lower) && below(type, key[leading], upper);
      ByteBuffer bytes = ByteBuffer.wrap(codec.encode(key));
      assertEquals(matches, prefix.contains(bytes));
      assertEquals(
          inside,
          range.contains(bytes),
          () -> Arrays.toString(key) + " in " + equal + " " + lower + " " + upper);
    }
  }

  private static Bound bound(Random random, Type type) {
    return random.nextInt(4) == 0
        ? Bound.OPEN
        : new Bound(ExtremeValues.value(random, type), random.nextBoolean());
  }

  private static boolean above(Type type, Object value, Bound lower) {
    if (value == null) {
      return false;
    }
    int order = lower.value() == null ? 1 : ExtremeValues.order(type).compare(value, lower.value());
    return order > 0 || (order == 0 && lower.inclusive());
  }

  private static boolean below(Type type, Object value, Bound upper) {
    if (value == null) {
      return false;
    }
    int order =
        upper.value() == null ? -1 : ExtremeValues.order(type).compare(value, upper.value());
    return order < 0 || (order == 0 && upper.inclusive());
  }

  @Test
  void theBytesAreThoseOfTheSpecification() {
    assertKey("01 8000000000000005", Type.BIGINT, 5L);
    assertKey("01 7fffffffffffffff", Type.DATE, -1L);
    assertKey("01 8000000000000001", Type.BOOLEAN, true);
    assertKey("02", Type.VARCHAR, null);
    assertKey("01 6100ff62 0000", Type.VARCHAR, "a\0b");
    assertKey("01 8000000000000000", Type.DOUBLE, -0.0);
    assertKey("01 bff0000000000000", Type.DOUBLE, 1.0);
    assertKey("01 400fffffffffffff", Type.DOUBLE, -1.0);
    assertKey("01 fff8000000000000", Type.DOUBLE, Double.NaN);
    assertKey("01 7fffffffffffffff ffffffffffffff9c", Type.decimal(38, 2), new BigDecimal("-1.00"));
  }

  private static void assertKey(String hex, Type type, Object value) {
    byte[] expected = HexFormat.of().parseHex(hex.replace(" ", ""));
    assertArrayEquals(expected, new KeyCodec(List.of(type)).encode(value));
  }

  @Test
  void whatIsNoKeyIsRefused() {
    KeyCodec codec = new KeyCodec(List.of(Type.VARCHAR, Type.BIGINT));
    assertThrows(IllegalArgumentException.class, () -> codec.encode("a"));
    assertThrows(IllegalArgumentException.class, () -> codec.encode("\ud83d", 1L));
    assertThrows(
        IllegalArgumentException.class,
        () -> codec.between(List.of("a", 1L), Bound.OPEN, Bound.OPEN));
    byte[] key = codec.encode("a", 1L);
    assertThrows(
        IllegalArgumentException.class, () -> codec.decode(Arrays.copyOf(key, key.length + 1)));
    key[0] = 7;
    assertThrows(IllegalArgumentException.class, () -> codec.decode(key));
  }
}
