// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import java.util.List;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression.Call;
import org.anabranch.view.expression.Expression.Case;
import org.anabranch.view.expression.Expression.Cast;
import org.anabranch.view.expression.Expression.ColumnReference;
import org.anabranch.view.expression.Expression.Literal;

/**
 * The slow, obvious evaluator: the specification of what expressions mean.
 *
 * <p>The value of an expression is a value of its type, null, or an error. Arguments are computed
 * from left to right, and an error in one is the error of the whole, even where another is null.
 * The exceptions: AND, OR and IN are decided by one operand that decides, whatever the others are
 * and in whatever order; CASE and COALESCE compute nothing after what they choose.
 */
public final class Evaluation {
  private Evaluation() {}

  /**
   * Computes an expression over one row.
   *
   * @param row the row's values as Java objects (see {@link org.anabranch.view.Type}); what is
   *     {@link Unpresentable} is an error where its value is needed
   * @return a value of the expression's type, or null
   * @throws EvaluationException if the value cannot be computed
   */
  public static Object evaluate(Expression expression, Object[] row) throws EvaluationException {
    if (expression instanceof Literal literal) {
      return literal.value();
    }
    if (expression instanceof ColumnReference column) {
      return value(row[column.index()]);
    }
    if (expression instanceof Cast cast) {
      return Conversions.convert(evaluate(cast.operand(), row), cast.operand().type(), cast.type());
    }
    return expression instanceof Case cases ? choose(cases, row) : call((Call) expression, row);
  }

  private static Object value(Object cell) throws EvaluationException {
    if (cell instanceof Unpresentable unpresentable) {
      throw unpresentable.asError();
    }
    return cell;
  }

  /** An operand of a call that takes what is known, though it cannot be shown. */
  private static Object known(Expression operand, Object[] row) throws EvaluationException {
    return operand instanceof ColumnReference column
            && row[column.index()] instanceof Unpresentable unpresentable
            && unpresentable.known() != null
        ? unpresentable.known()
        : evaluate(operand, row);
  }

  /** Whether a condition is true: null is not. */
  public static boolean isTrue(Expression condition, Object[] row) throws EvaluationException {
    return Boolean.TRUE.equals(evaluate(condition, row));
  }

  private static Object choose(Case cases, Object[] row) throws EvaluationException {
    for (Expression.When branch : cases.branches()) {
      if (isTrue(branch.condition(), row)) {
        return evaluate(branch.value(), row);
      }
    }
    return evaluate(cases.otherwise(), row);
  }

  private static Object call(Call call, Object[] row) throws EvaluationException {
    List<Expression> arguments = call.arguments();
    return switch (call.operator()) {
      case AND -> decide(arguments, false, row);
      case OR -> decide(arguments, true, row);
      case IN -> in(arguments, row);
      case COALESCE -> coalesce(arguments, row);
      case GREATEST -> extreme(arguments, 1, row);
      case LEAST -> extreme(arguments, -1, row);
      case IS_NULL -> known(arguments.get(0), row) == null;
      case IS_NOT_NULL -> known(arguments.get(0), row) != null;
      case IS_TRUE -> isTrue(arguments.get(0), row);
      case IS_NOT_TRUE -> !isTrue(arguments.get(0), row);
      case IS_FALSE -> Boolean.FALSE.equals(evaluate(arguments.get(0), row));
      case IS_NOT_FALSE -> !Boolean.FALSE.equals(evaluate(arguments.get(0), row));
      case IS_DISTINCT_FROM -> !same(arguments, row);
      case IS_NOT_DISTINCT_FROM -> same(arguments, row);
      default -> strict(call, row);
    };
  }

  /** AND is decided by false, OR by true; else the first error is the value, else null if any. */
  private static Boolean decide(List<Expression> arguments, boolean deciding, Object[] row)
      throws EvaluationException {
    EvaluationException error = null;
    boolean anyNull = false;
    for (Expression argument : arguments) {
      try {
        Object value = evaluate(argument, row);
        if (value == null) {
          anyNull = true;
        } else if ((Boolean) value == deciding) {
          return deciding;
        }
      } catch (EvaluationException e) {
        error = error == null ? e : error;
      }
    }
    if (error != null) {
      throw error;
    }
    return anyNull ? null : (Boolean) !deciding;
  }

  /** The OR of the first argument's equality with each of the others. */
  private static Boolean in(List<Expression> arguments, Object[] row) throws EvaluationException {
    Object needle = known(arguments.get(0), row);
    Type type = arguments.get(0).type();
    EvaluationException error = null;
    boolean anyNull = false;
    for (Expression argument : arguments.subList(1, arguments.size())) {
      try {
        Object value = known(argument, row);
        if (value == null || needle == null) {
          anyNull = true;
        } else if (Comparison.compare(needle, value, type) == 0) {
          return true;
        }
      } catch (EvaluationException e) {
        error = error == null ? e : error;
      }
    }
    if (error != null) {
      throw error;
    }
    return anyNull ? null : (Boolean) false;
  }

  private static Object coalesce(List<Expression> arguments, Object[] row)
      throws EvaluationException {
    for (Expression argument : arguments) {
      Object value = evaluate(argument, row);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  /** The greatest or least value that is not null. */
  private static Object extreme(List<Expression> arguments, int sign, Object[] row)
      throws EvaluationException {
    Type type = arguments.get(0).type();
    Object found = null;
    for (Expression argument : arguments) {
      Object value = evaluate(argument, row);
      if (value != null && (found == null || sign * Comparison.compare(value, found, type) > 0)) {
        found = value;
      }
    }
    return found;
  }

  private static boolean same(List<Expression> arguments, Object[] row) throws EvaluationException {
    Object left = known(arguments.get(0), row);
    Object right = known(arguments.get(1), row);
    return Comparison.same(left, right, arguments.get(0).type());
  }

  private static Object strict(Call call, Object[] row) throws EvaluationException {
    List<Expression> arguments = call.arguments();
    Object[] values = new Object[arguments.size()];
    boolean anyNull = false;
    boolean takesKnown = Unpresentable.isTakenBy(call);
    for (int i = 0; i < values.length; i++) {
      Expression argument = arguments.get(i);
      values[i] = takesKnown ? known(argument, row) : evaluate(argument, row);
      anyNull |= values[i] == null;
    }
    return anyNull ? null : StrictCalls.apply(call, values);
  }
}
