// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.anabranch.serving.QueryFunctions;
import org.anabranch.sql.DefinitionFunctions;
import org.anabranch.sql.ScriptException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Functions, operators and aggregates exist and mean alike in definitions and in queries: every one
 * that either side knows stands in a table here, and both sides compute each line of it over the
 * same rows.
 */
final class MeaningTest {
  private static final String STREAM =
      "CREATE STREAM s (i INTEGER, b BIGINT, n DECIMAL(10, 2), d DOUBLE, t VARCHAR, day DATE,"
          + " ts TIMESTAMP(3), seen TIMESTAMP(3) WITH TIME ZONE, c BOOLEAN, u TIMESTAMP(6),"
          + " v TIMESTAMP(6) WITH TIME ZONE);\n";
  private static final BothSides SIDES = new BothSides(STREAM);

  /** The first and the last day there is, a year whose first days belong to the last ISO year. */
  private static final Object[][] ROWS = {
    {
      3L,
      4_000_000_000L,
      new BigDecimal("2.50"),
      2.25,
      "Anna",
      19_000L,
      1_641_000_000_123L,
      0L,
      true,
      1_641_000_000_123_456L,
      -1L
    },
    {
      -7L,
      2L,
      new BigDecimal("-0.75"),
      -1e-3,
      "ß é",
      18_993L,
      1_640_995_199_999L,
      1_700_000_000_000L,
      false,
      1_640_995_199_999_500L,
      1_700_000_000_000_000L
    },
    {
      0L,
      0L,
      new BigDecimal("0.00"),
      0.0,
      "",
      2_932_896L,
      253_402_300_799_999L,
      253_402_300_799_999L,
      true,
      253_402_300_799_999_999L,
      253_402_300_799_999_499L
    },
    {
      2_147_483_647L,
      -9L,
      new BigDecimal("99999999.99"),
      1e300,
      " 12 ",
      -719_162L,
      -62_135_596_800_000L,
      -62_135_596_800_000L,
      null,
      -62_135_596_800_000_000L,
      -62_135_596_799_999_999L
    },
    {null, null, null, null, null, null, null, null, null, null, null},
  };

