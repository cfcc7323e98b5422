// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

import org.anabranch.view.Type;
import org.anabranch.view.expression.Operator;

/** IS [NOT] NULL, TRUE, FALSE: never null; an error stays an error. */
final class TruthTest extends Function {
  private final Operator test;

  TruthTest(Operator test, VectorOperator operand) {
    super(Type.BOOLEAN, new VectorOperator[] {operand}, false);
    this.test = test;
  }

  static boolean covers(Operator operator) {
    return switch (operator) {
      case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE -> true;
      default -> false;
    };
  }

  @Override
  void compute(Values[] arguments, Values result, Selection selection) {
    Values operand = arguments[0];
    long[] target = result.longs();
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      target[rows[i]] = holds(operand, rows[i]) ? 1 : 0;
    }
  }

  private boolean holds(Values operand, int row) {
    boolean isNull = operand.isNull(row);
    return switch (test) {
      case IS_NULL -> isNull;
      case IS_NOT_NULL -> !isNull;
      case IS_TRUE -> !isNull && operand.longs()[row] != 0;
      case IS_NOT_TRUE -> isNull || operand.longs()[row] == 0;
      case IS_FALSE -> !isNull && operand.longs()[row] == 0;
      case IS_NOT_FALSE -> isNull || operand.longs()[row] != 0;
      default -> throw new IllegalStateException("Cannot test " + test);
    };
  }
}
