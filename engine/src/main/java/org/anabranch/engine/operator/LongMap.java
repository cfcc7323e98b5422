// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

import org.anabranch.view.Type;
import org.anabranch.view.expression.EvaluationException;

/**
 * A function of one or two longs that the specification offers as a static method: called value by
 * value, without objects.
 */
final class LongMap extends Function {
  /** A function of longs; of one argument the second is the first again. */
  @FunctionalInterface
  interface Mapping {
    long apply(long first, long second) throws EvaluationException;
  }

  private final Mapping mapping;

  LongMap(Type type, VectorOperator[] operands, Mapping mapping) {
    super(type, operands, true);
    this.mapping = mapping;
  }

  /** Hot kernel. */
  @Override
  void compute(Values[] arguments, Values result, Selection selection) {
    long[] first = arguments[0].longs();
    long[] second = arguments[arguments.length - 1].longs();
    long[] target = result.longs();
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int row = rows[i];
      try {
        target[row] = mapping.apply(first[row], second[row]);
      } catch (EvaluationException e) {
        result.setError(row, e.getMessage());
      }
    }
  }
}
