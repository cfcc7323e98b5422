// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Expressions are grouped by PostgreSQL's precedence: a random tree written with only the
 * parentheses that PostgreSQL needs means the same as with all of them.
 */
final class PrecedenceTest {
  private static final int OR = 1;
  private static final int AND = 2;
  private static final int NOT = 3;
  private static final int IS = 4;
  private static final int COMPARISON = 5;
  private static final int RANGE = 6;
  private static final int CONCAT = 7;
  private static final int SUM = 8;
  private static final int PRODUCT = 9;
  private static final int MINUS = 10;
  private static final int ATOM = 12;

  /** An expression with few and with all parentheses. */
  private record Written(String few, String all, int precedence) {
    String atLeast(int least) {
      return precedence < least ? "(" + few + ")" : few;
    }
  }

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void parenthesesThatPostgresDoesNotNeedChangeNothing() throws ScriptException {
    System.out.println("seed " + seed);
    for (int i = 0; i < 400; i++) {
      Written tree = truth(4);
      assertEquals(meaning(tree.all()), meaning(tree.few()), tree.few());
    }
  }

  private static String meaning(String condition) throws ScriptException {
    String view = "CREATE VIEW v AS SELECT COUNT(*) AS n FROM s WHERE ";
    return Script.parse("x.sql", Texts.resource("stream.sql") + view + condition)
        .views()
        .get(0)
        .fold()
        .filter()
        .orElseThrow()
        .canonical();
  }

  private Written truth(int depth) {
    if (depth == 0) {
      return new Written("b", "b", ATOM);
    }
    return switch (random.nextInt(9)) {
      case 0 -> binary(truth(depth - 1), "OR", truth(depth - 1), OR, OR, OR + 1);
      case 1 -> binary(truth(depth - 1), "AND", truth(depth - 1), AND, AND, AND + 1);
      case 2 -> not(truth(depth - 1));
      case 3 -> is(number(depth - 1));
      case 4 -> between(number(depth - 1), number(depth - 1), number(depth - 1));
      case 5 -> in(number(depth - 1), number(depth - 1));
      case 6 -> like(text(depth - 1));
      case 7 -> comparison(text(depth - 1), text(depth - 1));
      default -> comparison(number(depth - 1), number(depth - 1));
    };
  }

  private Written comparison(Written left, Written right) {
    String operator = pick("=", "<>", "<", ">=", "IS DISTINCT FROM", "IS NOT DISTINCT FROM");
    return binary(left, operator, right, COMPARISON, COMPARISON + 1, COMPARISON + 1);
  }

  private Written number(int depth) {
    if (depth <= 0) {
      String atom = pick("i", "l", "3", "ABS(i)", "CASE WHEN b THEN i END", "s.i");
      return new Written(atom, atom, ATOM);
    }
    Written left = number(depth - 1);
    Written right = number(depth - 1);
    return switch (random.nextInt(4)) {
      case 0 -> binary(left, pick("+", "-"), right, SUM, SUM, SUM + 1);
      case 1 -> binary(left, pick("*", "/", "%"), right, PRODUCT, PRODUCT, PRODUCT + 1);
      case 2 -> new Written("- " + left.atLeast(MINUS + 1), "(- " + left.all() + ")", MINUS);
      default ->
          new Written(
              left.atLeast(ATOM - 1) + "::BIGINT", "(" + left.all() + "::BIGINT)", ATOM - 1);
    };
  }

  private Written text(int depth) {
    if (depth <= 0) {
      String atom = pick("t", "'x'", "UPPER(t)", "user");
      return new Written(atom, atom, ATOM);
    }
    return binary(text(depth - 1), "||", text(depth - 1), CONCAT, CONCAT, CONCAT + 1);
  }

  private static Written binary(
      Written left, String operator, Written right, int precedence, int first, int second) {
    return new Written(
        left.atLeast(first) + " " + operator + " " + right.atLeast(second),
        "(" + left.all() + " " + operator + " " + right.all() + ")",
        precedence);
  }

  private static Written not(Written operand) {
    return new Written("NOT " + operand.atLeast(NOT), "(NOT " + operand.all() + ")", NOT);
  }

  private Written is(Written operand) {
    String test = pick("IS NULL", "IS NOT NULL");
    return new Written(
        operand.atLeast(IS + 1) + " " + test, "(" + operand.all() + " " + test + ")", IS);
  }

  private Written between(Written value, Written low, Written high) {
    String word = pick(" BETWEEN ", " NOT BETWEEN ");
    return new Written(
        value.atLeast(RANGE + 1)
            + word
            + low.atLeast(RANGE + 1)
            + " AND "
            + high.atLeast(RANGE + 1),
        "(" + value.all() + word + low.all() + " AND " + high.all() + ")",
        RANGE);
  }

  private Written in(Written value, Written item) {
    String word = pick(" IN (", " NOT IN (");
    return new Written(
        value.atLeast(RANGE + 1) + word + item.few() + ", 7)",
        "(" + value.all() + word + item.all() + ", 7))",
        RANGE);
  }

  private Written like(Written value) {
    String test = pick(" LIKE 'a%'", " NOT LIKE 'a!%' ESCAPE '!'");
    return new Written(value.atLeast(RANGE + 1) + test, "(" + value.all() + test + ")", RANGE);
  }

  private String pick(String... choices) {
    return List.of(choices).get(random.nextInt(choices.length));
  }
}
