// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.anabranch.serving.ServingException.Reason;
import org.anabranch.view.Clock;
import org.anabranch.view.Column;
import org.anabranch.view.Fold;
import org.anabranch.view.MemoryHistory;
import org.anabranch.view.Schema;
import org.anabranch.view.Type;
import org.anabranch.view.View;
import org.anabranch.view.accumulator.Aggregate;
import org.anabranch.view.accumulator.AggregateFunction;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Expression.ColumnReference;
import org.anabranch.view.expression.Expression.Literal;
import org.anabranch.view.expression.Operator;
import org.anabranch.view.segment.CellProblem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * SUM(d), MAX(d) and COUNT(*) by k, where the sum of group 'ovf' does not fit its type: what does
 * not ask for that cell is answered, and what shows it says so.
 */
class OneCellTest {
  private static final Type WIDE = Type.decimal(38, 0);
  private static final Schema SCHEMA =
      Schema.of(Column.nullable("k", Type.VARCHAR), Column.nullable("d", WIDE));
  private static final BigDecimal LARGE = new BigDecimal("9".repeat(38));
  private static final Expression D = new ColumnReference(1, "d", WIDE);
  private static final Expression SUM = new ColumnReference(1, "sum", WIDE);

  private final FakeSource source = new FakeSource(history(), new Random(3));
  private final ViewReader reader = new ViewReader(ReadLimits.DEFAULT, Clock.SYSTEM);
  private final SqlService sql =
      new SqlService(
          TestViews.catalog(relation(view("v", Optional.empty())), relation(view("h", above(5)))),
          new SqlSettings(1, 256, 1024, 128, 2, 2, 1000, 250, 4 << 20),
          Clock.SYSTEM,
          new ThreadWatchdog());

  private static MemoryHistory history() {
    MemoryHistory history = new MemoryHistory(SCHEMA, new Random(1), 2);
    Object[][] rows = {
      {"ovf", LARGE}, {"ovf", LARGE}, {"ret", LARGE}, {"ret", BigDecimal.ONE.negate()}, {"z", null}
    };
    for (Object[] row : rows) {
      history.append(TestViews.LANE, row);
    }
    return history;
  }

  private static Optional<Expression> above(long least) {
    Literal bound = new Literal(BigDecimal.valueOf(least), WIDE);
    return Optional.of(new Expression.Call(Operator.GREATER, List.of(SUM, bound), Type.BOOLEAN));
  }

  private static View view(String name, Optional<Expression> having) {
    List<Aggregate> aggregates =
        List.of(
            new Aggregate(AggregateFunction.SUM, List.of(D), 0, Optional.empty(), WIDE),
            new Aggregate(AggregateFunction.MAX, List.of(D), 0, Optional.empty(), WIDE),
            new Aggregate(
                AggregateFunction.COUNT_ROWS, List.of(), 0, Optional.empty(), Type.BIGINT));
    Fold fold =
        new Fold(
            "random",
            SCHEMA,
            Optional.empty(),
            Optional.empty(),
            List.of(new ColumnReference(0, "k", Type.VARCHAR)),
            aggregates);
    List<View.Output> outputs =
        List.of(
            new View.Output("k", new ColumnReference(0, "k", Type.VARCHAR)),
            new View.Output("sd", SUM),
            new View.Output("md", new ColumnReference(2, "max", WIDE)),
            new View.Output("n", new ColumnReference(3, "count", Type.BIGINT)));
    return new View(name, fold, outputs, having, "CREATE VIEW " + name);
  }

  private ViewRelation relation(View view) {
    return new ViewRelation(view, source, Optional.empty());
  }

  @AfterEach
  void close() {
    reader.close();
    sql.close();
  }

  /** Rows and problems of all pages of a read. */
  private record Read(List<Object[]> rows, List<CellProblem> problems) {}

  private Read read(String view, ReadRequest first) {
    List<Object[]> rows = new ArrayList<>();
    List<CellProblem> problems = new ArrayList<>();
    ReadRequest request = first;
    while (true) {
      ViewRelation relation = relation(view(view, view.equals("h") ? above(5) : Optional.empty()));
      try (Answer answer = reader.read(relation, request)) {
        rows.addAll(TestViews.all(answer));
        problems.addAll(answer.problems().listed());
        assertEquals(answer.problems().listed().size(), answer.problems().total());
        if (answer.nextPage().isEmpty()) {
          return new Read(rows, problems);
        }
        request = first.from(answer.nextPage());
      }
    }
  }

  private List<Object[]> query(String statement) {
    try (Answer answer = sql.query(statement, QueryLimits.DEFAULT, Optional.empty())) {
      return TestViews.all(answer);
    }
  }

  private ServingException failure(String statement) {
    return assertThrows(ServingException.class, () -> query(statement), statement);
  }

