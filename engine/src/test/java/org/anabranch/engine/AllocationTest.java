// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.anabranch.view.Column;
import org.anabranch.view.Fold;
import org.anabranch.view.LiveSegment;
import org.anabranch.view.Rows;
import org.anabranch.view.Schema;
import org.anabranch.view.Type;
import org.anabranch.view.Window;
import org.anabranch.view.accumulator.Aggregate;
import org.anabranch.view.accumulator.AggregateFunction;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Operator;
import org.anabranch.view.expression.TypeException;
import org.anabranch.view.expression.Typing;
import org.junit.jupiter.api.Test;

/**
 * Rows that meet groups and values already seen are folded without making an object for a row. A
 * chunk may cost a few, which is less than a byte for each of its rows.
 */
final class AllocationTest {
  private static final int CHUNK = 5000;
  private static final int WARM = 2;
  private static final int MEASURED = 3;
  private static final double MOST_BYTES_A_ROW = 1;

  private static final Schema SCHEMA =
      Schema.of(
          Column.nullable("truth", Type.BOOLEAN),
          Column.nullable("number", Type.INTEGER),
          Column.nullable("big", Type.BIGINT),
          Column.nullable("ratio", Type.DOUBLE),
          Column.nullable("price", Type.decimal(9, 2)),
          Column.nullable("amount", Type.decimal(18, 4)),
          Column.nullable("exact", Type.decimal(38, 20)),
          Column.nullable("text", Type.VARCHAR),
          Column.nullable("day", Type.DATE),
          Column.nullable("at", Type.TIMESTAMP),
          Column.nullable("seen", Type.INSTANT));

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final List<Rows> chunks = chunks();
  private int measured;

