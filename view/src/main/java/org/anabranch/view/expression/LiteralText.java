// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import java.math.BigDecimal;
import java.util.Locale;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression.Literal;

/** Constants as one would write them in SQL. */
final class LiteralText {
  private static final String[] UNITS = {"DAY", "HOUR", "MINUTE"};
  private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000};

  /** So many digits are read, not counted. */
  private static final int LONGEST_EXACT = 9;

  private LiteralText() {}

  static String of(Literal literal) {
    Object value = literal.value();
    if (value == null) {
      return "NULL";
    }
    return switch (literal.type().kind()) {
      case VARCHAR -> quoted(value.toString());
      case BOOLEAN -> value.toString().toUpperCase(Locale.ROOT);
      case DOUBLE -> number((Double) value);
      case DATE, TIMESTAMP -> literal.type().kind() + " " + text(literal);
      case INSTANT -> "TIMESTAMP WITH TIME ZONE " + text(literal);
      case MICRO_TIMESTAMP, MICRO_INSTANT -> literal.type() + " " + text(literal);
      case DAYS_INTERVAL -> days((Long) value);
      case MICRO_INTERVAL -> micros((Long) value);
      case MONTHS_INTERVAL -> months((Long) value);
      default -> Conversions.toText(value, literal.type());
    };
  }

  /** Whether it is a number with a minus before it. */
  static boolean isSigned(Literal literal) {
    return of(literal).startsWith("-");
  }

  private static String text(Literal literal) {
    return quoted(Conversions.toText(literal.value(), literal.type()));
  }

  static String quoted(String text) {
    return '\'' + text.replace("'", "''") + '\'';
  }

  private static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return "CAST('" + NumberText.of(value) + "' AS DOUBLE)";
    }
    String text = NumberText.of(value);
    return text.contains("e") ? text : text + "e0";
  }

  /** A DOUBLE as the exact number that one would write for it, if it has few digits. */
  static Literal exact(Literal literal) {
    if (!(literal.value() instanceof Double value) || Double.isNaN(value) || value.isInfinite()) {
      return literal;
    }
    BigDecimal number = new BigDecimal(NumberText.of(value)).stripTrailingZeros();
    if (number.precision() > LONGEST_EXACT || Math.abs(number.scale()) > LONGEST_EXACT) {
      return literal;
    }
    return number.scale() <= 0
        ? new Literal(number.longValueExact(), Type.BIGINT)
        : new Literal(
            number, Type.decimal(Math.max(number.precision(), number.scale()), number.scale()));
  }

  /**
   * Intervals are of milliseconds where these suffice: what they mean beside others is the same.
   */
  private static String micros(long micros) {
    String seconds = BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString();
    return micros % MicroTimes.MICROS_PER_MILLI == 0
        ? days(micros / MicroTimes.MICROS_PER_MILLI)
        : "INTERVAL '" + seconds + "' SECOND";
  }

  private static String days(long millis) {
    for (int i = 0; i < UNITS.length; i++) {
      if (millis % MILLIS[i] == 0) {
        return "INTERVAL '" + millis / MILLIS[i] + "' " + UNITS[i];
      }
    }
    String seconds = BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString();
    return "INTERVAL '" + seconds + "' SECOND";
  }

  private static String months(long months) {
    return months % 12 == 0
        ? "INTERVAL '" + months / 12 + "' YEAR"
        : "INTERVAL '" + months + "' MONTH";
  }
}
