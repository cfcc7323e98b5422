// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.anabranch.view.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What users are told is in our words: none of the query engine's own reaches them. */
class WordsTest {
  private static final SqlService SQL =
      new SqlService(
          TestViews.catalog(
              new ViewRelation(
                  TestViews.flights("delays"),
                  new FakeSource(TestViews.flightRows(3, 4), new Random(2)),
                  Optional.empty())),
          SqlSettings.DEFAULT,
          Clock.SYSTEM,
          new ThreadWatchdog());

  /** Statements that are wrong in as many ways as there are, and a few that are right. */
  private static final List<String> STATEMENTS =
      List.of(
          "SELECT DATE_TRUNC('month', day) AS x FROM delays LIMIT 1",
          "SELECT DATE_TRUNC('hour', TIMESTAMPTZ '2001-01-01 10:30:00+00', 'Asia/Kolkata') AS x",
          "SELECT DATE_TRUNC('hour', TIMESTAMP '2001-01-01 10:30:00', 'Asia/Kolkata') AS x",
          "SELECT k FROM delays WHERE k = ?",
          "SELECT k FROM delays WHERE k = $1",
          "SELECT 2147483647+1",
          "SELECT SUM(CAST(99999999999999999999999999999999999999 AS DECIMAL(38,0))) FROM delays",
          "SELECT nosuch FROM delays",
          "SELECT x.nosuch FROM delays",
          "SELECT delays.nosuch FROM delays",
          "SELECT nosuch(1) FROM delays",
          "SELECT origin, COUNT(*) FROM delays",
          "SELECT origin, COUNT(*) FROM delays GROUP BY 7",
          "SELECT origin FROM delays ORDER BY 7",
          "SELECT MAX(COUNT(*)) FROM delays",
          "SELECT origin LIKE 1 FROM delays",
          "SELECT 1 UNION SELECT 1, 2",
          "SELECT (SELECT origin FROM delays)",
          "SELECT (SELECT origin, day FROM delays)",
          "SELECT origin FROM delays WHERE COUNT(*) > 1",
          "SELECT origin FROM delays WHERE ROW_NUMBER() OVER () > 1",
          "SELECT COUNT_IF(delay > 3), CORR(delay, flights) FROM delays",
          "SELECT CASE WHEN 1 THEN 2 END",
          "SELECT 1 WHERE 1",
          "SELECT 1 WHERE 'x'",
          "SELECT origin FROM delays LIMIT -1",
          "SELECT origin FROM delays LIMIT 'a'",
          "SELECT origin FROM delays LIMIT 1.5",
          "SELECT NTILE(0) OVER () FROM delays",
          "SELECT QUANTILE_CONT(delay, 2) FROM delays",
          "SELECT origin FROM delays a, delays b",
          "SELECT 1 FROM delays, delays",
          "SELECT * FROM (VALUES (1), (2, 3)) t(a)",
          "SELECT * FROM (VALUES (1)) t(a, b)",
          "SELECT origin = ANY(SELECT flights FROM delays) FROM delays",
          "SELECT * FROM delays a JOIN delays b USING (nosuch)",
          "SELECT ABS(CAST(-2147483648 AS INTEGER))",
          "SELECT -CAST(-2147483648 AS INTEGER)",
          "SELECT CAST(3e9 AS INTEGER)",
          "SELECT CAST(flights * 1e10 AS INTEGER) FROM delays",
          "SELECT CAST(CAST(99999999999 AS BIGINT) AS INTEGER)",
          "SELECT DATE '2001-01-01' + 100000000000",
          "SELECT DATE '2001-01-01' + 2000000000",
          "SELECT TIMESTAMP '2001-01-01' + INTERVAL '10000000' YEAR",
          "SELECT TIMESTAMP '2001-01-01' + 1000000000000 * INTERVAL '1' DAY",
          "SELECT EXTRACT(HOUR FROM day) FROM delays",
          "SELECT STRING_AGG(delay, ',') FROM delays",
          "SELECT origin OVER () FROM delays",
          "SELECT COUNT(*) FILTER (WHERE 1) FROM delays",
          "SELECT SUM(delay) OVER (ORDER BY origin RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM"
              + " delays",
          "SELECT SUM(delay) OVER (ROWS BETWEEN -1 PRECEDING AND CURRENT ROW) FROM delays",
          "SELECT LAG(delay, 'x') OVER () FROM delays",
          "SELECT CAST(1 AS FLOAT)",
          "SELECT CAST(1 AS BLOB)",
          "SELECT INTERVAL '1 day' + DATE '2001-01-01'",
          "SELECT INTERVAL 'x' DAY",
          "SELECT TRIM(1)",
          "SELECT SUBSTRING('abc', -1, -2)",
          "SELECT MOD(1, 0)",
          "SELECT 1e0 / 0",
          "SELECT 10 / 0",
          "SELECT 1.5 / 0",
          "SELECT EXISTS (SELECT 1) + 1",
          "SELECT NOT 5",
          "SELECT 5 AND true",
          "SELECT GREATEST(1, 'a')",
          "SELECT COALESCE(day, 1) FROM delays",
          "SELECT day = 1 FROM delays",
          "SELECT SUM(day) FROM delays",
          "SELECT AVG(day) FROM delays",
          "SELECT MIN(origin = 'x') FROM delays",
          "SELECT day - origin FROM delays",
          "SELECT [1, 2]",
          "SELECT {'a': 1}",
          "SELECT COLUMNS(*) FROM delays",
          "SELECT origin COLLATE nocase FROM delays",
          "SELECT 1 FROM delays QUALIFY 1 = 1",
          "SELECT x FROM (SELECT 1 AS x UNION ALL SELECT 'a')",
          "SELECT 1 INTERSECT SELECT 'a'",
          "WITH RECURSIVE r AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM r) SELECT * FROM r",
          "WITH a(x, y) AS (SELECT 1) SELECT * FROM a",
          "SELECT *",
          "SELECT COUNT(DISTINCT *) FROM delays",
          "SELECT SUM(DISTINCT delay ORDER BY delay) OVER () FROM delays",
          "SELECT FIRST_VALUE(delay) FROM delays",
          "SELECT a.* FROM delays",
          "SELECT \"max(d)\" + 1 FROM (SELECT MAX(day) AS \"max(d)\" FROM delays)",
          "SELECT x + 3000000 > day FROM (SELECT MAX(day) AS x FROM delays), delays",
          "SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY delay) FROM delays",
          "SELECT MODE(delay) FROM delays",
          "SELECT UNIX_TIMESTAMP(day) FROM delays",
          "SELECT origin SIMILAR TO 'x' FROM delays",
          "SELECT origin ILIKE 'x' FROM delays",
          "SELECT origin GLOB 'x' FROM delays",
          "SELECT 5 ^ 2",
          "SELECT 5 & 2",
          "SELECT ~5",
          "SELECT 5!",
          "SELECT current_timestamp",
          "SELECT TRY_CAST('a' AS INTEGER)",
          "SELECT TRY(1)",
          "SELECT LN(0)",
          "SELECT SQRT(-1)",
          "SELECT LOG(10)",
          "SELECT CONCAT('a', 1)",
          "SELECT LEFT('abc', 2)",
          "PIVOT delays ON origin USING SUM(delay)",
          "EXPLAIN SELECT 1",
          "SELECT 1; SELECT 2",
          "SELECT",
          "VALUES (1), (DATE '2001-01-01')");

