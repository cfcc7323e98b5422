// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

import org.anabranch.view.Type;

/** COALESCE: an operand is computed for the rows in which all before it are null. */
final class CoalesceOperator implements VectorOperator {
  private final VectorOperator[] operands;
  private final Values[] computed;
  private final Selection open = new Selection();
  private final Values result;
  private int[] chosen = new int[0];

  CoalesceOperator(Type type, VectorOperator[] operands) {
    this.operands = operands;
    this.computed = new Values[operands.length];
    this.result = new Values(type);
  }

  @Override
  public Values evaluate(Input input, Selection selection) {
    result.start(input.size());
    chosen = chosen.length < input.size() ? new int[input.size()] : chosen;
    open.copyOf(selection);
    for (int i = 0; i < operands.length && open.count() > 0; i++) {
      computed[i] = operands[i].evaluate(input, open);
      choose(i, i == operands.length - 1);
    }
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      result.copy(rows[i], computed[chosen[rows[i]]]);
    }
    return result;
  }

  /** A row stays open while it is null without an error; the last operand closes all. */
  private void choose(int operand, boolean last) {
    Values values = computed[operand];
    int[] rows = open.rows();
    int kept = 0;
    for (int i = 0, n = open.count(); i < n; i++) {
      int row = rows[i];
      if (last || !values.isNull(row) || values.isError(row)) {
        chosen[row] = operand;
      } else {
        rows[kept++] = row;
      }
    }
    open.keep(kept);
  }
}
