// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.anabranch.view.Column;
import org.anabranch.view.Fold;
import org.anabranch.view.Rows;
import org.anabranch.view.Schema;
import org.anabranch.view.Tally;
import org.anabranch.view.Type;
import org.anabranch.view.Window;
import org.anabranch.view.accumulator.Aggregate;
import org.anabranch.view.accumulator.AggregateFunction;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Operator;
import org.anabranch.view.expression.RandomExpressions;
import org.anabranch.view.expression.RandomValues;
import org.anabranch.view.expression.TypeException;
import org.anabranch.view.expression.Typing;
import org.junit.jupiter.api.Test;

/** Every aggregate over every type, in windows and without, equals the reference. */
final class AggregatesTest {
  private static final long SEED = 14_921_012;
  private static final Schema SCHEMA = RandomExpressions.everyType();
  private static final int TIMESTAMP = 18;

  @Test
  void everyAggregateOverEveryTypeEqualsTheReference() throws TypeException {
    Random random = new Random(SEED);
    List<Rows> chunks = Folding.chunks(SCHEMA, rows(random, 6000), 5000);
    Expression key = Typing.call(Operator.MODULO, List.of(column(3), literal(3)));
    Expression condition = Typing.call(Operator.GREATER, List.of(column(2), literal(10)));
    int tried = 0;
    int refused = 0;
    for (AggregateFunction function : AggregateFunction.values()) {
      for (List<Expression> arguments : arguments(function)) {
        Expression[] given = arguments.toArray(Expression[]::new);
        try {
          Aggregate all = Folding.aggregate(function, Optional.empty(), given);
          Aggregate some = Folding.aggregate(function, Optional.of(condition), given);
          Fold fold = fold(Optional.empty(), List.of(key), List.of(all, some));
          Folding.requireSame(fold.aggregates() + " seed " + SEED, fold, chunks);
          tried++;
        } catch (TypeException e) {
          refused++;
        }
      }
    }
    assertEquals(1 + 13 + 13 + 2 * 6 + 2 * 12 + 4 * 6 + 13 + 6 + 2 * 13 * 12, tried);
    assertEquals(2 * 7 + 2 + 4 * 7 + 7 + 2 * 13, refused, "what takes only numbers, or no truth");
  }

  private static List<List<Expression>> arguments(AggregateFunction function) {
    List<List<Expression>> all = new ArrayList<>();
    if (function == AggregateFunction.COUNT_ROWS) {
      return List.of(List.of());
    }
    for (int i = 0; i < SCHEMA.size(); i += 2) {
      if (function == AggregateFunction.ARG_MIN || function == AggregateFunction.ARG_MAX) {
        for (int order = 0; order < SCHEMA.size(); order += 2) {
          all.add(List.of(column(i), column(order)));
        }
      } else {
        all.add(List.of(column(i)));
      }
    }
    return all;
  }

  @Test
  void overlappingWindowsEqualTheReference() throws TypeException {
    long hour = 3_600_000;
    for (int windows : new int[] {1, 2, 7, 48}) {
      Random random = new Random(SEED + windows);
      List<Rows> chunks = Folding.chunks(SCHEMA, rows(random, 3000), 2500);
      Window window = new Window(column(TIMESTAMP), windows * hour, hour, 1234);
      Expression start = windowColumn(0);
      Fold grouped = fold(Optional.of(window), List.of(start), manyAggregates(column(2)));
      Folding.requireSame(windows + " windows by start", grouped, chunks);
      Fold whole = fold(Optional.of(window), List.of(), manyAggregates(start));
      Folding.requireSame(windows + " windows without key", whole, chunks);
    }
  }

  @Test
  void anErrorInOneOfItsWindowsRejectsTheWholeRow() throws TypeException {
    long hour = 3_600_000;
    List<Rows> chunks = Folding.chunks(SCHEMA, rows(new Random(SEED), 4000), 2500);
    Window window = new Window(column(TIMESTAMP), 5 * hour, hour, 0);
    Expression hourOfDay = Typing.call(Operator.EXTRACT_HOUR, List.of(windowColumn(0)));
    Expression endHour = Typing.call(Operator.EXTRACT_HOUR, List.of(windowColumn(1)));
    Expression fails = Typing.call(Operator.DIVIDE, List.of(literal(100), hourOfDay));
    Expression late = Typing.call(Operator.GREATER, List.of(endHour, literal(2)));
    List<Aggregate> aggregates =
        List.of(
            Folding.count(),
            Folding.aggregate(AggregateFunction.SUM, Optional.of(late), fails),
            Folding.aggregate(AggregateFunction.ARG_MAX, Optional.empty(), hourOfDay, column(8)));
    for (Expression key : List.of(windowColumn(0), hourOfDay, column(14))) {
      Fold fold = fold(Optional.of(window), List.of(key), aggregates);
      Tally tally =
          Folding.requireSame("failing argument by " + key.canonical(), fold, chunks).tally();
      assertTrue(tally.rejected() > 0 && tally.folded() > 0, tally.toString());
    }
    Expression where = Typing.call(Operator.GREATER, List.of(fails, literal(7)));
    Fold filtered =
        new Fold(
            "s", SCHEMA, Optional.of(window), Optional.of(where), List.of(hourOfDay), aggregates);
    Folding.requireSame("failing condition", filtered, chunks);
  }

  @Test
  void oneDecidesWhereAWholeStreamIsOneGroup() throws TypeException {
    List<Rows> chunks = Folding.chunks(SCHEMA, rows(new Random(SEED), 3000), 700);
    Fold fold = fold(Optional.empty(), List.of(), manyAggregates(column(2)));
    assertEquals(1, Folding.requireSame("whole stream", fold, chunks).groups());
  }

  private static List<Aggregate> manyAggregates(Expression x) throws TypeException {
    List<Aggregate> aggregates = new ArrayList<>();
    aggregates.add(Folding.count());
    aggregates.add(Folding.aggregate(AggregateFunction.COUNT_DISTINCT, Optional.empty(), x));
    aggregates.add(Folding.aggregate(AggregateFunction.MIN, Optional.empty(), x));
    aggregates.add(Folding.aggregate(AggregateFunction.MAX, Optional.empty(), column(14)));
    aggregates.add(Folding.aggregate(AggregateFunction.SUM, Optional.empty(), column(6)));
    aggregates.add(Folding.aggregate(AggregateFunction.ARG_MIN, Optional.empty(), x, column(10)));
    return aggregates;
  }

  private static Fold fold(
      Optional<Window> window, List<Expression> keys, List<Aggregate> aggregates) {
    return new Fold("s", SCHEMA, window, Optional.empty(), keys, aggregates);
  }

  private static Expression column(int index) {
    return Folding.column(SCHEMA, index);
  }

  private static Expression windowColumn(int which) {
    String name = which == 0 ? "window_start" : "window_end";
    return new Expression.ColumnReference(SCHEMA.size() + which, name, Type.TIMESTAMP);
  }

  private static Expression literal(long value) {
    return new Expression.Literal(value, Type.INTEGER);
  }

  private static List<Object[]> rows(Random random, int count) {
    RandomValues values = new RandomValues(random);
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(values.row(SCHEMA));
    }
    return rows;
  }

  static {
    Column column = SCHEMA.column(TIMESTAMP);
    if (!column.type().equals(Type.TIMESTAMP)) {
      throw new IllegalStateException("Cannot use " + column + " as a window's time");
    }
  }
}
