// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.SqlText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code expressions.txt}: what accepted expressions mean. */
final class ExpressionTableTest {
  private static final String STREAM = Texts.resource("stream.sql");

  static Stream<Arguments> table() {
    return Texts.resource("expressions.txt")
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split("  =>  ", -1))
        .map(parts -> Arguments.of(parts[0], parts[1]));
  }

  @ParameterizedTest
  @MethodSource("table")
  void anExpressionMeansWhatTheTableSays(String expression, String meaning) throws ScriptException {
    assertEquals(meaning, key(expression));
  }

  @ParameterizedTest
  @MethodSource("table")
  void parenthesesAroundAnExpressionChangeNothing(String expression, String meaning)
      throws ScriptException {
    assertEquals(meaning, key("((" + expression + "))"));
  }

  @ParameterizedTest
  @MethodSource("table")
  void aGroupKeyIsFoundAgainInTheSelectList(String expression, String meaning)
      throws ScriptException {
    String query = "SELECT (" + expression + ") AS x, COUNT(*) AS n FROM s GROUP BY " + expression;
    Script script = Script.parse("x.sql", STREAM + "CREATE VIEW v AS " + query);
    assertTrue(
        script.views().get(0).outputs().get(0).expression().canonical().startsWith("\"key 1\":"),
        meaning);
  }

  @ParameterizedTest
  @MethodSource("table")
  void theSqlThatPeopleAreShownMeansTheSame(String expression, String meaning)
      throws ScriptException {
    List<String> shown = keys(expression).stream().map(SqlText::of).toList();
    assertEquals(meaning, key(String.join(", ", shown)), shown.toString());
  }

  @Test
  void theTableIsThere() {
    assertTrue(table().count() > 140);
  }

  private static List<Expression> keys(String expression) throws ScriptException {
    String view = "CREATE VIEW v AS SELECT COUNT(*) AS n FROM s GROUP BY ";
    return Script.parse("x.sql", STREAM + view + expression).views().get(0).fold().keys();
  }

  private static String key(String expression) throws ScriptException {
    return keys(expression).stream()
        .map(Expression::canonical)
        .collect(java.util.stream.Collectors.joining("\n"));
  }
}
