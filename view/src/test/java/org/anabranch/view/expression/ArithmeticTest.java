// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import static org.anabranch.view.expression.Expressions.*;
import static org.anabranch.view.expression.Operator.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.anabranch.view.Type;
import org.junit.jupiter.api.Test;

final class ArithmeticTest {
  private static final long SEED = 4711;

  @Test
  void wholeNumbersAreExactOrAnError() {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    RandomValues values = new RandomValues(random);
    for (int i = 0; i < 100_000; i++) {
      Type type = random.nextBoolean() ? Type.INTEGER : Type.BIGINT;
      long left = (Long) values.value(type) >> random.nextInt(40);
      long right = (Long) values.value(type) >> random.nextInt(40);
      for (Operator operator : List.of(ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO)) {
        requireExact(operator, left, right, type);
      }
    }
  }

  private static void requireExact(Operator operator, long left, long right, Type type) {
    BigInteger a = BigInteger.valueOf(left);
    BigInteger b = BigInteger.valueOf(right);
    BigInteger exact =
        switch (operator) {
          case ADD -> a.add(b);
          case SUBTRACT -> a.subtract(b);
          case MULTIPLY -> a.multiply(b);
          case DIVIDE -> right == 0 ? null : a.divide(b);
          default -> right == 0 ? null : a.remainder(b);
        };
    int bits = type.equals(Type.INTEGER) ? 31 : 63;
    Expression call =
        call(operator, new Expression.Literal(left, type), new Expression.Literal(right, type));
    if (exact == null || exact.bitLength() > bits) {
      String message = error(call);
      assertTrue(message.contains(exact == null ? "zero" : "does not fit " + type), message);
    } else {
      assertEquals(exact.longValueExact(), value(call));
    }
  }

  @Test
  void integerDivisionTruncatesAndRemaindersFollowTheDividend() {
    assertEquals(-3L, value(DIVIDE, whole(-7), whole(2)));
    assertEquals(-1L, value(MODULO, whole(-7), whole(2)));
    assertEquals(1L, value(MODULO, whole(7), whole(-2)));
    assertEquals("-2.00", shown(MODULO, whole(-5), decimal("3.00")));
    assertEquals("1.00", shown(MODULO, decimal("5.5"), decimal("2.25")));
  }

  @Test
  void integersDoNotWrap() {
    assertTrue(error(ADD, whole(2147483647), whole(1)).contains("does not fit INTEGER"));
    assertTrue(error(DIVIDE, big(Long.MIN_VALUE), big(-1)).contains("does not fit BIGINT"));
    assertTrue(error(ABS, whole(-2147483648)).contains("does not fit INTEGER"));
    assertEquals(2147483648L, value(ADD, whole(2147483647), big(1)));
  }

  @Test
  void divisionByZeroIsAnErrorForEveryType() {
    assertEquals("Cannot divide 1 by zero", error(DIVIDE, whole(1), whole(0)));
    assertEquals("Cannot divide 1.5 by zero", error(DIVIDE, decimal("1.5"), decimal("0.0")));
    assertEquals("Cannot divide 1.5 by zero", error(DIVIDE, real(1.5), real(0)));
    assertEquals("Cannot divide 0 by zero", error(MODULO, real(0), real(-0.0)));
    assertEquals(Double.NaN, value(DIVIDE, real(Double.NaN), real(0)));
  }

  @Test
  void doublesOverflowAndUnderflowAsInPostgres() {
    assertTrue(error(ADD, real(1e308), real(1e308)).contains("does not fit DOUBLE"));
    assertTrue(error(MULTIPLY, real(1e-200), real(1e-200)).contains("does not fit DOUBLE"));
    assertTrue(error(DIVIDE, real(1e-300), real(1e300)).contains("does not fit DOUBLE"));
    double infinity = Double.POSITIVE_INFINITY;
    assertEquals(infinity, value(ADD, real(infinity), real(1)));
    assertEquals(Double.NaN, value(SUBTRACT, real(infinity), real(infinity)));
    assertEquals(0.0, value(DIVIDE, real(1), real(infinity)));
  }

