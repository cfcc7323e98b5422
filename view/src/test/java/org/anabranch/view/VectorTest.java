// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Vectors against lists of objects. */
class VectorTest {
  static final List<Type> TYPES =
      List.of(
          Type.BOOLEAN,
          Type.INTEGER,
          Type.BIGINT,
          Type.DOUBLE,
          Type.decimal(18, 4),
          Type.decimal(38, 10),
          Type.VARCHAR,
          Type.DATE,
          Type.TIMESTAMP,
          Type.INSTANT,
          Type.MICRO_TIMESTAMP,
          Type.MICRO_INSTANT);

  private static Object stored(Object value) {
    return value instanceof Double number ? (Object) DoubleVector.canonical(number) : value;
  }

  private static void assertHolds(List<Object> expected, Vector vector) {
    assertEquals(expected.size(), vector.size());
    for (int row = 0; row < expected.size(); row++) {
      assertEquals(expected.get(row), vector.get(row), "row " + row);
      assertEquals(expected.get(row) == null, vector.isNull(row));
    }
  }

  @Test
  void aVectorHoldsWhatWasAppendedAndForgetsWhatWasTruncated() {
    Trials.run(
        500,
        random -> {
          Type type = TYPES.get(random.nextInt(TYPES.size()));
          Vector vector = Vector.of(type, random.nextInt(4));
          List<Object> expected = new ArrayList<>();
          for (int i = 0; i < 60; i++) {
            if (random.nextInt(12) == 0) {
              int rows = random.nextInt(80);
              vector.truncate(rows);
              expected = new ArrayList<>(expected.subList(0, Math.min(rows, expected.size())));
            } else if (random.nextInt(6) == 0 && !expected.isEmpty()) {
              int row = random.nextInt(expected.size());
              expected.add(expected.get(row));
              vector.appendFrom(vector, row);
            } else {
              Object value = ExtremeValues.orNull(random, type);
              expected.add(stored(value));
              vector.append(value);
            }
            assertHolds(expected, vector);
          }
        });
  }

  @Test
  void aSelectionHoldsTheChosenRowsInOrder() {
    Trials.run(
        200,
        random -> {
          Type type = TYPES.get(random.nextInt(TYPES.size()));
          Vector vector = Vector.of(type, 8);
          for (int i = 0; i < 20; i++) {
            vector.append(ExtremeValues.orNull(random, type));
          }
          int[] rows = random.ints(random.nextInt(30), 0, 20).toArray();
          List<Object> expected = new ArrayList<>();
          for (int row : rows) {
            expected.add(vector.get(row));
          }
          assertHolds(expected, vector.select(rows, rows.length));
        });
  }

  @Test
  void aValueOfAnotherTypeIsRefused() {
    assertThrows(ClassCastException.class, () -> Vector.of(Type.decimal(9, 2), 1).append(5L));
    assertThrows(ClassCastException.class, () -> Vector.of(Type.BIGINT, 1).append(BigDecimal.ONE));
    assertThrows(
        ArithmeticException.class,
        () -> Vector.of(Type.decimal(9, 2), 1).append(new BigDecimal("0.125")));
  }
}
