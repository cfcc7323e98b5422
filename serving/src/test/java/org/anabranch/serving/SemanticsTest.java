// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.anabranch.view.Clock;
import org.anabranch.view.Trials;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Conversions;
import org.anabranch.view.expression.Evaluation;
import org.anabranch.view.expression.EvaluationException;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Expression.Literal;
import org.anabranch.view.expression.Operator;
import org.anabranch.view.expression.RandomValues;
import org.anabranch.view.expression.TypeException;
import org.anabranch.view.expression.Typing;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a query means is what {@link Evaluation} computes, or it is refused. */
class SemanticsTest {
  private static final SqlService SQL =
      new SqlService(TestViews.catalog(), SqlSettings.DEFAULT, Clock.SYSTEM, new ThreadWatchdog());
  private static final Type DECIMAL = Type.decimal(10, 2);
  private static final List<Type> TIMES =
      List.of(Type.TIMESTAMP, Type.INSTANT, Type.MICRO_TIMESTAMP, Type.MICRO_INSTANT);
  private static final Type WIDE = Type.decimal(30, 4);

  @AfterAll
  static void close() {
    SQL.close();
  }

  /** How an expression is made of its operands. */
  private interface Making {
    Expression of(List<Expression> operands) throws TypeException;
  }

  /**
   * One row of the table of meanings.
   *
   * @param sql with {@code $0}, {@code $1} for the operands
   * @param refused whether a query may refuse what a view computes
   */
  private record Meaning(String sql, List<Type> operands, Making making, boolean refused) {}

  private static Meaning meaning(String sql, Operator operator, Type... operands) {
    return new Meaning(sql, List.of(operands), values -> Typing.call(operator, values), false);
  }

  private static Meaning orRefused(String sql, Operator operator, Type... operands) {
    return new Meaning(sql, List.of(operands), values -> Typing.call(operator, values), true);
  }

  private static Meaning cast(Type from, Type to) {
    return new Meaning(
        "CAST($0 AS " + to + ")", List.of(from), values -> Typing.cast(values.get(0), to), false);
  }

  private static List<Meaning> meanings() {
    List<Meaning> all = new ArrayList<>();
    for (Type type : List.of(Type.INTEGER, Type.BIGINT, Type.DOUBLE, DECIMAL, WIDE)) {
      // A sum or product that takes more digits than DuckDB gives it is refused.
      all.add(orRefused("$0 + $1", Operator.ADD, type, type));
      all.add(orRefused("$0 - $1", Operator.SUBTRACT, type, type));
      all.add(orRefused("$0 * $1", Operator.MULTIPLY, type, type));
      all.add(orRefused("$0 / $1", Operator.DIVIDE, type, type));
      all.add(orRefused("-$0", Operator.NEGATE, type));
      all.add(meaning("ABS($0)", Operator.ABS, type));
      all.add(meaning("FLOOR($0)", Operator.FLOOR, type));
      all.add(meaning("CEIL($0)", Operator.CEIL, type));
      all.add(meaning("ROUND($0)", Operator.ROUND, type));
      for (Operator operator : List.of(Operator.EQUAL, Operator.LESS, Operator.GREATER_OR_EQUAL)) {
        all.add(meaning("$0 " + sign(operator) + " $1", operator, type, type));
      }
      all.add(cast(type, Type.VARCHAR));
      all.add(cast(type, Type.DOUBLE));
      all.add(cast(type, Type.INTEGER));
      all.add(cast(type, Type.BIGINT));
      all.add(cast(type, DECIMAL));
      all.add(cast(Type.VARCHAR, type));
    }
    all.add(meaning("$0 % $1", Operator.MODULO, Type.INTEGER, Type.INTEGER));
    all.add(meaning("MOD($0, $1)", Operator.MODULO, Type.BIGINT, Type.BIGINT));
    List<Type> temporal = new ArrayList<>(TIMES);
    temporal.add(Type.DATE);
    for (Type from : temporal) {
      temporal.forEach(to -> all.add(cast(from, to)));
    }
    all.add(meaning("$0 < $1", Operator.LESS, Type.MICRO_TIMESTAMP, Type.TIMESTAMP));
    all.add(meaning("$0 = $1", Operator.EQUAL, Type.INSTANT, Type.MICRO_INSTANT));
    all.add(meaning("$0 || $1", Operator.CONCAT, Type.MICRO_INSTANT, Type.VARCHAR));
    temporal.add(Type.BOOLEAN);
    for (Type type : temporal) {
      all.add(cast(type, Type.VARCHAR));
      all.add(cast(Type.VARCHAR, type));
      all.add(meaning("$0 < $1", Operator.LESS, type, type));
    }
    all.addAll(texts());
    all.addAll(times());
    return all;
  }