  @Test
  void notANumberEqualsItselfAndIsGreatest() {
    assertEquals(true, value(EQUAL, real(Double.NaN), real(Double.NaN)));
    assertEquals(true, value(GREATER, real(Double.NaN), real(Double.POSITIVE_INFINITY)));
    assertEquals(true, value(EQUAL, real(-0.0), real(0.0)));
    assertEquals(0.0, value(NEGATE, real(0.0)));
    assertEquals(0.0, value(CEIL, real(-0.5)));
  }

  @Test
  void decimalsAreExactOrRoundedOnceOrAnError() {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED + 1);
    RandomValues values = new RandomValues(random);
    List<Type> types = List.of(Type.decimal(9, 2), Type.decimal(18, 4), Type.decimal(38, 6));
    for (int i = 0; i < 50_000; i++) {
      Type leftType = types.get(random.nextInt(3));
      Type rightType = types.get(random.nextInt(3));
      BigDecimal left = (BigDecimal) values.value(leftType);
      BigDecimal right = (BigDecimal) values.value(rightType);
      var a = new Expression.Literal(left, leftType);
      var b = new Expression.Literal(right, rightType);
      requireExact(call(ADD, a, b), left.add(right));
      requireExact(call(SUBTRACT, a, b), left.subtract(right));
      requireExact(call(MULTIPLY, a, b), left.multiply(right));
      if (right.signum() != 0) {
        requireNearest(call(DIVIDE, a, b), left, right);
        requireExact(call(MODULO, a, b), left.remainder(right));
      }
    }
  }

  private static void requireExact(Expression call, BigDecimal exact) {
    boolean fits = exact.setScale(call.type().scale()).precision() <= call.type().precision();
    if (fits) {
      assertEquals(0, exact.compareTo((BigDecimal) value(call)), call::canonical);
    } else {
      assertTrue(error(call).contains("does not fit"), call::canonical);
    }
  }

  /** The quotient is off by at most half a unit in its last place. */
  private static void requireNearest(Expression call, BigDecimal left, BigDecimal right) {
    BigDecimal quotient;
    try {
      quotient = (BigDecimal) Evaluation.evaluate(call, new Object[0]);
    } catch (EvaluationException e) {
      BigDecimal limit = BigDecimal.TEN.pow(call.type().precision() - call.type().scale());
      BigDecimal reached = limit.subtract(BigDecimal.ONE.movePointLeft(call.type().scale()));
      assertTrue(left.abs().compareTo(reached.multiply(right.abs())) > 0, call::canonical);
      return;
    }
    BigDecimal error = quotient.multiply(right).subtract(left).abs();
    BigDecimal half = new BigDecimal("0.5").movePointLeft(call.type().scale());
    assertTrue(error.compareTo(half.multiply(right.abs())) <= 0, call::canonical);
  }

  @Test
  void quotientsOfLargeTypesKeepTheirFraction() {
    Expression sum = cast(whole(10), Type.decimal(38, 0));
    assertEquals("3.3333333333333333", shown(DIVIDE, sum, big(3)));
    assertEquals("-0.6666666666666667", shown(DIVIDE, decimal("-2.0"), whole(3)));
  }

  @Test
  void roundingGoesAwayFromZeroExceptForDouble() {
    assertEquals("-3", shown(ROUND, decimal("-2.5")));
    assertEquals("1.01", shown(ROUND, decimal("1.005"), whole(2)));
    assertEquals("1200", shown(ROUND, decimal("1249.99"), whole(-2)));
    assertEquals(12300L, value(ROUND, whole(12345), whole(-2)));
    assertEquals(0L, value(ROUND, big(Long.MAX_VALUE), whole(-30)));
    assertEquals(9_000_000_000_000_000_000L, value(ROUND, big(Long.MAX_VALUE), whole(-18)));
    assertEquals(2.0, value(ROUND, real(2.5)));
    assertEquals(-2.0, value(ROUND, real(-2.5)));
    assertEquals(1.01, value(ROUND, real(1.005), whole(2)));
    assertEquals(1200.0, value(ROUND, real(1249.99), whole(-2)));
    assertEquals("-3", shown(FLOOR, decimal("-2.1")));
    assertEquals("-2", shown(CEIL, decimal("-2.9")));
    assertEquals(-3.0, value(FLOOR, real(-2.1)));
  }
}
