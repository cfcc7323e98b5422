// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.view.expression.Evaluation;
import org.anabranch.view.expression.EvaluationException;
import org.anabranch.view.expression.Expression;

/**
 * One operator computed for one row by {@link Evaluation}, the specification. Kernels hand it every
 * row they are not sure about, and rare operators all their rows, so that no meaning and no message
 * is defined twice.
 */
final class ScalarCall {
  private final Expression shallow;
  private final Object[] row;

  /** Takes the expression's outermost operator; literal operands stay, others become arguments. */
  ScalarCall(Expression expression) {
    this.shallow = shallow(expression);
    this.row = new Object[expression.children().size()];
  }

  private static Expression shallow(Expression expression) {
    List<Expression> operands = new ArrayList<>();
    for (Expression child : expression.children()) {
      operands.add(
          child.asLiteral().isPresent()
              ? child
              : new Expression.ColumnReference(operands.size(), "", child.type()));
    }
    if (expression instanceof Expression.Cast cast) {
      return new Expression.Cast(operands.get(0), cast.type());
    }
    return new Expression.Call(
        ((Expression.Call) expression).operator(), operands, expression.type());
  }

  /** Sets the row's value, null or error from the operands' values. */
  void compute(Values[] operands, int index, Values target) {
    for (int i = 0; i < row.length; i++) {
      row[i] = operands[i].get(index);
    }
    try {
      target.set(index, Evaluation.evaluate(shallow, row));
    } catch (EvaluationException e) {
      target.setError(index, e.getMessage());
    }
  }
}
