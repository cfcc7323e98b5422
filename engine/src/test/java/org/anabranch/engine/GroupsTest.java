// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.anabranch.view.Column;
import org.anabranch.view.ExtremeValues;
import org.anabranch.view.Fold;
import org.anabranch.view.LiveSegment;
import org.anabranch.view.Rows;
import org.anabranch.view.Schema;
import org.anabranch.view.Segment;
import org.anabranch.view.Type;
import org.anabranch.view.accumulator.AggregateFunction;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.TypeException;
import org.junit.jupiter.api.Test;

/** Keys of every type, few groups and many, equal the reference. */
final class GroupsTest {
  private static final long SEED = 17_760_704;
  private static final List<Type> TYPES =
      List.of(
          Type.BOOLEAN,
          Type.INTEGER,
          Type.BIGINT,
          Type.DOUBLE,
          Type.decimal(9, 2),
          Type.decimal(30, 5),
          Type.VARCHAR,
          Type.DATE,
          Type.TIMESTAMP,
          Type.INSTANT);

  @Test
  void anyNumberOfGroupsEqualsTheReference() throws Exception {
    Schema schema =
        Schema.of(Column.nullable("key", Type.BIGINT), Column.nullable("x", Type.INTEGER));
    for (int groups : new int[] {1, 2, 16, 17, 1024, 1025, 5000, 200_000}) {
      Random random = new Random(SEED + groups);
      List<Object[]> rows = new ArrayList<>();
      for (long key = 0; key < groups; key++) {
        rows.add(new Object[] {key * 0x9E3779B97F4AL, (long) random.nextInt(100)});
      }
      for (int i = 0; i < 5000; i++) {
        rows.add(rows.get(random.nextInt(groups)));
      }
      Collections.shuffle(rows, random);
      Segment segment =
          Folding.requireSame(
              groups + " groups, seed " + SEED,
              fold(schema, 1),
              Folding.chunks(schema, rows, 7000));
      assertEquals(groups, segment.groups());
    }
  }

  @Test
  void everyTypeIsAKeyAloneAndWithOthersNullsAndExtremesIncluded() throws Exception {
    for (Type type : TYPES) {
      for (int keys = 1; keys <= 4; keys++) {
        Random random = new Random(SEED + keys);
        List<Column> columns = new ArrayList<>();
        columns.add(Column.nullable("first", type));
        for (int i = 1; i < keys; i++) {
          columns.add(
              Column.nullable("more" + i, TYPES.get((TYPES.indexOf(type) + 3 * i) % TYPES.size())));
        }
        columns.add(Column.nullable("x", Type.INTEGER));
        Schema schema = new Schema(columns);
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
          rows.add(
              schema.columns().stream()
                  .map(column -> ExtremeValues.orNull(random, column.type()))
                  .toArray());
        }
        Folding.requireSame(
            columns + " seed " + SEED, fold(schema, keys), Folding.chunks(schema, rows, 3000));
      }
    }
  }

  @Test
  void aNullIsNotTheSmallestNumberEvenWhenItComesLate() throws Exception {
    Schema schema =
        Schema.of(Column.nullable("key", Type.BIGINT), Column.nullable("x", Type.INTEGER));
    List<Object[]> rows = new ArrayList<>();
    for (long i = 0; i < 40; i++) {
      rows.add(new Object[] {Long.MIN_VALUE + i % 20, i});
    }
    rows.add(new Object[] {null, 1L});
    rows.add(new Object[] {Long.MIN_VALUE, 1L});
    rows.add(new Object[] {null, 2L});
    Segment segment =
        Folding.requireSame("late null", fold(schema, 1), Folding.chunks(schema, rows, 10));
    assertEquals(21, segment.groups());
  }

  @Test
  void textsThatDifferInOneByteAreDifferentKeys() throws Exception {
    Schema schema =
        Schema.of(Column.nullable("key", Type.VARCHAR), Column.nullable("x", Type.INTEGER));
    List<Object[]> rows = new ArrayList<>();
    for (int length = 0; length < 70; length++) {
      char[] text = new char[length];
      Arrays.fill(text, 'a');
      rows.add(new Object[] {new String(text), 0L});
      for (int place = 0; place < length; place++) {
        char[] other = text.clone();
        other[place] = place % 2 == 0 ? '\0' : 'b';
        rows.add(new Object[] {new String(other), (long) place});
      }
    }
    List<Object[]> twice = new ArrayList<>(rows);
    twice.addAll(rows);
    Collections.shuffle(twice, new Random(SEED));
    Segment segment =
        Folding.requireSame("texts", fold(schema, 1), Folding.chunks(schema, twice, 999));
    assertEquals(rows.size(), segment.groups());
  }

  @Test
  void theEstimateOfStateGrowsWithTheGroupsAndStaysNearThem() throws Exception {
    Schema schema =
        Schema.of(Column.nullable("key", Type.VARCHAR), Column.nullable("x", Type.INTEGER));
    LiveSegment live = new ColumnarEngine().open(fold(schema, 1));
    long before = live.stateBytes();
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      rows.add(new Object[] {"key number " + i, (long) i});
    }
    for (Rows chunk : Folding.chunks(schema, rows, 5000)) {
      live.add(chunk);
      assertTrue(live.stateBytes() > before, live.stateBytes() + " after " + before);
      before = live.stateBytes();
    }
    // key text and code, hash slots, and a record of six words
    assertTrue(before > 50_000 * 90L && before < 50_000 * 300L, before + " bytes");
  }

  @Test
  void moreThanSixtyFourKeysAreRefused() {
    Schema schema = Schema.of(Column.nullable("key", Type.BIGINT));
    List<Expression> keys = Collections.nCopies(65, Folding.column(schema, 0));
    Fold fold = new Fold("s", schema, Optional.empty(), Optional.empty(), keys, List.of());
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new ColumnarEngine().open(fold));
    assertEquals("Cannot group by 65 keys: at most 64 are supported", refused.getMessage());
  }

  /** COUNT(*), SUM and MAX of the last column by the first ones. */
  private static Fold fold(Schema schema, int keys) throws TypeException {
    List<Expression> columns = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      columns.add(Folding.column(schema, i));
    }
    Expression x = Folding.column(schema, schema.size() - 1);
    return new Fold(
        "s",
        schema,
        Optional.empty(),
        Optional.empty(),
        columns,
        List.of(
            Folding.count(),
            Folding.aggregate(AggregateFunction.SUM, Optional.empty(), x),
            Folding.aggregate(AggregateFunction.MAX, Optional.empty(), x)));
  }
}
