// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.anabranch.view.Type;
import org.junit.jupiter.api.Test;

final class RandomExpressionsTest {
  private static final long SEED = 20_010_911;
  private static final int EXPRESSIONS = 120_000;
  private static final int VALUES = 40_000;

  private final RandomExpressions expressions =
      new RandomExpressions(RandomExpressions.everyType(), SEED);

  @Test
  void everyOperatorIsSeenWithValuesErrorsAndNulls() {
    System.out.println("seed " + SEED);
    Map<Operator, Set<Outcome>> seen = new EnumMap<>(Operator.class);
    for (int i = 0; i < EXPRESSIONS; i++) {
      Expression expression = expressions.next();
      visit(expression, expressions.row(), seen);
    }
    for (Operator operator : Operator.values()) {
      Set<Outcome> outcomes = seen.getOrDefault(operator, EnumSet.noneOf(Outcome.class));
      assertTrue(outcomes.contains(Outcome.VALUE), operator + " never had a value");
      assertTrue(outcomes.contains(Outcome.ERROR), operator + " never failed");
    }
  }

  @Test
  void everyValueHasTheRepresentationOfItsType() {
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    for (int i = 0; i < VALUES; i++) {
      Expression expression = expressions.next();
      Object[] row = expressions.row();
      try {
        Object value = Evaluation.evaluate(expression, row);
        counts.merge(value == null ? Outcome.NULL : Outcome.VALUE, 1, Integer::sum);
        requireRepresentation(value, expression);
      } catch (EvaluationException e) {
        counts.merge(Outcome.ERROR, 1, Integer::sum);
        assertTrue(e.getMessage().startsWith("Cannot "), e.getMessage());
        assertTrue(e.getMessage().length() < 400, e.getMessage());
      }
    }
    System.out.println("seed " + SEED + ", outcomes " + counts);
    for (Outcome outcome : Outcome.values()) {
      assertTrue(counts.get(outcome) > VALUES / 20, () -> "too few of " + outcome);
    }
  }

  @Test
  void theSameSeedGivesTheSameExpressions() {
    RandomExpressions one = new RandomExpressions(RandomExpressions.everyType(), 7);
    RandomExpressions other = new RandomExpressions(RandomExpressions.everyType(), 7);
    for (int i = 0; i < 500; i++) {
      assertEquals(one.next().canonical(), other.next().canonical());
    }
  }

  private enum Outcome {
    VALUE,
    NULL,
    ERROR
  }

  private static void visit(Expression expression, Object[] row, Map<Operator, Set<Outcome>> seen) {
    expression.children().forEach(child -> visit(child, row, seen));
    if (expression instanceof Expression.Call call) {
      seen.computeIfAbsent(call.operator(), o -> EnumSet.noneOf(Outcome.class))
          .add(outcome(expression, row));
    }
  }

  private static Outcome outcome(Expression expression, Object[] row) {
    try {
      return Evaluation.evaluate(expression, row) == null ? Outcome.NULL : Outcome.VALUE;
    } catch (EvaluationException e) {
      return Outcome.ERROR;
    }
  }

  private static void requireRepresentation(Object value, Expression expression) {
    if (value == null) {
      return;
    }
    Type type = expression.type();
    boolean right =
        switch (type.kind()) {
          case BOOLEAN -> value instanceof Boolean;
          case DOUBLE -> value instanceof Double d && (d != 0 || 1 / d > 0);
          case DECIMAL ->
              value instanceof BigDecimal d
                  && d.scale() == type.scale()
                  && d.precision() <= type.precision();
          case VARCHAR -> value instanceof String;
          case DATE ->
              value instanceof Long l && l >= TimeFunctions.MIN_DAY && l <= TimeFunctions.MAX_DAY;
          case TIMESTAMP, INSTANT -> value instanceof Long l && TimeFunctions.isInRange(l);
          case MICRO_TIMESTAMP, MICRO_INSTANT -> value instanceof Long l && MicroTimes.isInRange(l);
          default -> value instanceof Long l && IntegerArithmetic.fits(l, type);
        };
    assertTrue(right, () -> value + " is no " + type + " in " + expression.canonical());
  }
}
