// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

/** The slow, obvious evaluator: the specification of what expressions mean. */
public final class Evaluation {
  private Evaluation() {}

  /**
   * Computes an expression over one row.
   *
   * @param row the row's values as Java objects (see {@link org.anabranch.view.Type})
   * @return a value of the expression's type, or null
   * @throws EvaluationException if the value cannot be computed
   */
  public static Object evaluate(Expression expression, Object[] row) throws EvaluationException {
    throw new UnsupportedOperationException("Cannot evaluate " + expression + row.length);
  }
}
