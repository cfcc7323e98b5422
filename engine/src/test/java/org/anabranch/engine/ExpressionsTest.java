// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anabranch.view.Evaluator;
import org.anabranch.view.Lane;
import org.anabranch.view.Range;
import org.anabranch.view.Rows;
import org.anabranch.view.Schema;
import org.anabranch.view.Vector;
import org.anabranch.view.expression.Evaluation;
import org.anabranch.view.expression.EvaluationException;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Operator;
import org.anabranch.view.expression.RandomExpressions;
import org.junit.jupiter.api.Test;

/** Operators over chunks equal the specification row by row, in values, nulls and reasons. */
final class ExpressionsTest {
  private static final Lane LANE = new Lane("topic", 0, 0);
  private static final Schema SCHEMA = RandomExpressions.everyType();
  private static final long SEED = 19_690_720;

  private final Map<Operator, Set<Outcome>> seen = new EnumMap<>(Operator.class);

  private enum Outcome {
    VALUE,
    NULL,
    ERROR
  }

  @Test
  void everyOperatorOverChunksEqualsTheSpecificationRowByRow() {
    System.out.println("seed " + SEED);
    for (int i = 0; i < 9000; i++) {
      compare(new RandomExpressions(SCHEMA, SEED + i), SEED + i, 2, 1 + i % 16);
    }
    for (Operator operator : Operator.values()) {
      Set<Outcome> outcomes = seen.getOrDefault(operator, Set.of());
      assertTrue(outcomes.contains(Outcome.VALUE), operator + " never had a value");
      assertTrue(outcomes.contains(Outcome.ERROR), operator + " never failed");
    }
  }

  @Test
  void aLongChunkEqualsTheSpecificationRowByRow() {
    for (int i = 0; i < 40; i++) {
      compare(new RandomExpressions(SCHEMA, SEED - i), SEED - i, 2, 1500);
    }
  }

  private void compare(RandomExpressions random, long seed, int chunks, int size) {
    Expression expression = random.next();
    Evaluator evaluator = new ColumnarEvaluator(expression, SCHEMA);
    for (int chunk = 0; chunk < chunks; chunk++) {
      List<Object[]> rows = new ArrayList<>();
      for (int row = 0; row < Math.max(1, size - chunk); row++) {
        rows.add(random.row());
      }
      Evaluator.Evaluated evaluated = evaluator.evaluate(rows(rows));
      rows.forEach(row -> see(expression, row));
      for (int row = 0; row < rows.size(); row++) {
        compare(expression, rows.get(row), evaluated, row, seed);
      }
    }
  }

  private void compare(
      Expression expression, Object[] values, Evaluator.Evaluated evaluated, int row, long seed) {
    String where = "seed " + seed + " row " + row + " of " + expression.canonical();
    try {
      Object expected = Evaluation.evaluate(expression, values);
      assertEquals(null, evaluated.isError(row) ? evaluated.errors()[row] : null, where);
      assertEquals(expected, evaluated.values().get(row), where);
    } catch (EvaluationException e) {
      assertTrue(evaluated.isError(row), () -> where + " should fail with " + e.getMessage());
      assertEquals(e.getMessage(), evaluated.errors()[row], where);
      assertTrue(evaluated.values().isNull(row), where);
    }
  }

  /** Notes what every operator inside the expression gave for the row. */
  private void see(Expression expression, Object[] row) {
    expression.children().forEach(child -> see(child, row));
    if (expression instanceof Expression.Call call) {
      Set<Outcome> outcomes =
          seen.computeIfAbsent(call.operator(), ignored -> EnumSet.noneOf(Outcome.class));
      try {
        outcomes.add(Evaluation.evaluate(call, row) == null ? Outcome.NULL : Outcome.VALUE);
      } catch (EvaluationException e) {
        outcomes.add(Outcome.ERROR);
      }
    }
  }

  private static Rows rows(List<Object[]> rows) {
    List<Vector> columns = new ArrayList<>();
    for (int column = 0; column < SCHEMA.size(); column++) {
      Vector vector = Vector.of(SCHEMA.column(column).type(), rows.size());
      for (Object[] row : rows) {
        vector.append(row[column]);
      }
      columns.add(vector);
    }
    long[] positions = new long[rows.size()];
    for (int row = 0; row < positions.length; row++) {
      positions[row] = row;
    }
    return new Rows(
        SCHEMA, LANE, new Range(0, rows.size()), positions, positions, columns, rows.size());
  }
}
