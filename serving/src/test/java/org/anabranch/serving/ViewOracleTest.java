// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.anabranch.view.Clock;
import org.anabranch.view.Fold;
import org.anabranch.view.MemoryHistory;
import org.anabranch.view.Trials;
import org.anabranch.view.Type;
import org.anabranch.view.View;
import org.anabranch.view.accumulator.Accumulators;
import org.anabranch.view.accumulator.Aggregate;
import org.anabranch.view.accumulator.AggregateFunction;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Expression.ColumnReference;
import org.anabranch.view.expression.TypeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same SQL over the raw rows, in another engine, gives the answer of a view. */
class ViewOracleTest {
  private static final String[][] AGGREGATES = {
    {"COUNT_ROWS", "*"},
    {"COUNT", "delay"},
    {"COUNT_DISTINCT", "delay"},
    {"SUM", "delay"},
    {"SUM", "distance"},
    {"SUM", "price"},
    {"SUM", "ratio"},
    {"MIN", "day"},
    {"MAX", "at"},
    {"MIN", "price"},
    {"MAX", "seen"},
    {"MAX", "fine"},
    {"MIN", "fine_seen"},
    {"COUNT_DISTINCT", "fine"},
    {"MAX", "ratio"},
    {"AVG", "delay"},
    {"AVG", "price"},
    {"AVG", "ratio"},
    {"VAR_POP", "delay"},
    {"VAR_SAMP", "ratio"},
    {"STDDEV_POP", "price"},
    {"STDDEV_SAMP", "delay"},
    {"VAR_SAMP", "price"},
    {"APPROX_PERCENTILE", "ratio"},
    {"APPROX_PERCENTILE", "delay"},
    {"APPROX_PERCENTILE", "price"}
  };

  private static final double SHARE = 0.7;

  @TempDir Path folder;

  @Test
  void viewsEqualTheSameQueryOverTheRawRows() {
    Trials.run(
        8,
        random -> {
          List<Object[]> rows = rows(random, random.nextInt(400));
          MemoryHistory history = TestViews.history();
          rows.forEach(row -> history.append(TestViews.LANE, row));
          FakeSource source = new FakeSource(history, random);
          ParquetRows raw =
              new ParquetRows(
                  "raw", TestViews.FLIGHTS, folder.resolve("trial" + random.nextLong()));
          raw.add(rows);
          ViewRelation view = new ViewRelation(view(), source, Optional.empty());
          try (SqlService sql =
                  new SqlService(
                      TestViews.catalog(raw.relation()),
                      SqlSettings.DEFAULT,
                      Clock.SYSTEM,
                      new ThreadWatchdog());
              ViewReader reader = new ViewReader(ReadLimits.DEFAULT, Clock.SYSTEM);
              Answer ours = reader.read(view, ReadRequest.FIRST.limitedTo(10_000));
              Answer theirs = sql.query(query(), QueryLimits.DEFAULT, Optional.empty())) {
            assertSame(TestViews.all(theirs), TestViews.all(ours));
          }
          assertEquals(0, source.open() + raw.open());
        });
  }

  private static List<Object[]> rows(Random random, int count) {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Object[] row = {
        "O" + random.nextInt(5),
        11323L + random.nextInt(4),
        random.nextInt(200) - 50L,
        random.nextLong() >> random.nextInt(60),
        BigDecimal.valueOf(random.nextInt(1_000_000), 2),
        random.nextGaussian() * 1000,
        979545600000L + random.nextInt(1_000_000),
        979545600000L - random.nextInt(1_000_000),
        random.nextBoolean(),
        979545600000000L + random.nextInt(100) * 10_001L,
        -979545600000000L - random.nextInt(1_000_000)
      };
      for (int column = 1; column < row.length; column++) {
        row[column] = random.nextInt(6) == 0 ? null : row[column];
      }
      rows.add(row);
    }
    return rows;
  }

  private static View view() throws TypeException {
    List<Expression> keys = List.of(column("origin"), column("day"));
    List<Aggregate> aggregates = new ArrayList<>();
    List<View.Output> outputs = new ArrayList<>();
    outputs.add(new View.Output("k0", new ColumnReference(0, "k0", Type.VARCHAR)));
    outputs.add(new View.Output("k1", new ColumnReference(1, "k1", Type.DATE)));
    for (String[] one : AGGREGATES) {
      AggregateFunction function = AggregateFunction.valueOf(one[0]);
      List<Expression> arguments = one[1].equals("*") ? List.of() : List.of(column(one[1]));
      double share = function == AggregateFunction.APPROX_PERCENTILE ? SHARE : 0;
      Type type = Accumulators.typeOf(function, arguments.stream().map(Expression::type).toList());
      outputs.add(
          new View.Output("a" + outputs.size(), new ColumnReference(outputs.size(), "a", type)));
      aggregates.add(new Aggregate(function, arguments, share, Optional.empty(), type));
    }
    Fold fold =
        new Fold("random", TestViews.FLIGHTS, Optional.empty(), Optional.empty(), keys, aggregates);
    return new View("view", fold, outputs, Optional.empty(), "CREATE VIEW view AS ...");
  }

  private static Expression column(String name) {
    int index = TestViews.FLIGHTS.indexOf(name).orElseThrow();
    return new ColumnReference(index, name, TestViews.FLIGHTS.column(index).type());
  }

  private static String query() {
    StringBuilder query = new StringBuilder("SELECT origin, day");
    for (String[] one : AGGREGATES) {
      String call =
          switch (one[0]) {
            case "COUNT_ROWS" -> "COUNT(*)";
            // A group has few values here: they are exact.
            case "APPROX_PERCENTILE" ->
                "CAST(QUANTILE_DISC(\"" + one[1] + "\", " + SHARE + ") AS DOUBLE)";
            case "COUNT_DISTINCT" -> "COUNT(DISTINCT \"" + one[1] + "\")";
            default -> one[0] + "(\"" + one[1] + "\")";
          };
      query.append(", ").append(call);
    }
    return query.append(" FROM raw GROUP BY origin, day ORDER BY origin, day").toString();
  }

  private static void assertSame(List<Object[]> theirs, List<Object[]> ours) {
    assertEquals(theirs.size(), ours.size());
    for (int i = 0; i < ours.size(); i++) {
      for (int column = 0; column < ours.get(i).length; column++) {
        Object left = theirs.get(i)[column];
        Object right = ours.get(i)[column];
        assertTrue(
            same(left, right),
            "row " + i + ", column " + column + ": " + left + " is not " + right);
      }
    }
  }

  /** Exact, but for DOUBLE: its sums depend on the order in the other engine. */
  private static boolean same(Object left, Object right) {
    if (left instanceof Double a && right instanceof Double b) {
      return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
    }
    if (left instanceof BigDecimal || right instanceof BigDecimal) {
      return new BigDecimal("" + left).compareTo(new BigDecimal("" + right)) == 0;
    }
    return left == null ? right == null : left.equals(right);
  }
}
