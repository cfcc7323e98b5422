// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import static org.anabranch.view.expression.Expressions.*;
import static org.anabranch.view.expression.Operator.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression.Call;
import org.anabranch.view.expression.Expression.Cast;
import org.anabranch.view.expression.Expression.Literal;
import org.anabranch.view.expression.Expression.When;
import org.junit.jupiter.api.Test;

final class TypingTest {
  private static final Expression INTEGER = column(Type.INTEGER);
  private static final Expression BIGINT = column(Type.BIGINT);
  private static final Expression DOUBLE = column(Type.DOUBLE);
  private static final Expression MONEY = column(Type.decimal(10, 2));
  private static final Expression TEXT = column(Type.VARCHAR);
  private static final Expression DATE = column(Type.DATE);
  private static final Expression TIMESTAMP = column(Type.TIMESTAMP);
  private static final Expression INSTANT = column(Type.INSTANT);

  @Test
  void arithmeticHasTheWiderTypeOfItsOperands() {
    assertEquals(Type.INTEGER, call(ADD, INTEGER, INTEGER).type());
    assertEquals(Type.BIGINT, call(ADD, INTEGER, BIGINT).type());
    assertEquals(Type.DOUBLE, call(ADD, MONEY, DOUBLE).type());
    assertEquals(Type.DOUBLE, call(MULTIPLY, DOUBLE, INTEGER).type());
    assertEquals(Type.INTEGER, call(DIVIDE, INTEGER, whole(2)).type());
  }

  @Test
  void decimalSumsHaveOneMoreDigit() {
    assertEquals(Type.decimal(11, 2), call(ADD, MONEY, MONEY).type());
    assertEquals(Type.decimal(13, 2), call(SUBTRACT, INTEGER, MONEY).type());
    assertEquals(Type.decimal(22, 2), call(ADD, MONEY, BIGINT).type());
    assertEquals(Type.decimal(38, 4), call(ADD, column(Type.decimal(38, 4)), MONEY).type());
  }

  @Test
  void decimalProductsHaveTheDigitsOfBoth() {
    assertEquals(Type.decimal(20, 4), call(MULTIPLY, MONEY, MONEY).type());
    assertEquals(Type.decimal(38, 22), call(MULTIPLY, column(Type.decimal(38, 20)), MONEY).type());
    assertTrue(
        refusal(MULTIPLY, column(Type.decimal(38, 20)), column(Type.decimal(38, 20)))
            .contains("write CAST"));
  }

  @Test
  void decimalQuotientsHaveSixteenDigitsAfterThePoint() {
    assertEquals(Type.decimal(26, 16), call(DIVIDE, MONEY, decimal("1.50")).type());
    assertEquals(Type.decimal(38, 16), call(DIVIDE, column(Type.decimal(38, 0)), BIGINT).type());
    assertEquals(Type.decimal(38, 20), call(DIVIDE, column(Type.decimal(38, 20)), MONEY).type());
  }

  @Test
  void decimalRemaindersAreNoLargerThanEither() {
    assertEquals(Type.decimal(10, 2), call(MODULO, MONEY, BIGINT).type());
    assertEquals(Type.decimal(3, 2), call(MODULO, MONEY, whole(7)).type());
  }

  @Test
  void roundingADecimalMayNeedOneMoreDigit() {
    assertEquals(Type.decimal(9, 0), call(ROUND, MONEY).type());
    assertEquals(Type.decimal(10, 1), call(ROUND, MONEY, whole(1)).type());
    assertEquals(Type.decimal(10, 2), call(ROUND, MONEY, whole(5)).type());
    assertEquals(Type.decimal(9, 0), call(ROUND, MONEY, whole(-2)).type());
    assertEquals(Type.INTEGER, call(FLOOR, INTEGER).type());
    assertTrue(refusal(ROUND, MONEY, INTEGER).contains("write it as a number"));
  }

  @Test
  void wholeLiteralsTakeOnlyTheDigitsTheyHave() {
    assertEquals(Type.decimal(12, 2), call(MULTIPLY, MONEY, whole(10)).type());
    Call call = (Call) call(EQUAL, column(Type.decimal(38, 36)), whole(5));
    BigDecimal five = new BigDecimal("5").setScale(36);
    assertEquals(new Literal(five, Type.decimal(38, 36)), call.arguments().get(1));
  }

  @Test
  void textLiteralsAreReadAsTheTypeTheyMeet() {
    Call call = (Call) call(EQUAL, DATE, text("2001-01-01"));
    assertEquals(new Literal(11_323L, Type.DATE), call.arguments().get(1));
    assertEquals(Type.INTEGER, call(ADD, INTEGER, text(" 5 ")).type());
    assertEquals(Type.decimal(12, 3), call(ADD, MONEY, text("1.555")).type());
    assertTrue(refusal(EQUAL, DATE, text("2001-02-30")).contains("'2001-02-30'"));
    assertTrue(refusal(ADD, INTEGER, text("1.5")).contains("'1.5'"));
  }

  @Test
  void textColumnsAreNotNumbers() {
    assertTrue(refusal(EQUAL, TEXT, whole(5)).contains("write CAST"));
    assertTrue(refusal(ADD, TEXT, whole(5)).contains("VARCHAR and INTEGER"));
    assertTrue(refusal(UPPER, INTEGER).contains("write CAST"));
  }

