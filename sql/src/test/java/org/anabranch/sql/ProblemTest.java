// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ProblemTest {
  private static final String FLIGHTS =
      "CREATE STREAM flights (date TIMESTAMP, origin VARCHAR, destination VARCHAR, delay INTEGER);\n";

  @Test
  void aProblemShowsTheLineTheCaretsAndTheHint() {
    String script =
        FLIGHTS
            + """
            CREATE VIEW v AS
            SELECT destinaton, COUNT(*)
            FROM flights
            GROUP BY origin;
            """;
    assertEquals(
        """
        Cannot read pipeline.sql: 1 problem

        pipeline.sql:3:8: unknown column 'destinaton'
          SELECT destinaton, COUNT(*)
                 ^^^^^^^^^^
          did you mean 'destination'?""",
        read(script).getMessage());
  }

  @Test
  void allProblemsOfAScriptComeAtOnceInOrder() {
    String script =
        """
        CREATE STREAM flights (
          date TIMESTAMP(9),
          origin VARCHAR(3) NOT NULL,
          delay INTEGR,
          distance INTEGER CHECK (distanze > 0)
        ) WITH ('formt' = 'json', 'partitions' = '1000');

        CREATE VIEW a AS
        SELECT orgin, AVG(dealy), LAST_VALUE(delay), SUM(distance + delay)
        FROM flights
        WHERE NOW() > date AND distance > 'far'
        GROUP BY orgin, 7
        HAVING COUNT(*)
        ORDER BY 1;

        INSERT INTO flights VALUES (1);

        CREATE VIEW b AS SELECT COUNT(*) FROM fligths;
        """;
    assertEquals(
        """
        pipeline.sql:2:8: TIMESTAMP(9) is not supported: times are kept in milli- or microseconds
        pipeline.sql:3:10: VARCHAR with a length is not supported
        pipeline.sql:4:9: expected a type, not 'INTEGR'
        pipeline.sql:5:27: unknown column 'distanze'
        pipeline.sql:6:9: unknown option 'formt'
        pipeline.sql:6:42: 'partitions' cannot be '1000'
        pipeline.sql:9:8: unknown column 'orgin'
        pipeline.sql:9:19: unknown column 'dealy'
        pipeline.sql:9:27: LAST_VALUE is not supported
        pipeline.sql:11:7: NOW is not allowed: results must not depend on when they are computed
        pipeline.sql:11:24: Cannot cast 'far' to INTEGER: expected a whole number
        pipeline.sql:12:10: unknown column 'orgin'
        pipeline.sql:12:17: GROUP BY 7 is not in the select list of 4
        pipeline.sql:13:8: HAVING must be a condition, not BIGINT
        pipeline.sql:14:1: ORDER BY is not supported in a view
        pipeline.sql:16:1: INSERT is not a statement of a script
        pipeline.sql:18:39: unknown stream 'fligths'""",
        summaries(script));
  }

  @Test
  void aColumnWithAProblemOfItsOwnIsNotUnknownElsewhere() {
    String script =
        """
        CREATE STREAM s (a INTEGR, b INTEGER CHECK (a > b)) WITH ('key' = 'a');
        CREATE VIEW v AS SELECT a, SUM(a + b), COUNT(*) FROM s WHERE a IS NULL GROUP BY a;
        """;
    assertEquals("pipeline.sql:1:20: expected a type, not 'INTEGR'", summaries(script));
  }

  @Test
  void aStreamThatCannotBeReadIsNotUnknown() {
    String script = "CREATE STREAM s (a INTEGER;\nCREATE VIEW v AS SELECT COUNT(*), SUM(b) FROM s;";
    assertEquals("pipeline.sql:1:17: '(' is never closed", summaries(script));
  }

  @Test
  void aMissingSemicolonIsNamedAndTheNextStatementIsReadAllTheSame() {
    String script =
        FLIGHTS.replace(";", "") + "CREATE VIEW v AS SELECT COUNT(*), nosuch FROM flights";
    assertEquals(
        """
        pipeline.sql:2:1: ';' is missing before CREATE
        pipeline.sql:2:35: unknown column 'nosuch'""",
        summaries(script));
  }

  @Test
  void columnsCountCodePointsAndTabsStayTabs() {
    String script =
        FLIGHTS
            + "CREATE VIEW v AS\r\n\tSELECT '\uD83D\uDE80ü', nosuch,\r\n\tCOUNT(*) FROM flights";
    List<Problem> problems = read(script).problems();
    assertEquals(1, problems.size());
    assertEquals(
        """
        pipeline.sql:3:15: unknown column 'nosuch'
          \tSELECT '\uD83D\uDE80ü', nosuch,
          \t             ^^^^^^
          columns are date, origin, destination, delay""",
        problems.get(0).render());
  }

  @Test
  void aProblemOverSeveralLinesIsCutAtItsFirst() {
    String script =
        FLIGHTS + "CREATE VIEW v AS SELECT UPPER(origin,\n  origin) AS o, COUNT(*) FROM flights";
    assertEquals(
        """
        pipeline.sql:2:25: this call has 2 arguments
          CREATE VIEW v AS SELECT UPPER(origin,
                                  ^^^^^^^^^^^^^
          write UPPER(text)""",
        read(script).problems().get(0).render());
  }

  @Test
  void ofALongLineThePartAroundTheProblemIsShown() {
    String list = ", 'x'".repeat(100);
    String script =
        FLIGHTS
            + "CREATE VIEW v AS SELECT COUNT(*) FROM flights WHERE origin IN ('y'"
            + list
            + ", z"
            + list
            + ")";
    String[] lines = read(script).problems().get(0).render().split("\n", -1);
    assertEquals("pipeline.sql:2:569: unknown column 'z'", lines[0]);
    assertTrue(lines[1].startsWith("  ... ") && lines[1].endsWith(" ..."), lines[1]);
    assertEquals('z', lines[1].charAt(lines[2].indexOf('^')));
    assertEquals(1, lines[2].strip().length());
    assertTrue(lines[1].length() < 180, lines[1]);
  }

  @Test
  void aProblemAtTheEndHasACaretBehindTheLastCharacter() {
    String script = FLIGHTS + "CREATE VIEW v AS SELECT COUNT(*) FROM flights WHERE;";
    assertEquals(
        """
        pipeline.sql:2:52: something is missing at the end
          CREATE VIEW v AS SELECT COUNT(*) FROM flights WHERE;
                                                             ^""",
        read(script).problems().get(0).render());
  }

  @Test
  void unclosedQuotesAndCommentsDoNotHideWhatStandsBeforeThem() {
    assertEquals(
        """
        pipeline.sql:1:1: DROP is not a statement of a script
        pipeline.sql:2:24: the text is never closed""",
        summaries("DROP x;\nCREATE STREAM s (a INT '"));
    assertEquals(
        """
        pipeline.sql:1:1: DROP is not a statement of a script
        pipeline.sql:1:9: the comment is never closed""",
        summaries("DROP x; /* a /* b */"));
  }

  @Test
  void anEmptyScriptDefinesNothing() throws ScriptException {
    Script script = Script.parse("empty.sql", " -- nothing\n/* at /* all */ */;;");
    assertTrue(script.streams().isEmpty() && script.views().isEmpty());
  }

  private static ScriptException read(String script) {
    return assertThrows(ScriptException.class, () -> Script.parse("pipeline.sql", script));
  }

  private static String summaries(String script) {
    return String.join("\n", read(script).problems().stream().map(Problem::summary).toList());
  }
}
