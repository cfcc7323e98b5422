// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import java.math.BigDecimal;
import org.anabranch.view.Type;

/** The one order of values: of comparisons, MIN, MAX, sorted keys and answers. */
public final class Comparison {
  private Comparison() {}

  /**
   * Compares two values of a type that are not null: numbers by value with NaN last, text by code
   * points, false before true, earlier before later.
   */
  public static int compare(Object left, Object right, Type type) {
    return switch (type.kind()) {
      case BOOLEAN -> Boolean.compare((Boolean) left, (Boolean) right);
      case DOUBLE -> DoubleArithmetic.compare((Double) left, (Double) right);
      case DECIMAL -> ((BigDecimal) left).compareTo((BigDecimal) right);
      case VARCHAR -> TextFunctions.compare((String) left, (String) right);
      default -> Long.compare((Long) left, (Long) right);
    };
  }

  /** Whether a comparison operator holds for an order of its operands. */
  public static boolean holds(Operator operator, int order) {
    return switch (operator) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
      default -> throw new IllegalArgumentException("Cannot compare by " + operator);
    };
  }

  /** Equal, or both null. */
  public static boolean same(Object left, Object right, Type type) {
    if (left == null || right == null) {
      return left == right;
    }
    return compare(left, right, type) == 0;
  }
}