  /** The same rows again and again, at later positions. */
  private static List<Rows> chunks() {
    Random random = new Random(7);
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < CHUNK; i++) {
      rows.add(row(random));
    }
    List<Object[]> repeated = new ArrayList<>();
    for (int i = 0; i < WARM + MEASURED; i++) {
      repeated.addAll(rows);
    }
    return Folding.chunks(SCHEMA, repeated, CHUNK);
  }

  private static Object[] row(Random random) {
    Object[] row = {
      random.nextBoolean(),
      random.nextInt(2000) - 1000L,
      random.nextInt() * 1000L,
      random.nextGaussian() * 1000,
      BigDecimal.valueOf(random.nextInt(1_000_000), 2),
      BigDecimal.valueOf(random.nextLong() % 100_000_000_000_000_000L, 4),
      new BigDecimal(new java.math.BigInteger(90, random), 20),
      "text " + random.nextInt(50),
      (long) random.nextInt(20_000),
      1_000_000_000_000L + random.nextInt(1_000_000_000),
      1_000_000_000_000L + random.nextInt(1_000_000_000),
    };
    row[random.nextInt(row.length)] = null;
    return row;
  }

  private void foldsWithoutObjects(String what, Fold fold) {
    // The first time classes are loaded and linked: the lesser of two counts.
    double perRow = Math.min(bytesPerRow(what, fold), bytesPerRow(what, fold));
    assertTrue(perRow < MOST_BYTES_A_ROW, () -> what + " makes " + perRow + " bytes a row");
    measured++;
  }

  private double bytesPerRow(String what, Fold fold) {
    LiveSegment live = new ColumnarEngine().open(fold);
    chunks.subList(0, WARM).forEach(live::add);
    long before = threads.getCurrentThreadAllocatedBytes();
    chunks.subList(WARM, WARM + MEASURED).forEach(live::add);
    double bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertEquals(0, live.tally().rejected(), what);
    return bytes / (MEASURED * CHUNK);
  }

  private static Fold fold(Optional<Window> window, Expression key, List<Aggregate> aggregates) {
    return new Fold("s", SCHEMA, window, Optional.empty(), List.of(key), aggregates);
  }

  private void computesWithoutObjects(Expression expression) throws TypeException {
    Aggregate count = Folding.aggregate(AggregateFunction.COUNT, Optional.empty(), expression);
    foldsWithoutObjects(
        expression.canonical(), fold(Optional.empty(), column("truth"), List.of(count)));
  }

  @Test
  void everyAggregateOverEveryType() throws TypeException {
    Expression few = call(Operator.MODULO, column("number"), literal(7));
    Expression condition = call(Operator.GREATER, column("ratio"), literal(0));
    for (AggregateFunction function : AggregateFunction.values()) {
      for (Column column : SCHEMA.columns()) {
        Optional<Aggregate> aggregate = aggregate(function, column.name(), condition);
        if (aggregate.isPresent()) {
          foldsWithoutObjects(
              function + " of " + column.type(),
              fold(Optional.empty(), few, List.of(aggregate.get())));
        }
      }
    }
    int anything = 6 * 11; // COUNT in three forms, ARG_MIN, ARG_MAX, APPROX_COUNT_DISTINCT
    int numbers = 7 * 6; // SUM, AVG, VAR_*, STDDEV_*, APPROX_PERCENTILE
    assertEquals(anything + numbers + 2 * 10, measured);
  }

  /** Nothing where the function does not take the type. */
  private static Optional<Aggregate> aggregate(
      AggregateFunction function, String column, Expression condition) {
    Expression[] arguments =
        switch (function) {
          case COUNT_ROWS -> new Expression[0];
          case ARG_MIN, ARG_MAX -> new Expression[] {column(column), column("at")};
          default -> new Expression[] {column(column)};
        };
    try {
      return Optional.of(Folding.aggregate(function, Optional.of(condition), arguments));
    } catch (TypeException notTaken) {
      return Optional.empty();
    }
  }

  @Test
  void keysOfEveryType() throws TypeException {
    for (Column column : SCHEMA.columns()) {
      foldsWithoutObjects(
          "key of " + column.type(),
          fold(Optional.empty(), column(column.name()), List.of(Folding.count())));
    }
    assertEquals(SCHEMA.size(), measured);
  }

  @Test
  void windowsThatTumbleAndHop() throws TypeException {
    long hour = 3_600_000;
    for (int windows : new int[] {1, 6}) {
      Window window = new Window(column("at"), windows * hour, hour, 0);
      Expression start =
          new Expression.ColumnReference(SCHEMA.size(), "window_start", Type.TIMESTAMP);
      foldsWithoutObjects(
          windows + " windows", fold(Optional.of(window), start, List.of(Folding.count())));
    }
  }

  @Test
  void theOperatorsThatHaveKernels() throws TypeException {
    for (String name :
        List.of("number", "big", "ratio", "price", "amount", "exact", "text", "day", "at")) {
      computesWithoutObjects(call(Operator.LESS, column(name), column(name)));
      computesWithoutObjects(call(Operator.IS_NULL, column(name)));
      computesWithoutObjects(call(Operator.COALESCE, column(name), column(name)));
    }
    for (Operator operator : List.of(Operator.ADD, Operator.SUBTRACT, Operator.MULTIPLY)) {
      for (String name : List.of("number", "ratio", "price")) {
        computesWithoutObjects(call(operator, column(name), column(name)));
        computesWithoutObjects(call(operator, column(name), literal(3)));
      }
    }
    Expression late = call(Operator.GREATER, column("number"), literal(15));
    Expression early = call(Operator.LESS, column("ratio"), literal(0));
    computesWithoutObjects(call(Operator.AND, late, call(Operator.NOT, early)));
    computesWithoutObjects(call(Operator.OR, late, early));
    computesWithoutObjects(call(Operator.DIVIDE, column("number"), literal(60)));
    computesWithoutObjects(call(Operator.MODULO, column("big"), literal(7)));
    computesWithoutObjects(call(Operator.EXTRACT_HOUR, column("at")));
    computesWithoutObjects(call(Operator.UPPER, column("text")));
    computesWithoutObjects(call(Operator.LIKE, column("text"), text("t%1_")));
    computesWithoutObjects(call(Operator.IN, column("text"), text("text 1"), text("text 2")));
    computesWithoutObjects(call(Operator.IN, column("number"), literal(1), literal(2)));
    computesWithoutObjects(new Expression.Cast(column("number"), Type.DOUBLE));
  }

  private static Expression call(Operator operator, Expression... arguments) throws TypeException {
    return Typing.call(operator, List.of(arguments));
  }

  private static Expression column(String name) {
    return Folding.column(SCHEMA, SCHEMA.indexOf(name).orElseThrow());
  }

  private static Expression literal(long value) {
    return new Expression.Literal(value, Type.INTEGER);
  }

  private static Expression text(String value) {
    return new Expression.Literal(value, Type.VARCHAR);
  }
}