  private static final List<String> SCALARS =
      List.of(
          "i + b",
          "i - 1",
          "i * 2",
          "n * 3",
          "n + i",
          "n / i",
          "n / 3",
          "i / 2",
          "b / i",
          "d / 2",
          "i % 3",
          "MOD(b, 7)",
          "-i",
          "-n",
          "+i",
          "'1' + i",
          "'2.5' * n",
          "i - '3'",
          "d * '2'",
          "ABS(i)",
          "ABS(n)",
          "SIGN(i)",
          "SIGN(n)",
          "SIGN(d)",
          "ROUND(n)",
          "ROUND(n, 1)",
          "ROUND(d, 2)",
          "ROUND(i, -1)",
          "FLOOR(n)",
          "FLOOR(d)",
          "CEIL(n)",
          "CEILING(d)",
          "TRUNC(n)",
          "TRUNC(d)",
          "TRUNC(i)",
          "SQRT(i)",
          "SQRT(n)",
          "EXP(n)",
          "EXP(d)",
          "LN(b)",
          "LN(d)",
          "LOG10(n)",
          "POWER(n, 2)",
          "POW(d, 0.5)",
          "POWER(i, i)",
          "GREATEST(i, 0)",
          "GREATEST(n, i)",
          "LEAST(d, i, n)",
          "LEAST(t, 'b')",
          "GREATEST(day, '2001-01-01')",
          "COALESCE(i, 5)",
          "COALESCE(n, 1)",
          "NULLIF(i, 0)",
          "NULLIF(t, '')",
          "IFNULL(i, 1)",
          "NVL(t, 'none')",
          "IF(c, i, 0)",
          "IIF(c, 'yes', 'no')",
          "CASE WHEN c THEN i ELSE 1.5 END",
          "CASE i WHEN 3 THEN 'three' END",
          "i = 3",
          "i <> b",
          "n < 2.5",
          "d >= 0",
          "day > '2022-01-01'",
          "t = 'Anna'",
          "i = '3'",
          "i IN (1, 3, NULL)",
          "i NOT IN (1, 2)",
          "i BETWEEN 0 AND 3",
          "day = ts",
          "i IS DISTINCT FROM 3",
          "t IS NOT DISTINCT FROM NULL",
          "c AND i > 0",
          "c OR i > 0",
          "NOT c",
          "c IS NULL",
          "t IS NOT NULL",
          "c IS TRUE",
          "c IS NOT TRUE",
          "c IS FALSE",
          "c IS NOT FALSE",
          "t LIKE 'A%'",
          "t NOT LIKE '%é' ESCAPE '!'",
          "t || '-' || i",
          "t || n",
          "UPPER(t)",
          "LOWER(t)",
          "TRIM(t)",
          "TRIM(BOTH 'A' FROM t)",
          "BTRIM(t, 'A')",
          "LTRIM(t)",
          "RTRIM(t, 'a ')",
          "SUBSTRING(t FROM 2)",
          "SUBSTRING(t FROM 2 FOR 2)",
          "SUBSTR(t, 1, 2)",
          "LEFT(t, 2)",
          "RIGHT(t, 2)",
          "POSITION('n' IN t)",
          "STRPOS(t, 'n')",
          "STARTS_WITH(t, 'An')",
          "REPLACE(t, 'n', 'm')",
          "CHAR_LENGTH(t)",
          "CHARACTER_LENGTH(t)",
          "LENGTH(t)",
          "CONCAT(t, '/', i, NULL)",
          "LPAD(t, 6, '-+')",
          "LPAD(t, 2)",
          "LPAD(t, i, 'é')",
          "RPAD(t, 7, 'xy')",
          "RPAD(t, 9)",
          "RPAD(t, 3, '')",
          "REPEAT(t, 2)",
          "REPEAT(t, i - 1)",
          "REVERSE(t)",
          "SPLIT_PART(t, 'n', 1)",
          "SPLIT_PART(t, 'n', 3)",
          "SPLIT_PART(t, ' ', -1)",
          "SPLIT_PART(t, '', 1)",
          "SPLIT_PART(t, 'n', i)",
          "t ILIKE 'aN%'",
          "t NOT ILIKE '%É'",
          "t ILIKE 'A!%' ESCAPE '!'",
          "TRY_CAST(t AS INTEGER)",
          "TRY_CAST(t AS BIGINT)",
          "TRY_CAST(t AS DECIMAL(5, 1))",
          "TRY_CAST(t AS DOUBLE)",
          "TRY_CAST(t AS BOOLEAN)",
          "TRY_CAST(t AS DATE)",
          "TRY_CAST(t || '2001-01-01' AS TIMESTAMP)",
          "TRY_CAST(CAST(seen AS VARCHAR) AS TIMESTAMP WITH TIME ZONE)",
          "COALESCE(TRY_CAST(t AS INTEGER), -1)",
          "TO_CHAR(day, 'YYYY-MM')",
          "TO_CHAR(ts, 'YYYY-MM-DD HH24:MI:SS.MS')",
          "TO_CHAR(seen, 'iyyy\"-W\"iw-id DDD Q')",
          "TO_TIMESTAMP(i)",
          "TO_CHAR(u, 'YYYY-MM-DD HH24:MI:SS.MS')",
          "DATE_BIN(INTERVAL '15' MINUTE, u, TIMESTAMP '2001-01-01 00:00:00')",
          "TIME_BUCKET(INTERVAL '1' HOUR, v)",
          "TRY_CAST(CAST(u AS VARCHAR) AS TIMESTAMP(6))",
          "TRY_CAST(CAST(v AS VARCHAR) AS TIMESTAMP(6) WITH TIME ZONE)",
          "TO_TIMESTAMP(b)",
          "TO_TIMESTAMP(n)",
          "TO_TIMESTAMP(d)",
          "DATE_BIN(INTERVAL '15' MINUTE, ts, TIMESTAMP '2001-01-01 00:00:00')",
          "DATE_BIN(INTERVAL '7' DAY, day, TIMESTAMP '2022-01-03 12:00:00')",
          "DATE_BIN(INTERVAL '90' SECOND, seen, TO_TIMESTAMP(60))",
          "TIME_BUCKET('5 minutes', ts)",
          "TIME_BUCKET(INTERVAL '1' WEEK, seen)",
          "TIME_BUCKET(INTERVAL '6' HOUR, day)",
          "CAST(i AS VARCHAR)",
          "CAST(n AS INTEGER)",
          "CAST(d AS DECIMAL(12, 3))",
          "CAST(t AS INTEGER)",
          "CAST(day AS TIMESTAMP)",
          "CAST(ts AS DATE)",
          "i::BIGINT",
          "CAST(c AS INTEGER)",
          "n::DOUBLE",
          "EXTRACT(YEAR FROM day)",
          "EXTRACT(ISOYEAR FROM day)",
          "EXTRACT(QUARTER FROM ts)",
          "EXTRACT(MONTH FROM ts)",
          "EXTRACT(WEEK FROM day)",
          "EXTRACT(DAY FROM seen)",
          "EXTRACT(DOW FROM day)",
          "EXTRACT(ISODOW FROM day)",
          "EXTRACT(DOY FROM day)",
          "EXTRACT(HOUR FROM ts)",
          "EXTRACT(MINUTE FROM ts)",
          "EXTRACT(SECOND FROM ts)",
          "EXTRACT(MILLISECOND FROM ts)",
          "EXTRACT(EPOCH FROM ts)",
          "EXTRACT(EPOCH FROM ts - ts)",
          "YEAR(day)",
          "QUARTER(day)",
          "MONTH(day)",
          "WEEK(day)",
          "DAY(day)",
          "HOUR(ts)",
          "MINUTE(ts)",
          "DATE_PART('isoyear', ts)",
          "DATE_TRUNC('month', ts)",
          "DATE_TRUNC('week', day)",
          "DATE_TRUNC('hour', seen, 'Asia/Kolkata')",
          "FLOOR(ts TO QUARTER)",
          "FLOOR(day TO YEAR)",
          "FLOOR((ts - INTERVAL '1' HOUR) TO DAY)",
          "FLOOR(seen TO MINUTE)",
          "ts AT TIME ZONE 'Asia/Kolkata'",
          "seen AT TIME ZONE 'UTC'",
          "seen AT TIME ZONE 'America/New_York'",
          "day + 1",
          "day - 1",
          "day - DATE '2001-01-01'",
          "1 + day",
          "ts + INTERVAL '1' MONTH",
          "ts - INTERVAL '1' SECOND",
          "day + INTERVAL '1' DAY",
          "seen + INTERVAL '2' HOUR",
          "day + i * INTERVAL '1' DAY",
          "ts + b * INTERVAL '1' SECOND",
          "EXTRACT(EPOCH FROM b / 1000 * INTERVAL '2' HOUR)",
          "day + 1 > day",
          "EXTRACT(YEAR FROM day - 1)",
          "ts + INTERVAL '1 day' > ts",
          "u",
          "CAST(u AS VARCHAR)",
          "t || v",
          "CAST(u AS TIMESTAMP(3))",
          "CAST(u AS TIMESTAMP)",
          "CAST(v AS TIMESTAMP(3) WITH TIME ZONE)",
          "CAST(v AS TIMESTAMPTZ)",
          "CAST(ts AS TIMESTAMP(6))",
          "CAST(seen AS TIMESTAMP(6) WITH TIME ZONE)",
          "CAST(day AS TIMESTAMP(6))",
          "CAST(u AS DATE)",
          "CAST(v AS TIMESTAMP(6))",
          "CAST(u AS TIMESTAMP /* six */ (6) WITH TIME ZONE)",
          "ts::TIMESTAMP(6)",
          "u::TIMESTAMP(3)",
          "CAST('2001-02-03 04:05:06.01234' || i AS TIMESTAMP(6))",
          "CAST('2001-02-03 04:05:06.01234' || i AS TIMESTAMP)",
          "u = ts",
          "u > ts",
          "u >= day",
          "v = seen",
          "v BETWEEN seen AND '9999-12-31 23:59:59.999999'",
          "u = '2021-12-31 23:59:59.9995'",
          "u IN (TIMESTAMP '2022-01-01 01:20:00.123456', ts)",
          "u < TIMESTAMP '2022-01-01 01:20:00.5'",
          "COALESCE(ts, TIMESTAMP '2001-02-03 04:05:06.000001')",
          "COALESCE(ts, TIMESTAMP '2001-02-03 04:05:06.500000')",
          "COALESCE(ts, TIMESTAMP(6) '2001-02-03 04:05:06')",
          "COALESCE(ts, TIMESTAMP(3) '2001-02-03 04:05:06.0005')",
          "COALESCE(u, ts)",
          "COALESCE(ts, u)",
          "GREATEST(u, ts, day)",
          "LEAST(v, seen)",
          "NULLIF(u, ts)",
          "CASE WHEN c THEN ts ELSE u END",
          "IF(c, u, day)",
          "EXTRACT(YEAR FROM u)",
          "EXTRACT(ISOYEAR FROM v)",
          "EXTRACT(WEEK FROM u)",
          "EXTRACT(HOUR FROM u)",
          "EXTRACT(SECOND FROM u)",
          "EXTRACT(MILLISECOND FROM u)",
          "EXTRACT(MICROSECOND FROM v)",
          "EXTRACT(MICROSECOND FROM ts)",
          "EXTRACT(EPOCH FROM u)",
          "EXTRACT(EPOCH FROM v)",
          "EXTRACT(EPOCH FROM u - ts)",
          "EXTRACT(EPOCH FROM u - TIMESTAMP '2001-01-01 00:00:00')",
          "DATE_PART('second', u)",
          "DATE_TRUNC('month', u)",
          "DATE_TRUNC('millisecond', u)",
          "DATE_TRUNC('hour', v, 'Asia/Kolkata')",
          "FLOOR(v TO SECOND)",
          "FLOOR(u TO MILLISECOND)",
          "FLOOR(ts TO MILLISECOND)",
          "u AT TIME ZONE 'America/New_York'",
          "v AT TIME ZONE 'Asia/Kolkata'",
          "u + INTERVAL '1' MONTH",
          "u - INTERVAL '1' SECOND",
          "u + INTERVAL '0.000001' SECOND",
          "ts + INTERVAL '0.0005' SECOND",
          "day + INTERVAL '0.000001' SECOND",
          "v - INTERVAL '2' HOUR",
          "u + (u - ts)",
          "u - ts > INTERVAL '1' DAY",
          "u - ts < INTERVAL '0.000456' SECOND",
          "FLOOR((u - INTERVAL '1' HOUR) TO DAY)");

