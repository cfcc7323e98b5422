// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import static org.anabranch.view.expression.Expressions.*;
import static org.anabranch.view.expression.Operator.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression.When;
import org.junit.jupiter.api.Test;

final class TruthTest {
  private static final long SEED = 1854;
  private static final Map<Character, Expression> OPERANDS =
      Map.of('T', TRUE, 'F', FALSE, 'N', UNKNOWN, 'E', failing());

  /** Rows and columns in the order true, false, null, error. */
  private static void requireTable(Operator operator, String... rows) {
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        Expression left = OPERANDS.get("TFNE".charAt(i));
        Expression right = OPERANDS.get("TFNE".charAt(j));
        char outcome = outcome(call(operator, left, right), new Object[0]);
        assertEquals(rows[i].charAt(j), outcome, operator + " of " + i + " and " + j);
      }
    }
  }

  private static char outcome(Expression condition, Object[] row) {
    try {
      Object value = Evaluation.evaluate(condition, row);
      return value == null ? 'N' : (Boolean) value ? 'T' : 'F';
    } catch (EvaluationException e) {
      return 'E';
    }
  }

  @Test
  void falseDecidesAndWhateverTheOtherIs() {
    requireTable(AND, "TFNE", "FFFF", "NFNE", "EFEE");
  }

  @Test
  void trueDecidesOrWhateverTheOtherIs() {
    requireTable(OR, "TTTT", "TFNE", "TNNE", "TEEE");
  }

  @Test
  void comparisonsOfNullAreNullAndErrorsWin() {
    requireTable(EQUAL, "TFNE", "FTNE", "NNNE", "EEEE");
    requireTable(IS_NOT_DISTINCT_FROM, "TFFE", "FTFE", "FFTE", "EEEE");
    requireTable(IS_DISTINCT_FROM, "FTTE", "TFTE", "TTFE", "EEEE");
    requireTable(GREATER, "FTNE", "FFNE", "NNNE", "EEEE");
  }

  @Test
  void oneOperandHasATableToo() {
    Map<Operator, String> tables =
        Map.of(
            NOT,
            "FTNE",
            IS_NULL,
            "FFTE",
            IS_NOT_NULL,
            "TTFE",
            IS_TRUE,
            "TFFE",
            IS_NOT_TRUE,
            "FTTE",
            IS_FALSE,
            "FTFE",
            IS_NOT_FALSE,
            "TFTE");
    tables.forEach(
        (operator, table) -> {
          for (int i = 0; i < 4; i++) {
            Expression operand = OPERANDS.get("TFNE".charAt(i));
            assertEquals(table.charAt(i), outcome(call(operator, operand), new Object[0]));
          }
        });
  }

  @Test
  void deMorganHoldsForRandomTreesWithErrors() {
    System.out.println("seed " + SEED);
    RandomExpressions random = new RandomExpressions(RandomExpressions.everyType(), SEED);
    int[] seen = new int[128];
    for (int i = 0; i < 20_000; i++) {
      Expression a = random.next(Type.BOOLEAN);
      Expression b =
          i % 4 == 0 ? OPERANDS.get("TFNE".charAt(i / 4 % 4)) : random.next(Type.BOOLEAN);
      Object[] row = random.row();
      requireSame(call(NOT, call(AND, a, b)), call(OR, call(NOT, a), call(NOT, b)), row);
      requireSame(call(NOT, call(OR, a, b)), call(AND, call(NOT, a), call(NOT, b)), row);
      requireSame(call(AND, a, b), call(AND, b, a), row);
      requireSame(call(OR, a, b), call(OR, b, a), row);
      requireSame(call(OR, a, b, a), call(OR, call(OR, a, b), a), row);
      requireSame(call(NOT, call(NOT, a)), a, row);
      seen[outcome(call(AND, a, b), row)]++;
    }
    for (char outcome : "TFNE".toCharArray()) {
      assertTrue(seen[outcome] > 100, "too few of " + outcome);
    }
  }

  @Test
  void inIsTheOrOfEqualities() {
    System.out.println("seed " + SEED);
    RandomExpressions random = new RandomExpressions(RandomExpressions.everyType(), SEED + 1);
    for (int i = 0; i < 20_000; i++) {
      Type type = i % 2 == 0 ? Type.INTEGER : Type.VARCHAR;
      Expression a = random.next(type, 1);
      Expression b = random.next(type, 1);
      Expression c = random.next(type, 2);
      requireSame(call(IN, a, b, c), call(OR, call(EQUAL, a, b), call(EQUAL, a, c)), random.row());
    }
  }

  @Test
  void caseComputesOnlyWhatItTakes() throws TypeException {
    Expression bad = call(DIVIDE, whole(1), whole(0));
    assertEquals(
        5L, value(Typing.cases(List.of(new When(TRUE, whole(5)), new When(failing(), bad)), bad)));
    assertEquals(
        6L, value(Typing.cases(List.of(new When(FALSE, bad), new When(UNKNOWN, bad)), whole(6))));
    assertTrue(error(Typing.cases(List.of(new When(failing(), whole(1))), null)).contains("zero"));
    assertEquals(null, value(Typing.cases(List.of(new When(FALSE, bad)), null)));
  }

  @Test
  void coalesceStopsAtTheFirstThatIsNotNull() {
    Expression bad = call(DIVIDE, whole(1), whole(0));
    assertEquals(3L, value(COALESCE, NULL, whole(3), bad));
    assertEquals("Cannot divide 1 by zero", error(COALESCE, NULL, bad, whole(3)));
    assertEquals(null, value(COALESCE, NULL, NULL));
  }

  @Test
  void anErrorInAnyArgumentWinsOverNull() {
    Expression bad = call(DIVIDE, whole(1), whole(0));
    assertEquals("Cannot divide 1 by zero", error(ADD, cast(NULL, Type.INTEGER), bad));
    assertEquals("Cannot divide 1 by zero", error(SUBSTRING, NULL, bad));
  }

  private static void requireSame(Expression left, Expression right, Object[] row) {
    assertEquals(outcome(left, row), outcome(right, row), () -> left + "\n" + right);
  }
}
