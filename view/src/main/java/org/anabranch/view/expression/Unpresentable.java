// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import java.util.Objects;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression.Call;

/**
 * Stands in a row for a value that there is and that its type cannot show: a sum beyond its range,
 * a window's edge outside the calendar. Who needs the value gets the reason as an error; who does
 * not is not concerned.
 *
 * @param known the value, where it can still be compared and reckoned with although it cannot be
 *     shown; null where it cannot
 * @param reason what is wrong with it
 * @param advice what to do about it
 */
public record Unpresentable(Object known, String reason, String advice) {
  private static final String EDGE_ADVICE =
      "leave the edge out of the answer, or the row out of the view by WHERE";

  public Unpresentable {
    Objects.requireNonNull(reason, "reason is null");
    Objects.requireNonNull(advice, "advice is null");
  }

  /** A value as it stands in a row: itself, unless it is a time outside the calendar. */
  public static Object orValue(Object value, Type type) {
    boolean time = type.kind() == Type.Kind.TIMESTAMP || type.kind() == Type.Kind.INSTANT;
    if (!time || value == null || TimeFunctions.isInRange((Long) value)) {
      return value;
    }
    return new Unpresentable(value, outside((Long) value), EDGE_ADVICE);
  }

  /** Why a time outside the calendar cannot be shown. */
  public static String outside(long millis) {
    try {
      TimeFunctions.checked(millis);
      throw new IllegalArgumentException(millis + " ms since 1970 is no time outside the calendar");
    } catch (EvaluationException e) {
      return e.getMessage();
    }
  }

  /**
   * Whether a call compares, tests or moves times and so takes one outside the calendar: what comes
   * out is checked, or shows nothing of it.
   */
  public static boolean isTakenBy(Call call) {
    return switch (call.operator()) {
      case EQUAL,
          NOT_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          IS_DISTINCT_FROM,
          IS_NOT_DISTINCT_FROM,
          IN,
          IS_NULL,
          IS_NOT_NULL,
          TIME_BETWEEN ->
          true;
      case ADD_INTERVAL -> call.arguments().get(1).type().equals(Type.DAYS_INTERVAL);
      default -> false;
    };
  }

  /** The error of an expression that needs a window's edge outside the calendar. */
  public static String outsideAdvised(long millis) {
    return outside(millis) + "; " + EDGE_ADVICE;
  }

  /** The error of whoever needs the value. */
  EvaluationException asError() {
    return new EvaluationException(reason + "; " + advice);
  }
}