  private static final List<String> AGGREGATES =
      List.of(
          "COUNT(*)",
          "COUNT(i)",
          "COUNT(DISTINCT c)",
          "SUM(n)",
          "SUM(b)",
          "SUM(MOD(i, 100))",
          "AVG(n)",
          "AVG(b)",
          "MIN(i)",
          "MAX(t)",
          "MIN(day)",
          "MAX(seen)",
          "MAX(u)",
          "MIN(v)",
          "COUNT(DISTINCT u)",
          "ARG_MIN(u, i)",
          "ARG_MAX(t, v)",
          "MAX(GREATEST(u, ts))",
          "EXTRACT(EPOCH FROM MAX(u) - MIN(ts))",
          "VAR_POP(MOD(i, 9))",
          "VAR_SAMP(MOD(i, 9))",
          "VARIANCE(MOD(i, 9))",
          "STDDEV_POP(MOD(i, 9))",
          "STDDEV_SAMP(MOD(i, 9))",
          "STDDEV(MOD(i, 9))",
          "APPROX_COUNT_DISTINCT(i)",
          "APPROX_PERCENTILE(MOD(i, 10), 0)",
          "ARG_MIN(t, i)",
          "ARG_MAX(t, i)",
          "MIN_BY(t, i)",
          "MAX_BY(t, i)",
          "BOOL_AND(i > 0)",
          "BOOL_OR(i > 0)",
          "EVERY(c)",
          "COUNT_IF(c)",
          "COUNTIF(i > 0)",
          "SUM(MOD(i, 100)) FILTER (WHERE c)",
          "SUM(n) / COUNT(*)",
          "SUM(MOD(i, 100)) / COUNT(*)",
          "SUM(b) / 3",
          "MAX(day) + 1",
          "MAX(day) - MIN(day)",
          "BOOL_OR(c) FILTER (WHERE i < 0)",
          "MAX(LN(b + 10))",
          "MAX(GREATEST(i, 0))");

