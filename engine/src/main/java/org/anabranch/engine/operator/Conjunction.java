// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

import org.anabranch.view.Type;

/**
 * AND, and OR as its mirror. The deciding value (false for AND, true for OR) in any operand is the
 * result, whatever the others are; without one an error is the result, the first one's first; then
 * a null. An operand is computed only for rows that none before it decided.
 */
final class Conjunction implements VectorOperator {
  private final VectorOperator[] operands;
  private final long deciding;
  private final Selection open = new Selection();
  private final Values result = new Values(Type.BOOLEAN);

  Conjunction(VectorOperator[] operands, boolean deciding) {
    this.operands = operands;
    this.deciding = deciding ? 1 : 0;
  }

  @Override
  public Values evaluate(Input input, Selection selection) {
    result.start(input.size());
    open.copyOf(selection);
    long[] target = result.longs();
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      target[rows[i]] = 1 - deciding;
    }
    for (VectorOperator operand : operands) {
      if (open.count() > 0) {
        decide(operand.evaluate(input, open));
      }
    }
    return result;
  }

  /** Closes the rows that the operand decides and notes nulls and errors of the others. */
  private void decide(Values values) {
    long[] target = result.longs();
    long[] source = values.longs();
    int[] rows = open.rows();
    int kept = 0;
    for (int i = 0, n = open.count(); i < n; i++) {
      int row = rows[i];
      if (values.isNull(row)) {
        note(values, row);
        rows[kept++] = row;
      } else if (source[row] == deciding) {
        target[row] = deciding;
        result.clear(row);
      } else {
        rows[kept++] = row;
      }
    }
    open.keep(kept);
  }

  private void note(Values values, int row) {
    if (!values.isError(row)) {
      result.setNull(row);
    } else if (!result.isError(row)) {
      result.setError(row, values.errors()[row]);
    }
  }
}
