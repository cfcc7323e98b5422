// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine;

import org.anabranch.engine.operator.Input;
import org.anabranch.engine.operator.Selection;
import org.anabranch.engine.operator.Values;
import org.anabranch.engine.operator.VectorOperator;

/** WHERE or FILTER: which rows go on. */
final class Condition implements Stage {
  private final VectorOperator operator;
  private final boolean windowed;
  private final Selection from;
  private final Selection matching = new Selection();

  /**
   * @param operator the condition, null for one that always holds
   * @param windowed whether it, or what selects its rows, depends on the window
   * @param from the rows it is computed for
   */
  Condition(VectorOperator operator, boolean windowed, Selection from) {
    this.operator = operator;
    this.windowed = windowed;
    this.from = from;
  }

  /** The rows for which it is true. */
  Selection matching() {
    return matching;
  }

  @Override
  public boolean isWindowed() {
    return windowed;
  }

  @Override
  public boolean mayFailByWindow() {
    return windowed;
  }

  @Override
  public void evaluate(Input input, Rejections rejections) {
    if (operator == null) {
      matching.copyOf(from);
      return;
    }
    Values truth = operator.evaluate(input, from);
    rejections.note(truth, from);
    matching.clear(input.size());
    keepTrue(truth, truth.anyNull() ? truth.nulls() : null);
  }

  /** Hot kernel. */
  private void keepTrue(Values truth, boolean[] nulls) {
    long[] values = truth.longs();
    int[] target = matching.rows();
    int[] rows = from.rows();
    int kept = 0;
    for (int i = 0, n = from.count(); i < n; i++) {
      int row = rows[i];
      target[kept] = row;
      kept += values[row] != 0 && (nulls == null || !nulls[row]) ? 1 : 0;
    }
    matching.keep(kept);
  }

  @Override
  public void settle(Rejections rejections) {
    rejections.removeFrom(matching);
  }
}