  /** What needs every value, or a frame of rows: only in queries, as the pages say. */
  private static final Set<String> ONLY_IN_QUERIES =
      Set.of(
          "MEDIAN",
          "QUANTILE_CONT",
          "QUANTILE_DISC",
          "CORR",
          "STRING_AGG",
          "ROW_NUMBER",
          "RANK",
          "DENSE_RANK",
          "PERCENT_RANK",
          "CUME_DIST",
          "NTILE",
          "LAG",
          "LEAD",
          "FIRST_VALUE",
          "LAST_VALUE",
          "NTH_VALUE");

  private static final List<String> REFUSED =
      List.of(
          "'1' + '1'",
          "'x' + i",
          "t + 1",
          "i || b",
          "day + t",
          "day = 5",
          "UPPER(i)",
          "SQRT(t)",
          "ts - day + n",
          "LN()",
          "LOG(i)",
          "SIN(d)",
          "GREATEST(i, t)",
          "EXTRACT(CENTURY FROM ts)",
          "EXTRACT(HOUR FROM day)",
          "DATE_TRUNC('fortnight', ts)",
          "DATE_TRUNC('hour', u, 'UTC')",
          "DATE_TRUNC('microsecond', u)",
          "CAST(ts AS TIMESTAMP(9))",
          "CAST(ts AS TIMESTAMP(0))",
          "CAST(ts AS TIMESTAMP(4) WITH TIME ZONE)",
          "CAST(u AS INTEGER)",
          "u = v",
          "u = seen",
          "SUM(u)",
          "FLOOR(ts TO CENTURY)",
          "DATE_TRUNC('hour', ts, 'UTC')",
          "LEFT(t, i)",
          "ROUND(n, i)",
          "NOW()",
          "RANDOM()",
          "DATE_BIN(INTERVAL '1' MONTH, ts, ts)",
          "DATE_BIN(INTERVAL '0' MINUTE, ts, ts)",
          "DATE_BIN(INTERVAL '5' MINUTE, ts, seen)",
          "DATE_BIN(INTERVAL '5' MINUTE, day, day)",
          "TIME_BUCKET('5 mins or so', ts)",
          "LPAD(i, 3)",
          "LPAD(t, n)",
          "SPLIT_PART(t, 'a')",
          "SUBSTRING(t FROM '[a-z]+')",
          "t ILIKE 'a' ESCAPE 'x'",
          "TO_CHAR(i, '999')",
          "TO_CHAR(ts, 'Month')",
          "TO_CHAR(ts, t)",
          "TO_TIMESTAMP(t)",
          "TO_TIMESTAMP(t, 'YYYY')",
          "REGEXP_REPLACE(t, 'a', 'b')",
          "MODE(i)",
          "UNIX_TIMESTAMP(ts)",
          "t ~ 'a'",
          "TRY_CAST(i AS BIGINT)",
          "TRY_CAST(t AS FLOAT)",
          "CAST(i AS FLOAT)",
          "CAST(day AS INTEGER)",
          "ts = seen",
          "FLOOR(ts + INTERVAL '1' HOUR TO MONTH)",
          "day = '2001-1-1'",
          "i = 'three'");

