// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

import org.anabranch.view.Type;

/**
 * CASE: a condition is computed for the rows that no condition before it took, a value only for the
 * rows it is taken for. A condition with an error is the row's error.
 */
final class CaseOperator implements VectorOperator {
  private final VectorOperator[] conditions;
  private final Choice choice;
  private final Selection open = new Selection();
  private final Selection[] taken;

  /** The last of {@code values} is for the rows that no condition took. */
  CaseOperator(Type type, VectorOperator[] conditions, VectorOperator[] values) {
    this.conditions = conditions;
    this.choice = new Choice(type, values);
    this.taken = new Selection[values.length];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = new Selection();
    }
  }

  @Override
  public Values evaluate(Input input, Selection selection) {
    int size = input.size();
    choice.start(size);
    open.copyOf(selection);
    for (int i = 0; i < conditions.length; i++) {
      taken[i].clear(size);
      if (open.count() > 0) {
        take(conditions[i].evaluate(input, open), taken[i], i);
      }
    }
    Selection rest = taken[conditions.length].clear(size);
    take(open, rest, conditions.length);
    return choice.evaluate(input, selection, taken);
  }

  private void take(Values condition, Selection into, int branch) {
    int[] rows = open.rows();
    int kept = 0;
    for (int i = 0, n = open.count(); i < n; i++) {
      int row = rows[i];
      if (condition.isError(row)) {
        choice.fail(row, condition.errors()[row]);
      } else if (condition.isTrue(row)) {
        into.add(row);
        choice.choose(row, branch);
      } else {
        rows[kept++] = row;
      }
    }
    open.keep(kept);
  }

  private void take(Selection from, Selection into, int branch) {
    int[] rows = from.rows();
    for (int i = 0, n = from.count(); i < n; i++) {
      into.add(rows[i]);
      choice.choose(rows[i], branch);
    }
  }
}
