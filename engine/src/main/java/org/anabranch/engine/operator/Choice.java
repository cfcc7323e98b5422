// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

import org.anabranch.view.Type;

/** Puts a result together from several operators, each computed only for its rows. */
final class Choice {
  private static final int FAILED = -1;

  private final VectorOperator[] branches;
  private final Values[] computed;
  private final Values result;
  private int[] chosen = new int[0];

  Choice(Type type, VectorOperator[] branches) {
    this.branches = branches;
    this.computed = new Values[branches.length];
    this.result = new Values(type);
  }

  void start(int size) {
    result.start(size);
    if (chosen.length < size) {
      chosen = new int[size];
    }
  }

  void choose(int row, int branch) {
    chosen[row] = branch;
  }

  void fail(int row, String reason) {
    chosen[row] = FAILED;
    result.setError(row, reason);
  }

  /** Computes each branch for the rows that chose it and gathers them in order of row. */
  Values evaluate(Input input, Selection selection, Selection[] taken) {
    for (int i = 0; i < branches.length; i++) {
      computed[i] = taken[i].count() > 0 ? branches[i].evaluate(input, taken[i]) : null;
    }
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int branch = chosen[rows[i]];
      if (branch != FAILED) {
        result.copy(rows[i], computed[branch]);
      }
    }
    return result;
  }
}