  @AfterAll
  static void close() {
    SQL.close();
  }

  @Test
  void noFailureSpeaksInTheWordsOfTheQueryEngine() {
    List<String> wrong = new ArrayList<>();
    int failures = 0;
    for (String statement : STATEMENTS) {
      try (Answer answer = SQL.query(statement, QueryLimits.DEFAULT, Optional.empty())) {
        TestViews.all(answer);
      } catch (ServingException e) {
        failures++;
        String message = e.getMessage();
        boolean foreign =
            SqlWords.INSIDE.matcher(message).find() || message.contains("an explicit");
        if (foreign || !message.startsWith("Cannot ") || message.contains(Functions.OURS)) {
          wrong.add(statement + ": " + message);
        }
      }
    }
    assertTrue(wrong.isEmpty(), String.join("\n", wrong));
    assertTrue(failures > 80, failures + " failures");
  }

  @Test
  void everyKindOfErrorThatIsNotKnownIsSaidWithoutItsInside() {
    for (String kind :
        List.of(
            "Binder",
            "Catalog",
            "Parser",
            "Syntax",
            "Conversion",
            "Out of Range",
            "Invalid Input",
            "Not implemented",
            "INTERNAL",
            "Serialization",
            "Dependency",
            "Constraint",
            "Fatal",
            "IO",
            "Invalid",
            "TransactionContext",
            "Permission",
            "Mismatch Type")) {
      String message =
          SqlErrors.inOurWords(
              kind + " Error: Vector::Reference of HUGEINT and STRING_LITERAL\nLINE 1: SELECT x");
      assertTrue(message.startsWith("Cannot run the query: "), message);
      assertFalse(SqlWords.INSIDE.matcher(message).find(), message);
      assertFalse(message.contains("HUGEINT") || message.contains("LINE"), message);
    }
  }

  @Test
  void typesOfTheQueryEngineAreCalledByOurNames() {
    assertEquals(
        "Cannot compute this: the result does not fit its type (addition of INTEGER (1 + 2))",
        SqlErrors.inOurWords("Out of Range Error: Overflow in addition of INT32 (1 + 2)!"));
    assertEquals(
        "Cannot apply like_escape to (VARCHAR, INTEGER): CAST what it is given",
        SqlErrors.inOurWords(
            "Binder Error: No function matches the given name and argument types"
                + " 'anabranch_like_escape(VARCHAR, INTEGER_LITERAL)'. You might need to add"
                + " explicit type casts.\n\tCandidate functions: ..."));
  }
}
