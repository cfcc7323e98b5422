// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Optional;
import org.anabranch.view.accumulator.Accumulators;
import org.anabranch.view.accumulator.Aggregate;
import org.anabranch.view.accumulator.AggregateFunction;
import org.anabranch.view.accumulator.AggregateText;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Expression.ColumnReference;
import org.anabranch.view.expression.Expression.Literal;
import org.anabranch.view.expression.Operator;
import org.anabranch.view.expression.TypeException;
import org.anabranch.view.expression.Typing;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  private static final long HOUR = 3_600_000;
  private static final Schema SCHEMA =
      Schema.of(
          Column.required("date", Type.TIMESTAMP),
          Column.required("order", Type.VARCHAR),
          Column.nullable("delay", Type.INTEGER));
  private static final ColumnReference DATE = new ColumnReference(0, "date", Type.TIMESTAMP);
  private static final ColumnReference ORDER = new ColumnReference(1, "order", Type.VARCHAR);
  private static final ColumnReference DELAY = new ColumnReference(2, "delay", Type.INTEGER);

  @Test
  void aViewIsExplainedAsItIsWritten() throws TypeException {
    Expression late = Typing.call(Operator.GREATER, List.of(DELAY, new Literal(15L, Type.INTEGER)));
    Expression hours = Typing.call(Operator.DIVIDE, List.of(DELAY, new Literal(60L, Type.INTEGER)));
    Aggregate count =
        new Aggregate(AggregateFunction.COUNT_ROWS, List.of(), 0, Optional.of(late), Type.BIGINT);
    Aggregate percentile =
        new Aggregate(
            AggregateFunction.APPROX_PERCENTILE,
            List.of(DELAY),
            0.95,
            Optional.empty(),
            Accumulators.typeOf(AggregateFunction.APPROX_PERCENTILE, List.of(Type.INTEGER)));
    Fold fold =
        new Fold(
            "flights",
            SCHEMA,
            Optional.of(new Window(DATE, 24 * HOUR, HOUR, 0)),
            Optional.of(Typing.call(Operator.IS_NOT_NULL, List.of(DELAY))),
            List.of(ORDER, hours),
            List.of(count, percentile));
    Expression hour = new ColumnReference(1, "key 2", Type.INTEGER);
    Expression counted = new ColumnReference(2, "aggregate 1", Type.BIGINT);
    Expression product =
        Typing.call(Operator.MULTIPLY, List.of(hour, new Literal(2L, Type.INTEGER)));
    Explanation words =
        Explanation.of(
            new View(
                "v",
                fold,
                List.of(new View.Output("double", product), new View.Output("n", counted)),
                Optional.of(
                    Typing.call(Operator.GREATER, List.of(counted, new Literal(3L, Type.BIGINT)))),
                "CREATE VIEW v AS ..."));
    assertEquals(
        Optional.of("HOP(TABLE flights, DESCRIPTOR(date), INTERVAL '1' HOUR, INTERVAL '1' DAY)"),
        words.window());
    assertEquals(Optional.of("delay IS NOT NULL"), words.filter());
    assertEquals(
        List.of("\"order\"", "delay / 60"),
        words.keys().stream().map(Explanation.Part::sql).toList());
    assertEquals(
        List.of("COUNT(*) FILTER (WHERE delay > 15)", "APPROX_PERCENTILE(delay, 0.95)"),
        words.states().stream().map(Explanation.State::sql).toList());
    assertEquals(
        List.of("(delay / 60) * 2", "COUNT(*) FILTER (WHERE delay > 15)"),
        words.outputs().stream().map(Explanation.Shown::sql).toList());
    assertEquals(Optional.of("COUNT(*) FILTER (WHERE delay > 15) > 3"), words.having());
  }

  @Test
  void everyAggregateSaysWhatIsKeptForIt() {
    for (AggregateFunction function : AggregateFunction.values()) {
      Aggregate aggregate =
          new Aggregate(function, List.of(DELAY, DATE), 0.5, Optional.empty(), Type.INTEGER);
      assertFalse(AggregateText.state(aggregate).isBlank());
      assertFalse(AggregateText.sql(aggregate).contains("COUNT_ROWS"));
    }
  }
}
