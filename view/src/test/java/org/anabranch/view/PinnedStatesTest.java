// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.anabranch.view.accumulator.Accumulators;
import org.anabranch.view.accumulator.Aggregate;
import org.anabranch.view.accumulator.AggregateFunction;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Expression.ColumnReference;
import org.anabranch.view.expression.TypeException;
import org.anabranch.view.reference.ReferenceEngine;
import org.junit.jupiter.api.Test;

/**
 * The states of fixed rows have fixed bytes, on every JDK and in every later version. Where this
 * fails, durable segments of earlier versions no longer merge with new ones: if that is meant,
 * raise the state version in {@link Aggregate#canonical} or the version of semantics in {@link
 * Fold} and pin the new digest.
 */
class PinnedStatesTest {
  private static final String DIGEST =
      "75cbeb1d874078da771fac76151e6dac293bbf8da5218d6186e4c1a5bf28eed2";

  private static final List<Type> TYPES =
      List.of(
          Type.BOOLEAN,
          Type.INTEGER,
          Type.BIGINT,
          Type.DOUBLE,
          Type.decimal(9, 2),
          Type.decimal(38, 6),
          Type.VARCHAR,
          Type.DATE,
          Type.TIMESTAMP,
          Type.INSTANT);

  private static Schema schema() {
    List<Column> columns = new ArrayList<>();
    TYPES.forEach(type -> columns.add(Column.nullable("c" + columns.size(), type)));
    return new Schema(columns);
  }

  private static List<Expression> columns() {
    List<Expression> columns = new ArrayList<>();
    TYPES.forEach(
        type -> columns.add(new ColumnReference(columns.size(), "c" + columns.size(), type)));
    return columns;
  }

  /** Every function over every column or pair of columns that it takes. */
  private static List<Aggregate> aggregates() {
    List<Aggregate> aggregates = new ArrayList<>();
    for (AggregateFunction function : AggregateFunction.values()) {
      attempt(aggregates, function, List.of());
      for (Expression first : columns()) {
        attempt(aggregates, function, List.of(first));
        for (Expression second : columns()) {
          attempt(aggregates, function, List.of(first, second));
        }
      }
    }
    return aggregates;
  }

  private static void attempt(
      List<Aggregate> aggregates, AggregateFunction function, List<Expression> arguments) {
    double parameter = function == AggregateFunction.APPROX_PERCENTILE ? 0.95 : 0;
    try {
      Type type = Accumulators.typeOf(function, arguments.stream().map(Expression::type).toList());
      aggregates.add(new Aggregate(function, arguments, parameter, Optional.empty(), type));
    } catch (TypeException e) {
      assertTrue(e.getMessage().contains(function.name()), e.getMessage());
    }
  }

  @Test
  void fixedRowsHaveStatesOfFixedBytes() throws Exception {
    List<Aggregate> aggregates = aggregates();
    assertTrue(aggregates.size() > 200, aggregates.size() + " aggregates");
    List<Expression> keys = List.of(columns().get(0), columns().get(6));
    Fold fold = new Fold("s", schema(), Optional.empty(), Optional.empty(), keys, aggregates);
    MemoryHistory history = new MemoryHistory(schema(), new Random(1), 50);
    Random random = new Random(42);
    for (int i = 0; i < 3000; i++) {
      Lane lane = RandomRows.LANES.get(i % RandomRows.LANES.size());
      history.append(
          lane, TYPES.stream().map(type -> ExtremeValues.orNull(random, type)).toArray());
    }
    Segment segment = new ReferenceEngine().fold(fold, history, history.coverage());
    assertEquals(DIGEST, segment.digest());
  }
}