  private static List<Meaning> texts() {
    Type text = Type.VARCHAR;
    return List.of(
        meaning("UPPER($0)", Operator.UPPER, text),
        meaning("LOWER($0)", Operator.LOWER, text),
        meaning("TRIM(BOTH $1 FROM $0)", Operator.TRIM_BOTH, text, text),
        meaning("TRIM(LEADING $1 FROM $0)", Operator.TRIM_LEADING, text, text),
        meaning("TRIM(TRAILING $1 FROM $0)", Operator.TRIM_TRAILING, text, text),
        meaning("SUBSTRING($0 FROM $1)", Operator.SUBSTRING, text, Type.INTEGER),
        meaning(
            "SUBSTRING($0 FROM $1 FOR $2)", Operator.SUBSTRING, text, Type.INTEGER, Type.INTEGER),
        meaning("POSITION($0 IN $1)", Operator.POSITION, text, text),
        meaning("REPLACE($0, $1, $2)", Operator.REPLACE, text, text, text),
        meaning("CHAR_LENGTH($0)", Operator.CHAR_LENGTH, text),
        meaning("$0 || $1", Operator.CONCAT, text, text),
        meaning("$0 || $1", Operator.CONCAT, text, Type.DOUBLE),
        meaning("$0 || $1", Operator.CONCAT, Type.TIMESTAMP, text),
        meaning("$0 = $1", Operator.EQUAL, text, text),
        meaning("$0 < $1", Operator.LESS, text, text),
        meaning("$0 IS DISTINCT FROM $1", Operator.IS_DISTINCT_FROM, text, text));
  }

  private static List<Meaning> times() {
    List<Meaning> all = new ArrayList<>();
    List<Type> temporal = new ArrayList<>(TIMES);
    temporal.add(Type.DATE);
    for (Type type : temporal) {
      for (String field :
          List.of("YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "DOW", "ISODOW", "DOY", "EPOCH")) {
        all.add(
            meaning("EXTRACT(" + field + " FROM $0)", Operator.valueOf("EXTRACT_" + field), type));
      }
    }
    for (Type type : TIMES) {
      for (String field : List.of("HOUR", "MINUTE", "SECOND", "MILLISECOND", "MICROSECOND")) {
        all.add(
            meaning("EXTRACT(" + field + " FROM $0)", Operator.valueOf("EXTRACT_" + field), type));
      }
      for (String unit :
          List.of(
              "YEAR",
              "QUARTER",
              "MONTH",
              "WEEK",
              "DAY",
              "HOUR",
              "MINUTE",
              "SECOND",
              "MILLISECOND")) {
        all.add(
            orRefused("date_trunc('" + unit + "', $0)", Operator.valueOf("FLOOR_" + unit), type));
      }
      for (String zone : List.of("UTC", "Europe/Berlin", "America/New_York")) {
        all.add(
            new Meaning(
                "$0 AT TIME ZONE '" + zone + "'",
                List.of(type),
                values ->
                    Typing.call(
                        Operator.AT_TIME_ZONE,
                        List.of(values.get(0), new Literal(zone, Type.VARCHAR))),
                false));
      }
    }
    return all;
  }

  private static String sign(Operator operator) {
    return switch (operator) {
      case EQUAL -> "=";
      case LESS -> "<";
      default -> ">=";
    };
  }

  @Test
  void aQueryMeansWhatTheEvaluatorComputesOrIsRefused() {
    List<Meaning> meanings = meanings();
    List<String> wrong = new ArrayList<>();
    int[] counts = new int[3];
    Trials.run(
        12,
        random -> {
          for (Meaning meaning : meanings) {
            compare(meaning, random, counts, wrong);
          }
        });
    System.out.println(
        meanings.size()
            + " meanings: "
            + counts[0]
            + " equal, "
            + counts[1]
            + " errors in both, "
            + counts[2]
            + " refused by the query only");
    assertTrue(wrong.isEmpty(), wrong.size() + " differ:\n" + String.join("\n", wrong));
    assertTrue(counts[0] > 10 * counts[2], "too many were refused");
  }

  private static void compare(Meaning meaning, Random random, int[] counts, List<String> wrong)
      throws TypeException {
    List<Object> values = new ArrayList<>();
    List<Expression> operands = new ArrayList<>();
    String sql = meaning.sql();
    for (int i = 0; i < meaning.operands().size(); i++) {
      Type type = meaning.operands().get(i);
      Object value = value(type, meaning, random);
      values.add(value);
      operands.add(new Expression.ColumnReference(i, "c" + i, type));
      sql = sql.replace("$" + i, "c" + i);
    }
    Expression expression = meaning.making().of(operands);
    String query = "SELECT " + sql + " FROM " + row(values, meaning.operands());
    Object expected = null;
    String error = null;
    try {
      expected = Evaluation.evaluate(expression, values.toArray());
    } catch (EvaluationException e) {
      error = e.getMessage();
    }
    try {
      Object found = one(query);
      if (error != null || !same(expected, found)) {
        wrong.add(query + " is " + found + ", should be " + (error == null ? expected : error));
      } else {
        counts[0]++;
      }
    } catch (ServingException e) {
      if (error == null && !meaning.refused()) {
        wrong.add(query + " fails: " + e.getMessage() + "; should be " + expected);
      } else {
        counts[error == null ? 2 : 1]++;
      }
    }
  }

  private static Object value(Type type, Meaning meaning, Random random) {
    if (type.kind() == Type.Kind.VARCHAR && meaning.sql().startsWith("CAST")) {
      String[] texts = {
        "12",
        " 7 ",
        "-1.5",
        "2.5",
        "1e3",
        "abc",
        "",
        "true",
        "f",
        "NaN",
        "2001-01-31",
        "2001-1-1",
        "2001-01-31 10:00:00.5",
        "2001-01-31T10:00:00+02",
        "2001-01-31 10:00:00.1234565",
        "1969-12-31T23:59:59.9995Z",
        "9999-12-31 23:59:59.9999996",
        "99999999999",
        "0x1F",
        "1_000",
        "inf",
        "0.005",
        "on",
        "2001-02-30",
        "10000000000000000000000000000"
      };
      return texts[random.nextInt(texts.length)];
    }
    if (type.equals(Type.INTEGER) && random.nextBoolean()) {
      return (long) random.nextInt(12) - 4;
    }
    return new RandomValues(random).value(type);
  }

  private static String row(List<Object> values, List<Type> types) {
    List<String> constants = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      String text =
          value == null
              ? "NULL"
              : "'" + Conversions.toText(value, types.get(i)).replace("'", "''") + "'";
      constants.add("CAST(" + text + " AS " + types.get(i) + ")");
      names.add("c" + i);
    }
    return "(VALUES (" + String.join(", ", constants) + ")) v(" + String.join(", ", names) + ")";
  }

