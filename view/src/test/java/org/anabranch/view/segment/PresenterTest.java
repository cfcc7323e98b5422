// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.anabranch.view.Column;
import org.anabranch.view.Fold;
import org.anabranch.view.Lane;
import org.anabranch.view.MemoryHistory;
import org.anabranch.view.Schema;
import org.anabranch.view.Segment;
import org.anabranch.view.Type;
import org.anabranch.view.View;
import org.anabranch.view.accumulator.Accumulators;
import org.anabranch.view.accumulator.Aggregate;
import org.anabranch.view.accumulator.AggregateFunction;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Expression.ColumnReference;
import org.anabranch.view.expression.Expression.Literal;
import org.anabranch.view.expression.Operator;
import org.anabranch.view.expression.TypeException;
import org.anabranch.view.expression.Typing;
import org.anabranch.view.reference.ReferenceEngine;
import org.junit.jupiter.api.Test;

/** Answers by example: city, day and amount, summed. */
class PresenterTest {
  private static final Schema SCHEMA =
      Schema.of(
          Column.nullable("city", Type.VARCHAR),
          Column.nullable("day", Type.DATE),
          Column.nullable("amount", Type.INTEGER));
  private static final Expression CITY = new ColumnReference(0, "city", Type.VARCHAR);
  private static final Expression DAY = new ColumnReference(1, "day", Type.DATE);

  private static Aggregate aggregate(AggregateFunction function, Expression... arguments) {
    try {
      List<Type> types = List.of(arguments).stream().map(Expression::type).toList();
      return new Aggregate(
          function, List.of(arguments), 0, Optional.empty(), Accumulators.typeOf(function, types));
    } catch (TypeException e) {
      throw new AssertionError(e);
    }
  }

  private static Expression call(Operator operator, Expression... arguments) {
    try {
      return Typing.call(operator, List.of(arguments));
    } catch (TypeException e) {
      throw new AssertionError(e);
    }
  }

  private static Fold fold(List<Expression> keys) {
    return new Fold(
        "sales",
        SCHEMA,
        Optional.empty(),
        Optional.empty(),
        keys,
        List.of(
            aggregate(AggregateFunction.COUNT_ROWS),
            aggregate(AggregateFunction.SUM, new ColumnReference(2, "amount", Type.INTEGER))));
  }

  private static Segment sold(Fold fold, Object[]... rows) throws Exception {
    MemoryHistory history = new MemoryHistory(SCHEMA, new Random(1), 2);
    for (Object[] row : rows) {
      history.append(new Lane("t", 0, 0), row);
    }
    return new ReferenceEngine().fold(fold, history, history.coverage());
  }

  private static List<List<Object>> answer(View view, Segment segment) {
    List<List<Object>> rows = new ArrayList<>();
    for (ShownGroup row : new Presenter(view).all(segment.scan(null, null))) {
      rows.add(Arrays.asList(row.values()));
    }
    return rows;
  }

  private static Expression count(int keys) {
    return new ColumnReference(keys, "count", Type.BIGINT);
  }

  private static Expression sum(int keys) {
    return new ColumnReference(keys + 1, "sum", Type.BIGINT);
  }

  private static View view(Fold fold, Expression having, Expression... outputs) {
    List<View.Output> named = new ArrayList<>();
    for (Expression output : outputs) {
      named.add(new View.Output("output" + named.size(), output));
    }
    return new View("totals", fold, named, Optional.ofNullable(having), "");
  }

  private static final Object[][] SALES = {
    {"Rome", 3L, 5L}, {"Oslo", 3L, 1L}, {"Rome", 3L, 7L}, {null, 3L, null}, {"Rome", 4L, 0L}
  };

  @Test
  void rowsComeInOrderOfKeyWithNullsLastAndOutputsComputed() throws Exception {
    Fold fold = fold(List.of(CITY));
    Expression city = new ColumnReference(0, "city", Type.VARCHAR);
    Expression doubled = call(Operator.MULTIPLY, sum(1), new Literal(2L, Type.INTEGER));
    assertEquals(
        List.of(List.of("Oslo", 1L, 2L), List.of("Rome", 3L, 24L), Arrays.asList(null, 1L, null)),
        answer(view(fold, null, city, count(1), doubled), sold(fold, SALES)));
  }

  @Test
  void groupsForWhichHavingIsNotTrueAreNotShown() throws Exception {
    Fold fold = fold(List.of(CITY));
    Expression having = call(Operator.GREATER, sum(1), new Literal(1L, Type.INTEGER));
    assertEquals(List.of(List.of(12L)), answer(view(fold, having, sum(1)), sold(fold, SALES)));
  }

  @Test
  void aViewOfTheWholeStreamHasOneRowEvenOverNothing() throws Exception {
    Fold fold = fold(List.of());
    View view = view(fold, null, count(0), sum(0));
    assertEquals(List.of(Arrays.asList(0L, null)), answer(view, sold(fold)));
    assertEquals(List.of(List.of(5L, 13L)), answer(view, sold(fold, SALES)));
    assertArrayEquals(
        new Object[] {0L, null}, new Presenter(view).presentNothing().orElseThrow().values());
    PresentedRows rows = new Presenter(view).rows(Segments.noGroups());
    assertEquals(2, rows.next().values().length);
    assertEquals(null, rows.next());
    assertEquals(null, rows.next());
  }

