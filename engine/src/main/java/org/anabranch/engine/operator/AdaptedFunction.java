// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

import org.anabranch.view.expression.Expression;

/** A rare operator: every row through {@link ScalarCall}, nulls included. */
final class AdaptedFunction extends Function {
  private final ScalarCall scalar;

  AdaptedFunction(Expression expression, VectorOperator[] operands) {
    super(expression.type(), operands, false);
    this.scalar = new ScalarCall(expression);
  }

  @Override
  void compute(Values[] arguments, Values result, Selection selection) {
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      scalar.compute(arguments, rows[i], result);
    }
  }
}