  private static boolean same(Object expected, Object found) {
    if (expected instanceof BigDecimal left && found instanceof BigDecimal right) {
      return left.compareTo(right) == 0;
    }
    return expected == null ? found == null : expected.equals(found);
  }

  private static Object one(String query) {
    try (Answer answer = SQL.query(query, QueryLimits.DEFAULT, Optional.empty())) {
      return answer.next()[0];
    }
  }

  @Test
  void meaningsWithoutOperandsOfTheirOwn() {
    String[][] table = {
      {"7 / 2", "3"},
      {"-7 / 2", "-3"},
      {"7e0 / 2", "3.5"},
      {"1.5 / 2", "0.7500000000000000"},
      {"(SELECT SUM(x) / 2 FROM (VALUES (9)) t(x))", "4"},
      {"'1' + 1", "2"},
      {"1.50 * '2'", "3.00"},
      {"'2001-01-31' < DATE '2001-02-01'", "true"},
      {"EXTRACT(ISOYEAR FROM DATE '2022-01-01')", "2021"},
      {"date_trunc('hour', TIMESTAMPTZ '2001-01-01 10:40:00+00', 'Asia/Kolkata')", "978345000000"},
      {"INTERVAL '2 quarters' + DATE '2001-01-31'", "996537600000"},
      {"FLOOR(DATE '2001-02-28' TO MONTH)", "11354"},
      {
        "floor((TIMESTAMP '2001-02-28 10:00:00' + INTERVAL '1' DAY) /* TO */ TO\n  MONTH)",
        "983404800000"
      },
      {"1.5 / 2e0", "0.75"},
      {"ROUND(2.5e0)", "2.0"},
      {"ROUND(3.5e0)", "4.0"},
      {"ROUND(2.675e0, 2)", "2.68"},
      {"ROUND(-2.5)", "-3"},
      {"ROUND(15, -1)", "20"},
      {"UPPER('straße')", "STRAßE"},
      {"'a\\_b' LIKE 'a\\\\\\_b'", "true"},
      {"'axb' LIKE 'a\\_b'", "false"},
      {"'axb' LIKE 'a_b'", "true"},
      {"'a%b' LIKE 'a!%b' ESCAPE '!'", "true"},
      {"EXTRACT(DOW FROM DATE '2001-01-07')", "0"},
      {"TIMESTAMP '1970-01-01 00:00:00.000001'", "1"},
      {"CAST('1970-01-01 00:00:00.0005' AS TIMESTAMP)", "1"},
      {"TIMESTAMP(6) '1970-01-01 00:00:00.0000015'", "2"},
      {"TIMESTAMP '1970-01-01 00:00:01.500000'", "1500"},
      {
        "(SELECT x FROM (SELECT TIMESTAMP '1970-01-01 00:00:00' AS x UNION ALL SELECT TIMESTAMP"
            + " '1970-01-01 00:00:00.000001') t ORDER BY x DESC LIMIT 1)",
        "1"
      },
      {"CAST(1000000000000000 AS VARCHAR)", "1000000000000000"},
      {"CAST(1e15 * 1e0 AS VARCHAR)", "1e+15"},
      {"(SELECT x FROM (VALUES (1), (NULL), (3)) t(x) ORDER BY x DESC LIMIT 1)", "null"},
      {"(SELECT x FROM (VALUES (1), (NULL), (3)) t(x) ORDER BY x LIMIT 1)", "1"},
      {"(SELECT AVG(x) FROM (VALUES (1), (2)) t(x))", "1.5"},
      {"(SELECT SUM(x) FROM (VALUES (9223372036854775807), (1)) t(x))", "9223372036854775808"},
      {"(SELECT COUNT(*) FROM (VALUES (1)) t(x) WHERE x > 1)", "0"},
      {"'a' < 'B'", "false"},
      {"CAST('NaN' AS DOUBLE) > 1e300", "true"},
      {"CAST('NaN' AS DOUBLE) = CAST('NaN' AS DOUBLE)", "true"},
      {"DATE '2001-01-31' + INTERVAL '1' MONTH", "983318400000"},
      {"DATE '2001-03-01' - DATE '2001-02-01'", "28"},
      {"ROUND((SELECT AVG(x) FROM (VALUES (1), (2), (2)) t(x)), 3)", "1.667"}
    };
    List<String> wrong = new ArrayList<>();
    for (String[] line : table) {
      String found = String.valueOf(one("SELECT " + line[0]));
      if (!found.equals(line[1])) {
        wrong.add(line[0] + " is " + found + ", should be " + line[1]);
      }
    }
    assertTrue(wrong.isEmpty(), String.join("\n", wrong));
  }

