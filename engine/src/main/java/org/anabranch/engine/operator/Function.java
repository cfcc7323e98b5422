// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

import org.anabranch.view.Type;

/**
 * An operator that needs all its operands: an error in one of them is its error, the first one's
 * first. A null in one of them is a null of a strict function.
 */
abstract class Function implements VectorOperator {
  private final VectorOperator[] operands;
  private final Values[] arguments;
  private final boolean strict;
  private final Selection live = new Selection();
  private final Values result;

  Function(Type type, VectorOperator[] operands, boolean strict) {
    this.operands = operands;
    this.arguments = new Values[operands.length];
    this.strict = strict;
    this.result = new Values(type);
  }

  @Override
  public final Values evaluate(Input input, Selection selection) {
    boolean clean = true;
    for (int i = 0; i < operands.length; i++) {
      arguments[i] = operands[i].evaluate(input, selection);
      clean &= arguments[i].errors() == null && !(strict && arguments[i].anyNull());
    }
    result.start(input.size());
    compute(arguments, result, clean ? selection : computable(selection, input.size()));
    return result;
  }

  /**
   * Computes the selected rows, which have no error in any argument, and no null if strict. May set
   * some rows null or erroneous.
   */
  abstract void compute(Values[] arguments, Values result, Selection selection);

  private Selection computable(Selection selection, int size) {
    live.clear(size);
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      if (isComputable(rows[i])) {
        live.add(rows[i]);
      }
    }
    return live;
  }

  private boolean isComputable(int row) {
    boolean computable = true;
    for (Values argument : arguments) {
      if (argument.isNull(row)) {
        if (argument.isError(row)) {
          result.setError(row, argument.errors()[row]);
          return false;
        }
        computable = false;
      }
    }
    if (strict && !computable) {
      result.setNull(row);
    }
    return computable || !strict;
  }
}
