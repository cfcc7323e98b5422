// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anabranch.view.Column;
import org.anabranch.view.Schema;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Type;
import org.anabranch.view.View;
import org.anabranch.view.Window;
import org.anabranch.view.accumulator.AggregateFunction;
import org.anabranch.view.expression.Expression.ColumnReference;
import org.junit.jupiter.api.Test;

final class ScriptTest {
  private static final String PIPELINE =
      """
      CREATE STREAM flights (
        date        TIMESTAMP(3) NOT NULL,
        origin      VARCHAR NOT NULL,
        destination VARCHAR NOT NULL,
        delay       INTEGER,
        distance    INTEGER CHECK (distance > 0)
      ) WITH ('event_time' = 'date', 'format' = 'json', 'partitions' = '4');

      CREATE VIEW delays AS
      SELECT origin, window_start, COUNT(*) AS flights, AVG(delay) AS mean_delay, APPROX_PERCENTILE(delay, 0.95) AS p95
      FROM TABLE(TUMBLE(TABLE flights, DESCRIPTOR(date), INTERVAL '1' DAY))
      WHERE delay IS NOT NULL
      GROUP BY origin, window_start;
      """;

  @Test
  void theFlightsPipelineBecomesAStreamAndAView() throws ScriptException {
    Script script = Script.parse("pipeline.sql", PIPELINE);
    StreamDefinition flights = script.streams().get(0);
    assertEquals(
        Schema.of(
            Column.required("date", Type.TIMESTAMP),
            Column.required("origin", Type.VARCHAR),
            Column.required("destination", Type.VARCHAR),
            Column.nullable("delay", Type.INTEGER),
            Column.nullable("distance", Type.INTEGER)),
        flights.schema());
    assertEquals(
        Map.of("event_time", "date", "format", "json", "partitions", "4"), flights.options());
    assertEquals("distance > 0", flights.checks().get(0).name());
    assertTrue(PIPELINE.startsWith(flights.sql() + ";"));

    View delays = script.views().get(0);
    ColumnReference date = new ColumnReference(0, "date", Type.TIMESTAMP);
    assertEquals(Optional.of(new Window(date, 86_400_000, 86_400_000, 0)), delays.fold().window());
    assertEquals(
        List.of(
            new ColumnReference(1, "origin", Type.VARCHAR),
            new ColumnReference(5, "window_start", Type.TIMESTAMP)),
        delays.fold().keys());
    assertEquals(
        List.of(
            AggregateFunction.COUNT_ROWS,
            AggregateFunction.AVG,
            AggregateFunction.APPROX_PERCENTILE),
        delays.fold().aggregates().stream().map(aggregate -> aggregate.function()).toList());
    assertEquals(List.of("date", "origin", "delay"), delays.fold().columns());
    assertEquals(
        "[Column[name=origin, type=VARCHAR, nullable=true, defaultValue=Optional.empty, options={}],"
            + " Column[name=window_start, type=TIMESTAMP(3), nullable=true,"
            + " defaultValue=Optional.empty, options={}],"
            + " Column[name=flights, type=BIGINT, nullable=true, defaultValue=Optional.empty,"
            + " options={}], Column[name=mean_delay, type=DOUBLE, nullable=true,"
            + " defaultValue=Optional.empty, options={}], Column[name=p95, type=DOUBLE,"
            + " nullable=true, defaultValue=Optional.empty, options={}]]",
        delays.schema().toString());
  }

  @Test
  void theAcceptedViewsMeanWhatTheGoldenFileSays() throws ScriptException {
    Script script = Script.parse("views.sql", Texts.resource("views.sql"));
    assertEquals(Texts.resource("views.txt"), Texts.describe(script));
  }

  @Test
  void aStoredStatementIsReadAgainToAnEqualDefinition() throws ScriptException {
    Script script = Script.parse("views.sql", Texts.resource("views.sql"));
    for (StreamDefinition stream : script.streams()) {
      assertEquals(stream, Script.readStream(stream.sql()));
    }
    for (View view : script.views()) {
      assertEquals(view, Script.readView(view.sql(), script.streams()));
    }
  }

  @Test
  void aStoredStatementThatIsAnotherOneIsRefused() throws ScriptException {
    Script script = Script.parse("pipeline.sql", PIPELINE);
    String stream = script.streams().get(0).sql();
    String view = script.views().get(0).sql();
    assertThrows(ScriptException.class, () -> Script.readStream(view));
    assertThrows(ScriptException.class, () -> Script.readStream(""));
    assertThrows(ScriptException.class, () -> Script.readStream(PIPELINE));
    assertThrows(ScriptException.class, () -> Script.readView(stream, script.streams()));
    assertThrows(ScriptException.class, () -> Script.readView(view, List.of()));
  }