  @Test
  void havingMayLeaveOutTheRowOfTheWholeStream() throws Exception {
    Fold fold = fold(List.of());
    Expression having = call(Operator.GREATER, count(0), new Literal(0L, Type.INTEGER));
    assertEquals(List.of(), answer(view(fold, having, count(0)), sold(fold)));
    assertEquals(List.of(List.of(5L)), answer(view(fold, having, count(0)), sold(fold, SALES)));
  }

  @Test
  void aViewOfGroupsHasNoRowOverNothing() throws Exception {
    Fold fold = fold(List.of(CITY));
    assertEquals(List.of(), answer(view(fold, null, count(1)), sold(fold)));
    assertTrue(new Presenter(view(fold, null, count(1))).presentNothing().isEmpty());
  }

  /** Oslo's sum is 0 here, so that what is divided by it has no value. */
  private static final Object[][] BALANCED = {
    {"Oslo", 3L, 1L}, {"Oslo", 3L, -1L}, {"Rome", 3L, 7L}, {"Rome", 3L, 7L}
  };

  private static Expression mean() {
    return call(Operator.DIVIDE, count(1), sum(1));
  }

  @Test
  void aCellThatCannotBeShownIsNamedAndSpoilsNoOther() throws Exception {
    Fold fold = fold(List.of(CITY, DAY));
    Expression mean = call(Operator.DIVIDE, count(2), sum(2));
    List<ShownGroup> shown =
        new Presenter(view(fold, null, mean, count(2))).all(sold(fold, BALANCED).scan(null, null));
    assertArrayEquals(new Object[] {null, 2L}, shown.get(0).values());
    assertArrayEquals(new Object[] {0L, 2L}, shown.get(1).values());
    assertEquals(List.of(), shown.get(1).problems());
    CellProblem problem = shown.get(0).problems().get(0);
    assertEquals(1, shown.get(0).problems().size());
    assertEquals("city = 'Oslo', day = 1970-01-04", problem.group());
    assertEquals("output0", problem.column());
    assertTrue(problem.inWords("totals").contains("column output0 of view totals for group city"));
    assertTrue(problem.what().contains("zero"), problem.what());
  }

  @Test
  void aGroupWhoseHavingCannotBeDecidedIsShownAndNamed() throws Exception {
    Fold fold = fold(List.of(CITY));
    Expression above = call(Operator.GREATER, mean(), new Literal(100L, Type.BIGINT));
    List<ShownGroup> shown =
        new Presenter(view(fold, above, CITY, count(1))).all(sold(fold, BALANCED).scan(null, null));
    assertEquals(1, shown.size());
    assertArrayEquals(new Object[] {"Oslo", 2L}, shown.get(0).values());
    assertEquals(CellProblem.HAVING, shown.get(0).problems().get(0).column());
  }

  @Test
  void aHavingThatIsDecidedWithoutTheFailingCellDecides() throws Exception {
    Fold fold = fold(List.of(CITY));
    Expression above = call(Operator.GREATER, mean(), new Literal(100L, Type.BIGINT));
    Expression many = call(Operator.GREATER, count(1), new Literal(2L, Type.BIGINT));
    Expression both = call(Operator.AND, above, many);
    assertEquals(List.of(), answer(view(fold, both, count(1)), sold(fold, BALANCED)));
  }

  @Test
  void aSumThatDoesNotFitItsTypeIsSaidOfItsCellOnly() throws Exception {
    Schema schema = Schema.of(Column.nullable("n", Type.decimal(38, 0)));
    Fold fold =
        new Fold(
            "s",
            schema,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(
                aggregate(AggregateFunction.COUNT_ROWS),
                aggregate(
                    AggregateFunction.SUM, new ColumnReference(0, "n", Type.decimal(38, 0)))));
    MemoryHistory history = new MemoryHistory(schema, new Random(1), 9);
    Object[] large = {new BigDecimal("9".repeat(38))};
    history.append(new Lane("t", 0, 0), large);
    history.append(new Lane("t", 0, 0), large);
    Segment segment = new ReferenceEngine().fold(fold, history, history.coverage());
    Type type = fold.aggregates().get(1).type();
    Expression sum = new ColumnReference(1, "sum", type);
    Expression doubled = call(Operator.ADD, sum, sum);
    Expression missing = new Expression.Call(Operator.IS_NULL, List.of(sum), Type.BOOLEAN);
    ShownGroup shown =
        new Presenter(view(fold, null, count(0), sum, doubled, missing))
            .all(segment.scan(null, null))
            .get(0);
    assertArrayEquals(new Object[] {2L, null, null, null}, shown.values());
    assertEquals(
        List.of("output1", "output2", "output3"),
        shown.problems().stream().map(CellProblem::column).toList());
    assertEquals("the whole stream", shown.problems().get(0).group());
    assertEquals("write SUM(CAST(x AS DOUBLE))", shown.problems().get(0).advice());
    assertTrue(shown.problems().get(0).what().contains("1" + "9".repeat(37) + "8"));
  }
}
