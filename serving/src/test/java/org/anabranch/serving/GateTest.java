// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.anabranch.serving.ServingException.Reason;
import org.anabranch.view.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateTest {
  private static final FakeSource SOURCE =
      new FakeSource(TestViews.flightRows(3, 4), new Random(2));
  private static final SqlService SQL =
      new SqlService(
          TestViews.catalog(
              new ViewRelation(TestViews.flights("delays"), SOURCE, Optional.empty()),
              new ViewRelation(TestViews.flights("Odd \"Name"), SOURCE, Optional.empty())),
          SqlSettings.DEFAULT,
          Clock.SYSTEM,
          new ThreadWatchdog());

  @TempDir Path folder;

  @AfterAll
  static void nothingIsHeld() {
    assertEquals(0, SOURCE.open());
    assertEquals(SqlSettings.DEFAULT.concurrent(), SQL.freePlaces());
    SQL.close();
  }

  @Test
  void nothingGetsOutOfTheRelations() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.csv"), "a\n1\n");
    Path out = folder.resolve("out.csv");
    List<String> attempts = attempts(secret.toString(), out.toString());
    for (String attempt : attempts) {
      ServingException refused =
          assertThrows(ServingException.class, () -> rows(attempt), () -> "passed: " + attempt);
      assertTrue(
          Set.of(Reason.REFUSED, Reason.UNKNOWN_RELATION).contains(refused.reason()),
          attempt + " gave " + refused);
      assertTrue(refused.getMessage().startsWith("Cannot "), refused.getMessage());
    }
    assertTrue(Files.notExists(out));
    assertEquals(1, rows("SELECT 1").size());
    System.out.println(attempts.size() + " attempts refused");
    assertTrue(attempts.size() > 300, "attempts: " + attempts.size());
  }

  private static List<String> attempts(String secret, String out) {
    List<String> attempts = new ArrayList<>(statements(secret, out));
    List<String> sources = sources(secret);
    for (String source : sources) {
      attempts.add("SELECT * FROM " + source);
      attempts.add("FROM " + source);
      attempts.add("SELECT (SELECT 1 FROM " + source + ")");
      attempts.add("WITH x AS (SELECT * FROM " + source + ") SELECT * FROM x");
      attempts.add("SELECT 1 FROM delays, " + source);
      attempts.add("SELECT 1 FROM delays WHERE EXISTS (SELECT 1 FROM " + source + ")");
      attempts.add("SELECT 1 UNION ALL SELECT 2 FROM " + source);
    }
    for (String call : calls(secret)) {
      attempts.add("SELECT " + call);
      attempts.add("SELECT 1 FROM delays WHERE " + call + " IS NULL");
      attempts.add("SELECT 1 ORDER BY " + call);
      attempts.add("SELECT CASE WHEN true THEN 1 ELSE " + call + " END");
      attempts.add("SELECT 1 LIMIT " + call);
    }
    attempts.addAll(constructs());
    return attempts;
  }

  private static List<String> statements(String secret, String out) {
    List<String> statements = new ArrayList<>();
    for (String one :
        List.of(
            "COPY (SELECT 1) TO '" + out + "'",
            "COPY delays TO '" + out + "'",
            "EXPORT DATABASE '" + out + "'",
            "IMPORT DATABASE '" + out + "'",
            "ATTACH '" + out + "' AS x",
            "DETACH memory",
            "USE memory",
            "INSTALL httpfs",
            "LOAD httpfs",
            "FORCE INSTALL httpfs",
            "UPDATE EXTENSIONS",
            "PRAGMA database_list",
            "PRAGMA memory_limit='1GB'",
            "SET memory_limit='10GB'",
            "SET GLOBAL threads=8",
            "RESET memory_limit",
            "CALL duckdb_settings()",
            "CREATE TABLE x (a INTEGER)",
            "CREATE TABLE x AS SELECT 1",
            "CREATE TEMP TABLE x AS SELECT 1",
            "CREATE VIEW x AS SELECT 1",
            "CREATE MACRO m(a) AS a",
            "CREATE SECRET s (TYPE s3)",
            "CREATE SEQUENCE q",
            "CREATE SCHEMA q",
            "CREATE TYPE t AS ENUM ('a')",
            "DROP TABLE delays",
            "DROP MACRO anabranch_text",
            "ALTER TABLE delays ADD COLUMN x INTEGER",
            "INSERT INTO delays VALUES (1)",
            "UPDATE delays SET flights = 1",
            "DELETE FROM delays",
            "TRUNCATE delays",
            "MERGE INTO delays USING delays d ON true WHEN MATCHED THEN DELETE",
            "BEGIN",
            "COMMIT",
            "ROLLBACK",
            "CHECKPOINT",
            "VACUUM",
            "ANALYZE",
            "EXPLAIN SELECT 1",
            "EXPLAIN ANALYZE SELECT 1",
            "DESCRIBE delays",
            "DESCRIBE SELECT 1",
            "SHOW TABLES",
            "SHOW ALL TABLES",
            "SHOW DATABASES",
            "SUMMARIZE delays",
            "PREPARE p AS SELECT 1",
            "EXECUTE p",
            "DEALLOCATE p",
            "PIVOT delays ON origin USING sum(flights)",
            "UNPIVOT delays ON flights INTO NAME n VALUE v",
            "COMMENT ON TABLE delays IS 'x'",
            "SET VARIABLE x = 1",
            ".open " + secret,
            "")) {
      statements.add(one);
      statements.add("/* SELECT 1 */ " + one);
      statements.add("-- SELECT 1\n" + one);
      if (!one.isEmpty()) {
        statements.add("SELECT 1; " + one);
        statements.add(one + "; SELECT 1");
        statements.add("WITH x AS (SELECT 1) " + one);
        statements.add("SELECT * FROM (" + one + ") q");
      }
    }
    return statements;
  }

  private static List<String> sources(String secret) {
    return List.of(
        "'" + secret + "'",
        "\"" + secret + "\"",
        "read_csv('" + secret + "')",
        "READ_CSV_AUTO('" + secret + "')",
        "\"read_csv\"('" + secret + "')",
        "system.main.read_csv('" + secret + "')",
        "read_text('" + secret + "')",
        "read_blob('" + secret + "')",
        "read_json('" + secret + "')",
        "read_json_auto('" + secret + "')",
        "read_ndjson('" + secret + "')",
        "read_parquet('" + secret + "')",
        "parquet_scan('" + secret + "')",
        "parquet_metadata('" + secret + "')",
        "parquet_schema('" + secret + "')",
        "sniff_csv('" + secret + "')",
        "glob('" + secret + "')",
        "glob('*')",
        "duckdb_settings()",
        "duckdb_tables()",
        "duckdb_functions()",
        "duckdb_secrets()",
        "duckdb_extensions()",
        "duckdb_views",
        "pragma_table_info('delays')",
        "pragma_database_size()",
        "information_schema.tables",
        "pg_catalog.pg_class",
        "pg_class",
        "sqlite_master",
        "main.delays",
        "memory.main.delays",
        "anabranch_view_0",
        "anabranch_relation_0",
        "main.anabranch_view_0",
        "query('SELECT 1')",
        "query_table('delays')",
        "sql_auto_complete('SEL')",
        "json_execute_serialized_sql('x')",
        "range(10)",
        "generate_series(1, 10)",
        "unnest([1])",
        "repeat_row(1, num_rows => 10)",
        "seq_scan('delays')",
        "checkpoint()",
        "test_all_types()",
        "which_secret('a', 's3')",
        "ｄｅｌａｙｓ",
        "delayş",
        "\"delays \"",
        "delays AT (VERSION => 1)",
        "delays TABLESAMPLE 10%",
        "(DESCRIBE delays)",
        "(SHOW TABLES)",
        "(PIVOT delays ON origin USING sum(flights))");
  }

  private static List<String> calls(String secret) {
    return List.of(
        "getenv('HOME')",
        "GetEnv('HOME')",
        "\"getenv\"('HOME')",
        "main.getenv('HOME')",
        "system.main.getenv('HOME')",
        "'HOME'.getenv()",
        "current_setting('memory_limit')",
        "getvariable('x')",
        "current_database()",
        "current_schema()",
        "current_user",
        "session_user",
        "user",
        "current_query()",
        "version()",
        "txid_current()",
        "now()",
        "current_date",
        "current_timestamp",
        "localtimestamp",
        "today()",
        "random()",
        "uuid()",
        "gen_random_uuid()",
        "setseed(0.5)",
        "nextval('q')",
        "currval('q')",
        "error('x')",
        "sleep_ms(1)",
        "pg_sleep(1)",
        "write_log('x')",
        "read_text('" + secret + "')",
        "add_parquet_key('a', 'b')",
        "json_serialize_sql('SELECT 1')",
        "json_deserialize_sql('{}')",
        "json_extract('{}', '$')",
        "list_transform([1], x -> x)",
        "[1, 2]",
        "{'a': 1}",
        "map([1], [2])",
        "row(1, 2)",
        "array_value(1)",
        "anabranch_read('DATE', 'x')",
        "anabranch_text(1)",
        "\"ANABRANCH_text\"(1)",
        "hash(1)",
        "md5('x')",
        "regexp_replace('a', 'b', 'c')",
        "'a' SIMILAR TO 'a'",
        "'a' ~ 'a'",
        "'a' GLOB 'a'",
        "'a' COLLATE nocase",
        "1 // 2",
        "2 ^ 3",
        "2 ** 3",
        "1 & 2",
        "1 << 2",
        "~1",
        "5!",
        "@ -5",
        "TRY(1)",
        "TRY_CAST(1 AS INTEGER)",
        "TRY_CAST('a' AS BLOB)",
        "TRY_CAST('a' AS INTERVAL)",
        "CAST(1 AS HUGEINT)",
        "CAST(1 AS TINYINT)",
        "CAST('a' AS BLOB)",
        "CAST('a' AS JSON)",
        "CAST('a' AS UUID)",
        "CAST('1 day' AS INTERVAL)",
        "CAST(1 AS DECIMAL)",
        "CAST(1 AS DECIMAL(40, 2))",
        "CAST('a' AS VARCHAR(3))",
        "CAST([1] AS INTEGER[])",
        "CAST(1 AS unknown_type)",
        "?",
        "$1",
        "$name",
        "COLUMNS('a')",
        "#1",
        "rowid",
        "main.delays.origin",
        "EXTRACT(century FROM DATE '2001-01-01')",
        "date_part('y' || 'ear', DATE '2001-01-01')",
        "date_trunc('century', DATE '2001-01-01')",
        "list(1)",
        "histogram(1)",
        "first(1)",
        "UPPER(DISTINCT 'a')",
        "getenv('HOME') OVER ()",
        "x'ff'",
        "B'01'");
  }

  private static List<String> constructs() {
    return List.of(
        "WITH RECURSIVE r AS (SELECT 1 UNION ALL SELECT 1 FROM r) SELECT * FROM r",
        "WITH RECURSIVE r AS (SELECT 1) SELECT * FROM s",
        "WITH anabranch_view_0 AS (SELECT 1) SELECT * FROM anabranch_view_0",
        "SELECT * FROM delays AS anabranch_relation_0",
        "SELECT 1 AS \"Anabranch_x\"",
        "WITH x AS (SELECT * FROM y), y AS (SELECT 1) SELECT * FROM x",
        "SELECT * FROM (WITH inner_one AS (SELECT 1) SELECT * FROM inner_one) a, inner_one",
        "SELECT 1 USING SAMPLE 3",
        "SELECT * FROM delays LIMIT 10%",
        "SELECT ALL * FROM delays ORDER BY ALL",
        "SELECT * FROM delays ASOF JOIN delays d ON delays.day >= d.day",
        "SELECT * FROM delays POSITIONAL JOIN delays d",
        "SELECT 1\u0000",
        "SELECT 1 /* unclosed",
        "SELECT 'unclosed",
        "SELECT 1 FROM delays d, LATERAL (SELECT * FROM nothing) x",
        "SELECT " + "1/(".repeat(40) + "1" + ")".repeat(40),
        "SELECT " + "(".repeat(5000) + "1" + ")".repeat(5000),
        "SELECT '" + "x".repeat(200_000) + "'",
        "WITH \"read_csv\" AS (SELECT 1) SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM (VALUES (1)) \"/etc/passwd\", LATERAL (SELECT * FROM \"/etc/passwd\")",
        "SELECT (SELECT * FROM x) FROM (WITH x AS (SELECT 1) SELECT * FROM x)",
        "(WITH duckdb_settings AS (SELECT 1) SELECT * FROM duckdb_settings) UNION ALL"
            + " SELECT 1 FROM duckdb_settings",
        "SELECT 1 ORDER BY (WITH x AS (SELECT 1) SELECT * FROM x), (SELECT 1 FROM x)",
        "WITH \"duckdb_sett\u0131ngs\" AS (SELECT 1) SELECT * FROM duckdb_settings",
        "WITH \"\u212Aey\" AS (SELECT 1) SELECT * FROM key",
        "SELECT origin.length() FROM delays",
        "SELECT max(COLUMNS(*)) FROM delays",
        "SELECT CAST(1 AS main.decimal(3, 1))",
        "SELECT CAST(1 AS main.integer)",
        "SELECT UPPER(a := 'x')",
        "SELECT ARRAY(SELECT 1)",
        "SELECT [x FOR x IN (1, 2)]",
        "SELECT * RENAME (origin AS x) FROM delays",
        "SELECT * REPLACE (getenv('HOME') AS origin) FROM delays",
        "SELECT sum(delay) FILTER (WHERE getenv('HOME') IS NULL) OVER () FROM delays",
        "SELECT string_agg(origin ORDER BY getenv('HOME')) OVER () FROM delays",
        "SELECT count(*) OVER (ROWS getenv('HOME') PRECEDING) FROM delays",
        "SELECT delay || 'a' || getenv('HOME') FROM delays",
        "SELECT getenv('HOME') || 'a' || 'b'",
        "SELECT 1 || 'a' || main.upper('b')",
        "SELECT 1 FROM delays FOR UPDATE",
        "SELECT d FROM delays d",
        "SELECT x.a FROM (SELECT 1 AS a) AS anabranch_view_0");
  }

  /** What would end the process, or plan for ever: DuckDB's planner has no limits of its own. */
  private static List<String> bombs() {
    List<String> bombs = new ArrayList<>();
    bombs.add("SELECT 1" + " EXCEPT SELECT 1".repeat(900));
    bombs.add("SELECT 1" + " EXCEPT SELECT 1".repeat(4900));
    bombs.add("SELECT 1" + " UNION ALL SELECT 1".repeat(4900));
    bombs.add("SELECT * FROM " + "(SELECT * FROM ".repeat(800) + "delays" + ")".repeat(800));
    bombs.add("SELECT * FROM " + "(FROM ".repeat(14_000) + "delays" + ")".repeat(14_000));
    bombs.add("SELECT " + "(SELECT ".repeat(300) + "1" + ")".repeat(300));
    bombs.add("SELECT 1 FROM delays" + " NATURAL JOIN delays".repeat(4000));
    bombs.add("SELECT 1 FROM delays" + ",delays".repeat(14_000));
    bombs.add("SELECT 1" + "+1".repeat(40_000));
    bombs.add("SELECT " + "upper(".repeat(900) + "'a'" + ")".repeat(900));
    bombs.add("SELECT " + "CASE WHEN true THEN ".repeat(900) + "1" + " END".repeat(900));
    bombs.add("SELECT 'a'" + "||'a'".repeat(900));
    bombs.add("SELECT 1" + ",1".repeat(45_000));
    bombs.add("WITH a0 AS (SELECT 1 AS x)" + doubled("SELECT * FROM $ UNION ALL SELECT * FROM $"));
    bombs.add("WITH a0 AS (SELECT 1 AS x)" + doubled("SELECT * FROM $ l, $ r"));
    bombs.add(
        "WITH a0 AS (SELECT 1 AS x)" + doubled("SELECT (SELECT x FROM $) + (SELECT x FROM $) x"));
    bombs.add(
        "SELECT * FROM (SELECT 1"
            + ",1".repeat(900)
            + ") a, (FROM delays) b, (SELECT 2"
            + ",2".repeat(1200)
            + ") c");
    return bombs;
  }

  /** Each common table names the one before twice. */
  private static String doubled(String query) {
    StringBuilder tables = new StringBuilder();
    for (int i = 1; i <= 30; i++) {
      tables.append(", a").append(i).append(" AS (").append(query.replace("$", "a" + (i - 1)));
      tables.append(")");
    }
    return tables + " SELECT * FROM a30";
  }

  @Test
  void whatWouldEndTheProcessIsRefusedAtOnce() {
    for (String bomb : bombs()) {
      long started = System.nanoTime();
      ServingException refused =
          assertThrows(ServingException.class, () -> rows(bomb), () -> "passed: " + shown(bomb));
      assertEquals(Reason.REFUSED, refused.reason(), shown(bomb) + " gave " + refused);
      long millis = (System.nanoTime() - started) / 1_000_000;
      assertTrue(millis < 10_000, shown(bomb) + " took " + millis + " ms");
    }
  }

  private static String shown(String query) {
    return query.length() < 80 ? query : query.substring(0, 80) + "...";
  }

  /** A text that DuckDB cannot hand to a function of ours ends the process. */
  @Test
  void longTextsAreRefusedBeforeMemoryRunsOut() {
    String large =
        "replace(replace(origin, 'O', '"
            + "x".repeat(4000)
            + "'), 'x', '"
            + "y".repeat(3000)
            + "')";
    StringBuilder doubling = new StringBuilder("WITH a0 AS (SELECT '" + "x".repeat(1000) + "' s)");
    for (int i = 1; i <= 25; i++) {
      doubling.append(", a" + i + " AS (SELECT s || s AS s FROM a" + (i - 1) + ")");
    }
    for (String query :
        List.of(
            doubling + " SELECT upper(s) FROM a25",
            "SELECT upper(s) FROM (SELECT " + large + " AS s FROM delays) q",
            "SELECT upper(s || s) FROM (SELECT " + large + " AS s FROM delays LIMIT 1) q",
            "SELECT upper(string_agg(s, '')) FROM (SELECT replace(a.origin, 'O', '"
                + "x".repeat(50_000)
                + "') AS s FROM delays a, delays b, delays c) q",
            "SELECT upper(string_agg(s, '') OVER ()) FROM (SELECT replace(a.origin, 'O', '"
                + "x".repeat(50_000)
                + "') AS s FROM delays a, delays b, delays c) q")) {
      ServingException refused =
          assertThrows(ServingException.class, () -> rows(query), () -> "passed: " + shown(query));
      assertTrue(
          Set.of(Reason.FAILED, Reason.LIMIT).contains(refused.reason()), refused.getMessage());
    }
    assertEquals(1, rows("SELECT 1").size());
  }

  @Test
  void largeQueriesThatAreNotTooLargeAreAnswered() {
    for (String query :
        List.of(
            "SELECT delay" + "||origin".repeat(200) + " FROM delays",
            "SELECT delay" + "+delay".repeat(200) + " FROM delays",
            "SELECT * FROM delays WHERE " + "delay = 1 OR ".repeat(3000) + "true",
            "SELECT * FROM delays WHERE delay IN (1" + ",1".repeat(30_000) + ")",
            "SELECT "
                + "CASE WHEN delay > 1 THEN ".repeat(300)
                + "1"
                + " END".repeat(300)
                + " FROM delays",
            "SELECT * FROM " + "(SELECT * FROM ".repeat(20) + "delays" + ")".repeat(20),
            "SELECT 1" + " UNION ALL SELECT 1".repeat(500),
            "SELECT 1" + " EXCEPT SELECT 2".repeat(40),
            "SELECT 1 FROM delays" + " CROSS JOIN (SELECT 1)".repeat(30),
            "SELECT delay" + ",delay".repeat(1500) + " FROM delays")) {
      assertTrue(!rows(query).isEmpty(), shown(query));
    }
  }

  @Test
  void whatIsListedPasses() {
    List<String> queries =
        List.of(
            "SELECT * FROM delays",
            "SELECT * FROM DELAYS d",
            "SELECT delays.* FROM delays",
            "VALUES (1, 'a'), (2, 'b')",
            "SELECT * FROM \"Odd \"\"Name\"",
            "SELECT \"odd \"\"name\".origin FROM \"odd \"\"Name\"",
            "SELECT origin AS \"select\", day \"day of\" FROM delays",
            "SELECT DISTINCT origin FROM delays",
            "SELECT DISTINCT ON (origin) origin, day FROM delays ORDER BY origin, day",
            "SELECT origin, count(*) FROM delays GROUP BY origin HAVING count(*) > 1",
            "SELECT delay + flights FROM delays GROUP BY delay + flights",
            "SELECT origin || 'x', sum(flights) * 2e0 FROM delays GROUP BY origin || 'x'",
            "SELECT origin, day, count(*) FROM delays GROUP BY ROLLUP (origin, day)",
            "SELECT origin, count(*) FROM delays GROUP BY GROUPING SETS ((origin), ())",
            "SELECT count(DISTINCT origin), count(*) FILTER (WHERE delay > 3) FROM delays",
            "SELECT string_agg(origin, ',' ORDER BY origin) FROM delays",
            "SELECT median(delay), quantile_cont(delay, 0.5), arg_max(origin, delay) FROM delays",
            "SELECT sum(delay) OVER (PARTITION BY origin ORDER BY day ROWS 1 PRECEDING) FROM"
                + " delays",
            "SELECT rank() OVER w FROM delays WINDOW w AS (ORDER BY delay)",
            "SELECT origin FROM delays QUALIFY row_number() OVER (ORDER BY delay DESC) = 1",
            "SELECT * FROM delays a JOIN delays b USING (origin, day)",
            "SELECT * FROM delays a LEFT JOIN delays b ON a.delay = b.delay + 1",
            "SELECT * FROM delays a NATURAL JOIN delays b",
            "SELECT * FROM delays a CROSS JOIN delays b",
            "SELECT * FROM delays a FULL JOIN delays b ON a.day = b.day",
            "SELECT * FROM delays a SEMI JOIN delays b ON a.day = b.day",
            "SELECT * FROM delays WHERE delay > (SELECT avg(delay) FROM delays)",
            "SELECT * FROM delays a WHERE EXISTS (SELECT 1 FROM delays b WHERE a.day = b.day)",
            "SELECT * FROM delays WHERE origin IN (SELECT origin FROM delays WHERE delay = 3)",
            "SELECT * FROM delays WHERE origin NOT IN ('O1') AND day = '2001-01-02'",
            "SELECT * FROM delays WHERE delay = ANY (SELECT 1) OR delay > ALL (SELECT 20)",
            "WITH x AS (SELECT origin FROM delays), y AS (SELECT * FROM x) SELECT * FROM y, x",
            "WITH delays AS (SELECT 1 AS one) SELECT one FROM delays",
            "WITH X(a) AS MATERIALIZED (SELECT 1) SELECT a FROM x",
            "SELECT * FROM (WITH x AS (SELECT 1) SELECT * FROM x) q",
            "SELECT 1 UNION ALL SELECT 2 EXCEPT SELECT 3 INTERSECT SELECT 4",
            "SELECT origin FROM delays UNION SELECT 'x' ORDER BY 1 LIMIT 2 OFFSET 1",
            "SELECT * FROM (SELECT origin FROM delays) AS d(o) WHERE o LIKE 'O%'",
            "SELECT CASE origin WHEN 'O1' THEN 1 ELSE 2 END FROM delays",
            "SELECT coalesce(delay, 0), nullif(delay, 0), greatest(delay, 1) FROM delays",
            "SELECT delay IS NULL, delay IS NOT DISTINCT FROM 3, NOT (delay > 1) FROM delays",
            "SELECT (delay > 1) IS TRUE, (delay > 1) IS NOT FALSE FROM delays",
            "SELECT delay BETWEEN 1 AND 3, -delay, +delay, abs(delay), delay % 3 FROM delays",
            "SELECT day + INTERVAL '1' DAY, day - INTERVAL 3 MONTH, day + 1 FROM delays",
            "SELECT EXTRACT(YEAR FROM day), date_trunc('month', day) FROM delays",
            "SELECT round(avg(delay), 1), floor(avg(delay)), sqrt(4), power(2, 3) FROM delays",
            "SELECT 1 -- comment\n + /* another */ 2;",
            "SELECT 'it''s', 'a;b', '--', '/*'",
            "SELECT d.origin, x FROM delays d, LATERAL (SELECT d.delay + 1 AS x) l",
            "SELECT origin, day, sum(delay) FROM delays GROUP BY CUBE (origin, day)",
            "SELECT var_pop(delay), var_samp(delay), stddev_pop(delay), stddev_samp(delay),"
                + " bool_and(delay > 1), bool_or(delay > 1), arg_min(origin, day),"
                + " quantile_disc(delay, 0.5), corr(delay, flights), sum(DISTINCT delay),"
                + " approx_count_distinct(origin), min(origin), max(day) FROM delays",
            "SELECT dense_rank() OVER w, percent_rank() OVER w, cume_dist() OVER w, ntile(2) OVER"
                + " w, lag(delay, 1, 0) OVER w, lead(delay) OVER w, first_value(delay) OVER w,"
                + " last_value(delay) OVER w, nth_value(delay, 2) OVER w FROM delays WINDOW w AS"
                + " (ORDER BY delay)",
            "SELECT sign(-2), trunc(1.5), exp(0), ln(1), log10(10), least(1, 2), ltrim(' a'),"
                + " rtrim('a '), substr('abc', 2), length('abc'), mod(5, 3)",
            "SELECT floor(avg(delay)), ceil(sum(delay)), round(max(delay)), max(origin) || 'x',"
                + " CAST(sum(delay) AS BIGINT) / count(*), CAST(max(day) AS VARCHAR),"
                + " CAST(min(delay) AS DECIMAL(10, 2)) FROM delays",
            "SELECT 1 LIMIT 1 + 1",
            "WITH \"/etc/passwd\" AS (SELECT 1) SELECT * FROM \"/etc/passwd\"",
            "WITH x AS (SELECT 1 a) SELECT * FROM (WITH x AS (SELECT * FROM x) SELECT * FROM x)",
            "SELECT b || a || 1 FROM (VALUES ('x', 'y')) t(a, b)",
            "SELECT E'\\x41', $$abc$$",
            "SELECT 'anabranch_relation_0', origin FROM delays LIMIT 1");
    for (String query : queries) {
      try {
        rows(query);
      } catch (ServingException e) {
        throw new AssertionError(query + ": " + e.getMessage(), e);
      }
    }
    assertEquals("anabranch_relation_0", rows(queries.get(queries.size() - 1)).get(0)[0]);
    assertEquals(
        List.of(1L), List.of(rows("WITH delays AS (SELECT 1 AS x) SELECT * FROM delays").get(0)));
  }

  @Test
  void aRefusalNamesConstructPlaceAndWhatToDo() {
    assertMessage(
        "SELECT 1,\n  getenv('HOME')", "Cannot use function getenv in a query (line 2, column 3)");
    assertMessage(
        "SELECT * FROM delay",
        "Cannot find a relation 'delay' (line 1, column 15); did you mean 'delays'?");
    assertMessage("SELECT uper('a')", "did you mean 'upper'?");
    assertMessage("SELECT 'ü', now()", "(line 1, column 13): a query has no clock");
    assertMessage("SELECT FROM WHERE", "Cannot read the query at line 1, column ");
    assertMessage("SELECT orign FROM delays", "find a column 'orign'");
    assertMessage("SELECT orign FROM delays", "did you mean 'origin'?");
    assertMessage("SELECT upper(flights) FROM delays", "Cannot apply UPPER to BIGINT");
    assertMessage("SELECT flights + origin FROM delays", "Cannot apply ADD to BIGINT and VARCHAR");
    assertMessage("SELECT * EXCLUDE (day) FROM delays", "EXCLUDE or REPLACE behind *");
    assertMessage("SELECT * REPLACE (1 AS day) FROM delays", "EXCLUDE or REPLACE behind *");
    assertMessage("FROM delays", "write SELECT * FROM");
    assertMessage("TABLE delays", "write SELECT * FROM");
    assertMessage("FROM delays SELECT origin", "write SELECT ... FROM");
    assertMessage("SELECT origin, COUNT(*) FROM delays GROUP BY ALL", "GROUP BY ALL");
    assertMessage("SELECT origin FROM delays ORDER BY ALL", "COLUMNS or ALL");
    assertMessage("SELECT 1 AS a UNION BY NAME SELECT 2 AS a", "BY NAME");
    assertMessage("SELECT origin FROM delays WHERE day = ?", "a parameter in a query (line 1");
    assertMessage("", "Cannot run an empty query: write one SELECT");
    assertMessage("SELECT qzx('a')", "; there are abs, ");
  }

  @Test
  void namesAreOneWhereDuckDbTakesThemForOne() {
    Object[] row =
        rows("WITH \"\u0130\" AS (SELECT 1), \"i\u0307\" AS (SELECT 2)"
                + " SELECT * FROM \"\u0130\" a, \"i\u0307\" b")
            .get(0);
    assertEquals(List.of(1L, 2L), List.of(row));
    assertEquals(3L, rows("WITH Abc AS (SELECT 3) SELECT * FROM aBC").get(0)[0]);
  }

  private static void assertMessage(String query, String part) {
    String message = assertThrows(ServingException.class, () -> rows(query)).getMessage();
    assertTrue(message.contains(part), message);
    assertTrue(!message.contains(Functions.OURS), message);
    assertTrue(!message.contains("Candidate"), message);
  }

  private static List<Object[]> rows(String query) {
    try (Answer answer = SQL.query(query, QueryLimits.DEFAULT, Optional.empty())) {
      return TestViews.all(answer);
    }
  }
}