  @Test
  void defaultsAreValuesOfTheirColumnsType() throws ScriptException {
    Script script =
        Script.parse(
            "x.sql",
            """
            CREATE STREAM s (
              a INTEGER DEFAULT -5, b BIGINT DEFAULT 5000000000, c DOUBLE DEFAULT 1, d DECIMAL(5, 2) DEFAULT 1.5,
              e VARCHAR DEFAULT 'x', f DATE DEFAULT '1970-01-02', g TIMESTAMP DEFAULT TIMESTAMP '1970-01-01 00:00:01',
              h TIMESTAMP WITH TIME ZONE DEFAULT '1970-01-01 01:00:00+01', i BOOLEAN DEFAULT FALSE NOT NULL,
              j INTEGER DEFAULT NULL, k DOUBLE DEFAULT -1.5e0, l DECIMAL(38, 0) DEFAULT 0
            )""");
    List<Object> defaults =
        script.streams().get(0).schema().columns().stream()
            .map(column -> column.defaultValue().orElse("none"))
            .toList();
    assertEquals(
        List.of(
            -5L,
            5_000_000_000L,
            1.0,
            new BigDecimal("1.50"),
            "x",
            1L,
            1000L,
            0L,
            false,
            "none",
            -1.5,
            new BigDecimal("0")),
        defaults);
  }

  @Test
  void equalAggregatesAreFoldedOnce() throws ScriptException {
    View view =
        view("SELECT SUM(i), sum(I) + 1 AS more, AVG(i) AS mean FROM s HAVING SUM(s.i) > AVG(i)");
    assertEquals(2, view.fold().aggregates().size());
  }

  @Test
  void equalGroupKeysAreOneKey() throws ScriptException {
    View view = view("SELECT i + 1 AS j, COUNT(*) FROM s GROUP BY i + 1, 1, j, (I + 1)");
    assertEquals(1, view.fold().keys().size());
  }

  @Test
  void aNameInGroupByIsAColumnBeforeItIsAnAlias() throws ScriptException {
    View view = view("SELECT i + 1 AS l, COUNT(*) FROM s GROUP BY l, i");
    assertEquals(
        List.of("\"l\":BIGINT", "\"i\":INTEGER"),
        view.fold().keys().stream().map(key -> key.canonical()).toList());
  }

  @Test
  void foldsThatDifferOnlyInPresentationHaveOneIdentity() throws ScriptException {
    View first = view("SELECT i, SUM(l) AS a FROM s WHERE b GROUP BY i");
    View second =
        view("SELECT SUM(s.L) * 2 AS x, I AS y FROM s WHERE B GROUP BY 2 HAVING SUM(l) > 3");
    View third = view("SELECT i, SUM(l) AS a FROM s WHERE NOT b GROUP BY i");
    assertEquals(first.fold().identity(), second.fold().identity());
    assertTrue(!first.fold().identity().equals(third.fold().identity()));
  }

  @Test
  void aViewMayStandBeforeItsStream() throws ScriptException {
    Script script =
        Script.parse(
            "x.sql", "CREATE VIEW v AS SELECT COUNT(*) FROM s; CREATE STREAM s (a INTEGER)");
    assertEquals("s", script.views().get(0).fold().stream());
  }

  @Test
  void offsetsOfWindowsAreBroughtIntoOneSlide() throws ScriptException {
    String from =
        "SELECT COUNT(*) FROM TABLE(HOP(TABLE s, DESCRIPTOR(z), INTERVAL '1' HOUR, INTERVAL '6' HOUR, ";
    assertEquals(
        3_300_000, view(from + "INTERVAL -'5' MINUTE))").fold().window().orElseThrow().offset());
    assertEquals(
        300_000, view(from + "INTERVAL '65' MINUTE))").fold().window().orElseThrow().offset());
    View view =
        view(from.replace("COUNT(*)", "window_end, COUNT(*)") + "INTERVAL '0' DAY)) GROUP BY 1");
    assertEquals(Type.INSTANT, view.fold().keys().get(0).type());
    assertEquals(6, view.fold().window().orElseThrow().windowsPerRow());
  }

  private static View view(String query) throws ScriptException {
    return Script.parse("x.sql", Texts.resource("stream.sql") + "CREATE VIEW v AS " + query)
        .views()
        .get(0);
  }
}
