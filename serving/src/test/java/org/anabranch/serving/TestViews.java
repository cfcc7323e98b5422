// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.anabranch.view.Column;
import org.anabranch.view.Fold;
import org.anabranch.view.Lane;
import org.anabranch.view.MemoryHistory;
import org.anabranch.view.Schema;
import org.anabranch.view.Type;
import org.anabranch.view.View;
import org.anabranch.view.accumulator.Aggregate;
import org.anabranch.view.accumulator.AggregateFunction;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Expression.ColumnReference;

/** Views to read in tests. */
final class TestViews {
  static final Lane LANE = new Lane("topic", 0, 0);

  static final Schema FLIGHTS =
      Schema.of(
          Column.required("origin", Type.VARCHAR),
          Column.nullable("day", Type.DATE),
          Column.nullable("delay", Type.INTEGER),
          Column.nullable("distance", Type.BIGINT),
          Column.nullable("price", Type.decimal(10, 2)),
          Column.nullable("ratio", Type.DOUBLE),
          Column.nullable("at", Type.TIMESTAMP),
          Column.nullable("seen", Type.INSTANT),
          Column.nullable("good", Type.BOOLEAN),
          Column.nullable("fine", Type.MICRO_TIMESTAMP),
          Column.nullable("fine_seen", Type.MICRO_INSTANT));

  private TestViews() {}

  static MemoryHistory history() {
    return new MemoryHistory(FLIGHTS, new Random(1), 10);
  }

  /** Every key and aggregate of a fold as an output, mixed, sometimes without some. */
  static View mixed(Fold fold, Random random) {
    List<View.Output> outputs = new ArrayList<>();
    int keys = fold.keys().size();
    for (int i = 0; i < keys; i++) {
      if (random.nextInt(8) > 0) {
        outputs.add(output("k" + i, i, fold.keys().get(i).type()));
      }
    }
    for (int i = 0; i < fold.aggregates().size(); i++) {
      outputs.add(output("a" + i, keys + i, fold.aggregates().get(i).type()));
    }
    Collections.shuffle(outputs, random);
    return new View("mixed", fold, outputs, Optional.empty(), "CREATE VIEW mixed AS ...");
  }

  private static View.Output output(String name, int index, Type type) {
    return new View.Output(name, new ColumnReference(index, name, type));
  }

  /** SELECT origin, day, COUNT(*) AS flights, SUM(delay) AS delay ... GROUP BY origin, day. */
  static View flights(String name) {
    Expression origin = new ColumnReference(0, "origin", Type.VARCHAR);
    Expression day = new ColumnReference(1, "day", Type.DATE);
    Expression delay = new ColumnReference(2, "delay", Type.INTEGER);
    Aggregate count =
        new Aggregate(AggregateFunction.COUNT_ROWS, List.of(), 0, Optional.empty(), Type.BIGINT);
    Aggregate sum =
        new Aggregate(AggregateFunction.SUM, List.of(delay), 0, Optional.empty(), Type.BIGINT);
    Fold fold =
        new Fold(
            "random",
            FLIGHTS,
            Optional.empty(),
            Optional.empty(),
            List.of(origin, day),
            List.of(count, sum));
    List<View.Output> outputs =
        List.of(
            output("origin", 0, Type.VARCHAR),
            output("day", 1, Type.DATE),
            output("flights", 2, Type.BIGINT),
            output("delay", 3, Type.BIGINT));
    return new View(name, fold, outputs, Optional.empty(), "CREATE VIEW " + name + " AS ...");
  }

  /** One row a combination: origins O0.., days from 2001-01-01. */
  static MemoryHistory flightRows(int origins, int days) {
    MemoryHistory history = history();
    for (int origin = 0; origin < origins; origin++) {
      for (int day = 0; day < days; day++) {
        history.append(LANE, flight("O" + origin, 11323L + day, origin * 10L + day));
      }
    }
    return history;
  }

  static Object[] flight(String origin, Long day, Long delay) {
    return new Object[] {origin, day, delay, null, null, null, null, null, null, null, null};
  }

  static List<Object[]> all(Answer answer) {
    List<Object[]> rows = new ArrayList<>();
    for (Object[] row = answer.next(); row != null; row = answer.next()) {
      rows.add(row);
    }
    return rows;
  }

  static Catalog catalog(Relation... relations) {
    return () -> List.of(relations);
  }
}
