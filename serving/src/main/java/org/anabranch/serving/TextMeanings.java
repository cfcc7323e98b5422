// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.math.BigDecimal;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Conversions;
import org.anabranch.view.expression.DecimalArithmetic;
import org.anabranch.view.expression.DoubleArithmetic;
import org.anabranch.view.expression.EvaluationException;
import org.anabranch.view.expression.NumberText;
import org.anabranch.view.expression.TextFunctions;

/** What our functions make of the texts that DuckDB hands over, with the names of their types. */
final class TextMeanings {
  private TextMeanings() {}

  static String round(String[] values) throws EvaluationException {
    double value = Conversions.parseDouble(values[0]);
    return NumberText.of(
        values.length == 1
            ? DoubleArithmetic.round(value)
            : DoubleArithmetic.round(value, Long.parseLong(values[1])));
  }

  static String joinable(String[] types) {
    if (!types[0].equals("VARCHAR") && !types[1].equals("VARCHAR")) {
      throw new IllegalArgumentException(
          "Cannot join " + types[0] + " and " + types[1] + " by ||: CAST one of them to VARCHAR");
    }
    return "yes";
  }

  static String divisible(String[] types) {
    boolean inexact = types[0].equals("DOUBLE") || types[1].equals("DOUBLE");
    String both = types[0] + ' ' + types[1];
    if (!inexact && (both.contains("DECIMAL") || both.contains("HUGEINT"))) {
      throw new IllegalArgumentException(
          "Cannot divide "
              + types[0].replace("HUGEINT", "DECIMAL(38,0)")
              + " by "
              + types[1].replace("HUGEINT", "DECIMAL(38,0)")
              + " in a query: CAST one to DOUBLE, or whole numbers to BIGINT");
    }
    return "yes";
  }

  /** The text of a quotient of DECIMALs, from the texts of both, and its precision and scale. */
  static String quotient(String[] values) throws EvaluationException {
    Type type = Type.decimal(Integer.parseInt(values[2]), Integer.parseInt(values[3]));
    return DecimalArithmetic.divide(new BigDecimal(values[0]), new BigDecimal(values[1]), type)
        .toPlainString();
  }

  /** Whether DuckDB's text of a time lies in the years there are; it writes BC behind others. */
  static String inYears(String[] values) throws EvaluationException {
    String text = values[0];
    if (text.indexOf('-') != 4 || text.endsWith(")") || !Character.isDigit(text.charAt(0))) {
      throw new EvaluationException("Cannot have a time outside the years 0001 to 9999: " + text);
    }
    return "yes";
  }

  static String substring(String[] values) throws EvaluationException {
    long start = Long.parseLong(values[1]);
    return values.length == 2
        ? TextFunctions.substring(values[0], start)
        : TextFunctions.substring(values[0], start, Long.parseLong(values[2]));
  }

  /** Our text of a value, from its type's name and DuckDB's text. */
  static String text(String[] values) throws EvaluationException {
    return switch (values[0]) {
      case "DOUBLE" -> NumberText.of(Conversions.parseDouble(values[1]));
      case "BOOLEAN", "INTEGER", "BIGINT", "HUGEINT", "DATE", "NULL" -> values[1];
      default -> {
        if (!values[0].startsWith("DECIMAL") && !values[0].startsWith("TIMESTAMP")) {
          throw new IllegalArgumentException("Cannot make a text of a value of type " + values[0]);
        }
        yield values[1];
      }
    };
  }

  /** The text of a value that our rules read from a text, for DuckDB to read. */
  static String read(String[] values) throws EvaluationException {
    Type type =
        switch (values[0]) {
          case "INTEGER" -> Type.INTEGER;
          case "BIGINT" -> Type.BIGINT;
          case "DOUBLE" -> Type.DOUBLE;
          case "BOOLEAN" -> Type.BOOLEAN;
          case "DATE" -> Type.DATE;
          case "TIMESTAMP" -> Type.TIMESTAMP;
          case "MICRO_TIMESTAMP" -> Type.MICRO_TIMESTAMP;
          case "MICRO_INSTANT" -> Type.MICRO_INSTANT;
          default -> Type.INSTANT;
        };
    Object value = Conversions.convert(values[1], Type.VARCHAR, type);
    return Conversions.toText(value, type);
  }

  /** As {@link #read}, of a DECIMAL with its digits, but null for what cannot be read. */
  static String readOrNull(String[] values) {
    try {
      return values.length == 4 ? decimal(values) : read(values);
    } catch (EvaluationException e) {
      // that is what TRY_CAST answers with NULL
      return null;
    }
  }

  /** The text of a DECIMAL, from type name, text, precision and scale. */
  static String decimal(String[] values) throws EvaluationException {
    Type type = Type.decimal(Integer.parseInt(values[2]), Integer.parseInt(values[3]));
    BigDecimal value =
        values[0].equals("DOUBLE")
            ? Conversions.toDecimal(Conversions.parseDouble(values[1]), type)
            : Conversions.parseDecimal(values[1], type);
    return value.toPlainString();
  }
}
