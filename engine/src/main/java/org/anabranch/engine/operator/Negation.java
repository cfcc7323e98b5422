// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

import org.anabranch.view.Type;

/** NOT. */
final class Negation extends Function {
  Negation(VectorOperator operand) {
    super(Type.BOOLEAN, new VectorOperator[] {operand}, true);
  }

  @Override
  void compute(Values[] arguments, Values result, Selection selection) {
    long[] source = arguments[0].longs();
    long[] target = result.longs();
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      target[rows[i]] = 1 - source[rows[i]];
    }
  }
}
