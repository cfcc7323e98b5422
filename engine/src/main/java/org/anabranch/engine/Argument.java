// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine;

import org.anabranch.engine.operator.Input;
import org.anabranch.engine.operator.Selection;
import org.anabranch.engine.operator.Values;
import org.anabranch.engine.operator.VectorOperator;

/** A key or an aggregate's argument: its values, and for which rows there are any. */
final class Argument implements Stage {
  private final VectorOperator operator;
  private final boolean windowed;
  private final boolean mayFail;
  private final Condition under;
  private final Selection scratch = new Selection();
  private Values values;
  private Selection present;

  /**
   * @param windowed whether it, or what selects its rows, depends on the window
   * @param mayFail whether it is more than a column
   * @param under what selects the rows it is computed for
   */
  Argument(VectorOperator operator, boolean windowed, boolean mayFail, Condition under) {
    this.operator = operator;
    this.windowed = windowed;
    this.mayFail = mayFail;
    this.under = under;
  }

  Values values() {
    return values;
  }

  /** The rows that go on and have a value that is not null. */
  Selection present() {
    return present;
  }

  @Override
  public boolean isWindowed() {
    return windowed;
  }

  @Override
  public boolean mayFailByWindow() {
    return windowed && mayFail;
  }

  @Override
  public void evaluate(Input input, Rejections rejections) {
    values = operator.evaluate(input, under.matching());
    rejections.note(values, under.matching());
  }

  @Override
  public void settle(Rejections rejections) {
    present = presentIn(under.matching(), scratch);
  }

  /** The rows of a selection that have a value: itself, or the scratch filled with them. */
  Selection presentIn(Selection selection, Selection target) {
    if (!values.anyNull()) {
      return selection;
    }
    boolean[] nulls = values.nulls();
    int[] rows = selection.rows();
    int n = selection.count();
    target.clear(n);
    for (int i = 0; i < n; i++) {
      if (!nulls[rows[i]]) {
        target.add(rows[i]);
      }
    }
    return target;
  }
}
