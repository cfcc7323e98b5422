// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.anabranch.view.Column;
import org.anabranch.view.Fold;
import org.anabranch.view.Schema;
import org.anabranch.view.Type;
import org.anabranch.view.Window;
import org.anabranch.view.accumulator.Accumulators;
import org.anabranch.view.accumulator.Aggregate;
import org.anabranch.view.accumulator.AggregateFunction;
import org.anabranch.view.expression.EvaluationException;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Expression.ColumnReference;
import org.anabranch.view.expression.Expression.Literal;
import org.anabranch.view.expression.Operator;
import org.anabranch.view.expression.TypeException;
import org.anabranch.view.expression.Typing;
import org.junit.jupiter.api.Test;

/** The rules of folding a row, by example. */
class RowFoldingTest {
  private static final Schema SCHEMA =
      Schema.of(
          Column.nullable("time", Type.TIMESTAMP),
          Column.nullable("amount", Type.INTEGER),
          Column.nullable("divisor", Type.INTEGER));
  private static final Expression TIME = column(0);
  private static final Expression AMOUNT = column(1);
  private static final Expression DIVISOR = column(2);
  private static final Expression START = new ColumnReference(3, "window_start", Type.TIMESTAMP);
  private static final Expression END = new ColumnReference(4, "window_end", Type.TIMESTAMP);
  private static final Window HOP = new Window(TIME, 20, 10, 0);

  private static Expression column(int index) {
    return new ColumnReference(index, SCHEMA.column(index).name(), SCHEMA.column(index).type());
  }

  private static Expression call(Operator operator, Expression... arguments) {
    try {
      return Typing.call(operator, List.of(arguments));
    } catch (TypeException e) {
      throw new AssertionError(e);
    }
  }

  private static Expression number(long value) {
    return new Literal(value, Type.INTEGER);
  }

  private static Aggregate sum(Expression argument, Expression filter) {
    try {
      Type type = Accumulators.typeOf(AggregateFunction.SUM, List.of(argument.type()));
      return new Aggregate(
          AggregateFunction.SUM, List.of(argument), 0, Optional.ofNullable(filter), type);
    } catch (TypeException e) {
      throw new AssertionError(e);
    }
  }

  private static List<RowFolding.Addition> fold(
      Window window, Expression filter, List<Expression> keys, Aggregate aggregate, Object... row)
      throws EvaluationException {
    Fold fold =
        new Fold(
            "s",
            SCHEMA,
            Optional.ofNullable(window),
            Optional.ofNullable(filter),
            keys,
            List.of(aggregate));
    return new RowFolding(fold).fold(row);
  }

  @Test
  void aRowGoesToEveryWindowThatHoldsItEarliestFirst() throws EvaluationException {
    List<RowFolding.Addition> additions =
        fold(HOP, null, List.of(START, END, AMOUNT), sum(AMOUNT, null), 25L, 7L, null);
    assertEquals(2, additions.size());
    assertArrayEquals(new Object[] {10L, 30L, 7L}, additions.get(0).keys());
    assertArrayEquals(new Object[] {20L, 40L, 7L}, additions.get(1).keys());
    assertArrayEquals(new Object[] {7L}, additions.get(1).arguments().get(0).orElseThrow());
  }

  @Test
  void aRowWithoutWindowTimeIsInNoWindow() throws EvaluationException {
    assertTrue(fold(HOP, null, List.of(START), sum(AMOUNT, null), null, 7L, null).isEmpty());
  }

  @Test
  void whereIsJudgedInEveryWindowOfItsOwn() throws EvaluationException {
    Expression late = call(Operator.EQUAL, START, new Literal(20L, Type.TIMESTAMP));
    List<RowFolding.Addition> additions =
        fold(HOP, late, List.of(START), sum(AMOUNT, null), 25L, 7L, null);
    assertEquals(1, additions.size());
    assertArrayEquals(new Object[] {20L}, additions.get(0).keys());
  }

  @Test
  void aConditionThatIsNullLeavesTheRowOut() throws EvaluationException {
    Expression unknown = call(Operator.GREATER, AMOUNT, DIVISOR);
    assertTrue(fold(null, unknown, List.of(), sum(AMOUNT, null), 25L, 7L, null).isEmpty());
  }

  @Test
  void anExpressionThatFailsInOneWindowRejectsTheWholeRow() {
    Expression failing =
        call(Operator.DIVIDE, number(1), call(Operator.SUBTRACT, number(20), millis(START)));
    assertThrows(
        EvaluationException.class,
        () -> fold(HOP, null, List.of(failing), sum(AMOUNT, null), 25L, 7L, null));
  }

  /** The milliseconds of a time since 1970, as a number. */
  private static Expression millis(Expression time) {
    try {
      Expression epoch = call(Operator.EXTRACT_EPOCH, time);
      return Typing.cast(call(Operator.MULTIPLY, epoch, number(1000)), Type.BIGINT);
    } catch (TypeException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void nothingBehindAWhereThatIsNotTrueIsComputed() throws EvaluationException {
    Expression share = call(Operator.DIVIDE, AMOUNT, DIVISOR);
    Expression safe = call(Operator.NOT_EQUAL, DIVISOR, number(0));
    assertTrue(fold(null, safe, List.of(share), sum(share, null), 1L, 7L, 0L).isEmpty());
    EvaluationException failed =
        assertThrows(
            EvaluationException.class,
            () -> fold(null, null, List.of(), sum(share, null), 1L, 7L, 0L));
    assertTrue(failed.getMessage().toLowerCase(Locale.ROOT).contains("zero"), failed.getMessage());
  }

  @Test
  void argumentsBehindAFilterThatIsNotTrueAreNotComputedButTheGroupIsThere()
      throws EvaluationException {
    Expression share = call(Operator.DIVIDE, AMOUNT, DIVISOR);
    Expression safe = call(Operator.NOT_EQUAL, DIVISOR, number(0));
    List<RowFolding.Addition> additions =
        fold(null, null, List.of(AMOUNT), sum(share, safe), 1L, 7L, 0L);
    assertEquals(1, additions.size());
    assertTrue(additions.get(0).arguments().get(0).isEmpty());
  }

  @Test
  void aWhereThatFailsRejectsTheRow() {
    Expression share = call(Operator.DIVIDE, AMOUNT, DIVISOR);
    Expression large = call(Operator.GREATER, share, number(5));
    assertThrows(
        EvaluationException.class,
        () -> fold(null, large, List.of(), sum(AMOUNT, null), 1L, 7L, 0L));
  }
}