  @Test
  void everyPageOfTheViewIsAnsweredAndTheCellIsNamedOnItsPage() {
    for (int limit : new int[] {1, 2, 10}) {
      Read all = read("v", ReadRequest.FIRST.limitedTo(limit));
      assertEquals(3, all.rows().size());
      assertArrayEquals(new Object[] {"ovf", null, LARGE, 2L}, all.rows().get(0));
      BigDecimal ret = LARGE.subtract(BigDecimal.ONE);
      assertArrayEquals(new Object[] {"ret", ret, LARGE, 2L}, all.rows().get(1));
      assertArrayEquals(new Object[] {"z", null, null, 1L}, all.rows().get(2));
      assertEquals(1, all.problems().size(), "the NULL of z is an ordinary one");
      CellProblem problem = all.problems().get(0);
      assertEquals("k = 'ovf'", problem.group());
      assertEquals("sd", problem.column());
      assertTrue(problem.what().contains("1" + "9".repeat(37) + "8"), problem.what());
      assertEquals("write SUM(CAST(x AS DOUBLE))", problem.advice());
    }
  }

  @Test
  void aFilterThatCannotBeDecidedKeepsTheGroupAndNamesIt() {
    for (Filter filter :
        List.of(
            Filter.equal("sd", "5"),
            new Filter("sd", Filter.Test.LESS, List.of("5")),
            new Filter("sd", Filter.Test.IS_NULL, List.of()),
            new Filter("sd", Filter.Test.IS_NOT_NULL, List.of()))) {
      Read kept = read("v", ReadRequest.FIRST.where(List.of(filter)));
      assertEquals("ovf", kept.rows().get(0)[0], filter.toString());
      assertEquals(1, kept.problems().size());
    }
    Read other = read("v", ReadRequest.FIRST.where(List.of(Filter.equal("k", "ret"))));
    assertEquals(1, other.rows().size());
    assertEquals(List.of(), other.problems());
  }

  @Test
  void itIsSortedAsNullIs() {
    Read ascending = read("v", ReadRequest.FIRST.orderedBy(List.of(new Order("sd", false))));
    assertEquals(List.of("ret", "ovf", "z"), keys(ascending.rows()));
    assertEquals(1, ascending.problems().size());
    Read descending = read("v", ReadRequest.FIRST.orderedBy(List.of(new Order("sd", true))));
    assertEquals(List.of("ovf", "z", "ret"), keys(descending.rows()));
  }

  private static List<Object> keys(List<Object[]> rows) {
    return rows.stream().map(row -> row[0]).toList();
  }

  @Test
  void aGroupWhoseHavingCannotBeDecidedIsInEveryAnswerAndNamedThere() {
    Read shown = read("h", ReadRequest.FIRST);
    assertEquals(List.of("ovf", "ret"), keys(shown.rows()));
    assertEquals(
        List.of("HAVING", "sd"), shown.problems().stream().map(CellProblem::column).toList());
    try (Answer answer =
        sql.query("SELECT COUNT(*) FROM h", QueryLimits.DEFAULT, Optional.empty())) {
      assertEquals(2L, answer.next()[0]);
      assertEquals(1, answer.problems().total());
      assertEquals("k = 'ovf'", answer.problems().listed().get(0).group());
    }
  }

  @Test
  void statementsThatDoNotEvaluateTheCellAreAnswered() {
    assertEquals(3L, query("SELECT COUNT(*) FROM v").get(0)[0]);
    assertEquals(3, query("SELECT k, md FROM v").size());
    assertEquals(LARGE, query("SELECT md FROM v WHERE k = 'ovf'").get(0)[0]);
    assertEquals(
        LARGE.subtract(BigDecimal.ONE), query("SELECT * FROM v WHERE k = 'ret'").get(0)[1]);
    assertEquals(2L, query("SELECT COUNT(sd) + 1 FROM v WHERE k <> 'ovf'").get(0)[0]);
    assertEquals(1L, query("SELECT COUNT(*) FROM v WHERE k > 'ovf' AND sd > 5").get(0)[0]);
    assertEquals(List.of("ovf", "ret", "z"), keys(query("SELECT k FROM v ORDER BY n DESC, k")));
    assertEquals(3L, query("SELECT COUNT(*) FROM v a JOIN v b USING (k)").get(0)[0]);
    try (Answer answer =
        sql.query("SELECT COUNT(*) FROM v", QueryLimits.DEFAULT, Optional.empty())) {
      assertTrue(answer.problems().isEmpty());
    }
  }

  @Test
  void statementsThatEvaluateTheCellFailAndNameGroupAndColumn() {
    for (String statement :
        List.of(
            "SELECT * FROM v",
            "SELECT sd FROM v WHERE k = 'ovf'",
            "SELECT COUNT(sd) FROM v",
            "SELECT SUM(n) FROM v WHERE sd IS NULL",
            "SELECT k FROM v ORDER BY sd",
            "SELECT COUNT(*) FROM v a JOIN v b USING (sd)")) {
      ServingException failed = failure(statement);
      assertEquals(Reason.FAILED, failed.reason(), statement);
      String message = failed.getMessage();
      assertTrue(message.contains("column sd of view v for group k = 'ovf'"), message);
      assertTrue(message.contains("write SUM(CAST(x AS DOUBLE))"), message);
    }
  }

  @Test
  void manyStatementsAtOneFrontierUseOneTable() {
    query("SELECT COUNT(*) FROM v");
    query("SELECT md FROM v");
    assertEquals(1, sql.tables());
    source.advance();
    query("SELECT md FROM v");
    assertEquals(1, sql.tables());
  }
}