  @Test
  void nullIsNullOfTheTypeItMeets() {
    Call call = (Call) call(EQUAL, NULL, DATE);
    assertEquals(new Literal(null, Type.DATE), call.arguments().get(0));
    assertEquals(Type.INTEGER, call(ADD, NULL, NULL).type());
    assertEquals(Type.VARCHAR, call(COALESCE, NULL, NULL).type());
    assertEquals(Type.DOUBLE, call(COALESCE, cast(NULL, Type.DOUBLE), INTEGER).type());
  }

  @Test
  void aDateMeetsATimestampAtMidnight() {
    Call call = (Call) call(LESS, DATE, TIMESTAMP);
    assertEquals(new Cast(DATE, Type.TIMESTAMP), call.arguments().get(0));
  }

  @Test
  void anInstantMeetsOtherTimesOnlyAtAZone() {
    assertTrue(refusal(LESS, INSTANT, TIMESTAMP).contains("AT TIME ZONE"));
    assertTrue(refusal(LESS, INSTANT, DATE).contains("AT TIME ZONE"));
  }

  @Test
  void timesAndIntervalsCombineAsInPostgres() {
    assertEquals(Type.TIMESTAMP, call(ADD, DATE, months(1)).type());
    assertEquals(Type.INSTANT, call(SUBTRACT, INSTANT, millis(1)).type());
    assertEquals(Type.TIMESTAMP, call(ADD, millis(1), TIMESTAMP).type());
    assertEquals(Type.DATE, call(ADD, DATE, INTEGER).type());
    assertEquals(Type.INTEGER, call(SUBTRACT, DATE, DATE).type());
    assertEquals(Type.DAYS_INTERVAL, call(SUBTRACT, TIMESTAMP, DATE).type());
    assertEquals(Type.MONTHS_INTERVAL, call(MULTIPLY, INTEGER, months(1)).type());
    assertTrue(refusal(ADD, DATE, DATE).startsWith("Cannot apply ADD"));
    assertTrue(refusal(ADD, months(1), millis(1)).startsWith("Cannot apply ADD"));
  }

  @Test
  void aDateHasNoTimeOfDay() {
    assertTrue(refusal(EXTRACT_HOUR, DATE).contains("DATE"));
    assertTrue(refusal(FLOOR_MINUTE, DATE).contains("DATE"));
    assertEquals(Type.DATE, call(FLOOR_MONTH, DATE).type());
  }

  @Test
  void onlyRegionsAreTimeZones() {
    assertTrue(refusal(AT_TIME_ZONE, INSTANT, text("+02:00")).contains("region"));
    assertTrue(refusal(AT_TIME_ZONE, INSTANT, text("EST")).contains("region"));
    assertTrue(refusal(AT_TIME_ZONE, INSTANT, text("europe/berlin")).contains("'Europe/Berlin'?"));
    assertTrue(refusal(AT_TIME_ZONE, INSTANT, TEXT).contains("computed"));
    assertTrue(refusal(AT_TIME_ZONE, DATE, text("UTC")).contains("DATE"));
  }

  @Test
  void patternsMustBeConstantAndWhole() {
    assertTrue(refusal(LIKE, TEXT, TEXT).contains("computed"));
    assertTrue(refusal(LIKE, TEXT, text("a\\")).contains("escape"));
    assertTrue(refusal(LIKE, TEXT, text("a"), text("ab")).contains("one character"));
  }

  @Test
  void aConstantCastIsDoneAtOnce() throws TypeException {
    assertEquals(whole(12), Typing.cast(text("12"), Type.INTEGER));
    assertEquals(whole(-3), Typing.call(NEGATE, List.of(whole(3))));
    TypeException refused =
        assertThrows(TypeException.class, () -> Typing.cast(text("abc"), Type.INTEGER));
    assertTrue(refused.getMessage().contains("'abc'"));
    assertThrows(TypeException.class, () -> Typing.cast(DATE, Type.INTEGER));
  }

  @Test
  void caseHasTheCommonTypeOfItsValues() throws TypeException {
    Expression cases = Typing.cases(List.of(new When(TRUE, INTEGER)), MONEY);
    assertEquals(Type.decimal(12, 2), cases.type());
    assertEquals(Type.INTEGER, Typing.cases(List.of(new When(TRUE, INTEGER)), null).type());
    assertThrows(
        TypeException.class, () -> Typing.cases(List.of(new When(INTEGER, INTEGER)), null));
  }

  @Test
  void numbersTooLargeForOneTypeAreRefused() {
    Expression fraction = column(Type.decimal(38, 38));
    assertTrue(refusal(EQUAL, column(Type.decimal(38, 0)), fraction).contains("38 digits"));
    assertTrue(refusal(COALESCE, BIGINT, fraction).contains("38 digits"));
  }

  @Test
  void numberLiteralsAreAsNarrowAsTheyMayBe() throws TypeException {
    assertEquals(Type.INTEGER, Typing.number(new BigDecimal("2147483647")).type());
    assertEquals(Type.BIGINT, Typing.number(new BigDecimal("2147483648")).type());
    assertEquals(Type.decimal(19, 0), Typing.number(new BigDecimal("9223372036854775808")).type());
    assertEquals(Type.decimal(2, 1), Typing.number(new BigDecimal("1.5")).type());
    assertEquals(Type.decimal(2, 2), Typing.number(new BigDecimal("0.05")).type());
    assertThrows(TypeException.class, () -> Typing.number(new BigDecimal("1e40")));
  }

  @Test
  void theWrongNumberOfArgumentsIsRefused() {
    assertTrue(refusal(UPPER).contains("takes 1"));
    assertTrue(refusal(ROUND, INTEGER, whole(1), whole(1)).contains("takes 1 to 2"));
    assertTrue(refusal(EXTRACT_YEAR, DATE, DATE).contains("takes 1"));
  }
}