  @AfterAll
  static void close() {
    SIDES.close();
  }

  @Test
  void everyFunctionThatEitherSideKnowsIsInTheTable() {
    Set<String> missing = new TreeSet<>(DefinitionFunctions.names());
    for (String name : QueryFunctions.names()) {
      missing.add(name.toUpperCase(Locale.ROOT));
    }
    missing.removeAll(ONLY_IN_QUERIES);
    String table = String.join(" ", SCALARS) + " " + String.join(" ", AGGREGATES);
    missing.removeIf(name -> Pattern.compile("\\b" + name + "\\(").matcher(table).find());
    assertEquals(Set.of(), missing);
  }

  @Test
  void everyScalarGivesTheSameOnBothSides() throws ScriptException {
    List<String> wrong = new ArrayList<>();
    int values = 0;
    for (String text : SCALARS) {
      for (Object[] row : ROWS) {
        String here = SIDES.defined(text, row);
        String there = SIDES.askedOver(text, new Object[][] {row});
        values += here.startsWith("error") ? 0 : 1;
        if (!BothSides.same(here, there)) {
          wrong.add(text + " of " + Arrays.toString(row) + ": " + here + ", asked " + there);
        }
      }
    }
    assertTrue(wrong.isEmpty(), String.join("\n", wrong));
    assertTrue(values > SCALARS.size() * 3, values + " values");
  }

  @Test
  void everyAggregateGivesTheSameOnBothSides() throws ScriptException {
    List<String> wrong = new ArrayList<>();
    for (String text : AGGREGATES) {
      for (Object[][] rows : List.of(ROWS, Arrays.copyOfRange(ROWS, 4, 5))) {
        String here = SIDES.definedOver(text, rows);
        String there = SIDES.askedOver(text, rows);
        if (!BothSides.same(here, there)) {
          wrong.add(text + " of " + rows.length + " rows: " + here + ", asked " + there);
        }
      }
    }
    assertTrue(wrong.isEmpty(), String.join("\n", wrong));
  }

  @Test
  void whatOneSideRefusesTheOtherRefuses() {
    List<String> wrong = new ArrayList<>();
    for (String text : REFUSED) {
      boolean accepted;
      try {
        SIDES.view("(" + text + ") AS x, COUNT(*) AS y", " GROUP BY " + text);
        accepted = true;
      } catch (ScriptException e) {
        accepted = false;
      }
      String there = SIDES.askedOver(text, ROWS);
      if (accepted || !there.startsWith("error")) {
        wrong.add(text + ": accepted " + accepted + ", asked " + there);
      }
    }
    assertTrue(wrong.isEmpty(), String.join("\n", wrong));
  }
}
