// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import org.anabranch.view.Type;
import org.junit.jupiter.api.Test;

/** Values keep their identity and their order through their bytes. */
class ValueBytesTest {
  private static final long SEED = 77;

  @Test
  void everyValueComesBackAsTheOneThatStandsForIt() {
    Random random = new Random(SEED);
    for (Type type : RandomValues.TYPES) {
      for (int i = 0; i < 500; i++) {
        Object value = RandomValues.value(type, random);
        if (value != null) {
          StateReader in = new StateReader(bytes(value, type));
          assertEquals(ValueBytes.canonical(value, type), ValueBytes.read(type, in));
          assertEquals(false, in.hasRemaining());
        }
      }
    }
  }

  @Test
  void valuesAreEqualExactlyIfTheirBytesAre() {
    Random random = new Random(SEED);
    for (Type type : RandomValues.TYPES) {
      Comparator<Object> order = ValueBytes.order(type);
      for (int i = 0; i < 2000; i++) {
        Object a = RandomValues.value(type, random);
        Object b = RandomValues.value(type, random);
        if (a != null && b != null) {
          boolean equal = Arrays.equals(bytes(a, type), bytes(b, type));
          assertEquals(equal, order.compare(a, b) == 0, a + " and " + b + " of " + type);
          assertEquals(Integer.signum(order.compare(a, b)), -Integer.signum(order.compare(b, a)));
          assertEquals(equal, ValueBytes.hash(a, type) == ValueBytes.hash(b, type));
        }
      }
    }
  }

  @Test
  void textIsOrderedByItsUnsignedBytes() {
    Random random = new Random(SEED);
    Comparator<Object> order = ValueBytes.order(Type.VARCHAR);
    for (int i = 0; i < 20_000; i++) {
      String a = text(random);
      String b = text(random);
      int expected =
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
      assertEquals(Integer.signum(expected), Integer.signum(order.compare(a, b)), a + ", " + b);
    }
  }

  /** A few code points of every length in UTF-8, often equal. */
  private static String text(Random random) {
    int[] points = {'a', 'b', 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF};
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }

  private static byte[] bytes(Object value, Type type) {
    StateWriter out = new StateWriter();
    ValueBytes.write(value, type, out);
    return out.toByteArray();
  }
}