  @Test
  void whatWouldDifferIsRefused() {
    for (String refused :
        List.of(
            "DATE '9999-12-31' + 1",
            "DATE '9999-12-31' + 1 - 1",
            "DATE '0001-01-01' - 400",
            "DATE '0001-01-01' - 1 < DATE '2001-01-01'",
            "TIMESTAMP '0001-01-01' - INTERVAL '10' YEAR",
            "TIMESTAMP '9999-12-31' + INTERVAL '1' YEAR - INTERVAL '1' YEAR",
            "(SELECT COUNT(*) FROM (VALUES (DATE '9999-12-31')) t(d) WHERE d + 1 > d)",
            "(SELECT COUNT(*) FROM (VALUES (DATE '9999-12-31')) t(d) GROUP BY d + 1)",
            "(SELECT MAX(d + n) FROM (VALUES (DATE '9999-12-31', 1)) t(d, n))",
            "(SELECT 1 FROM (SELECT NULL AS d UNION ALL SELECT DATE '9999-12-31') ORDER BY d + 1)",
            "EXTRACT(YEAR FROM DATE '9999-12-31' + INTERVAL '1' DAY)",
            "TIMESTAMP '9999-12-31 23:00:00' AT TIME ZONE 'America/New_York'",
            "TIMESTAMPTZ '0001-01-01 00:00:00+00' AT TIME ZONE 'America/New_York'",
            "DATE 'infinity'",
            "DATE '2001-01-01' < 'infinity'",
            "DATE '2001-01-01' = '2001-1-1'",
            "DATE '2001-01-01' + 2000000000",
            "1 = 'one'",
            "'1.5' + 1",
            "'1' + '1'",
            "date_trunc('hour', TIMESTAMP '2001-01-01 10:40:00', 'Asia/Kolkata')",
            "1 || 2",
            "1 / 0",
            "1e0 / 0",
            "5 % 0",
            "2147483647 + 1",
            "9223372036854775807 * 2",
            "1e308 * 10e0",
            "CAST('inf' AS DOUBLE) - CAST('inf' AS DOUBLE)",
            "SQRT(-1)",
            "LN(0)",
            "EXP(1000)",
            "POWER(10, 400)",
            "CAST('2.5' AS INTEGER)",
            "CAST(3e9 AS INTEGER)",
            "TIMESTAMP '2001-01-01' - TIMESTAMP '2000-01-01'",
            "TIMESTAMP '2001-01-01' AT TIME ZONE '+02'")) {
      assertThrows(ServingException.class, () -> one("SELECT " + refused), refused);
    }
    assertEquals(List.of(2.0), Arrays.asList(one("SELECT 1e0 + 1")));
  }
}
