// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

import org.anabranch.view.Type;
import org.anabranch.view.expression.TimeFunctions;
import org.anabranch.view.expression.Unpresentable;

/** The start or the end of the window in which rows are looked at. */
final class WindowOperator implements VectorOperator {
  private final boolean end;
  private final boolean checked;
  private final Values values;

  /**
   * @param checked whether an edge outside the calendar is an error
   */
  WindowOperator(boolean end, boolean checked, Type type) {
    this.end = end;
    this.checked = checked;
    this.values = new Values(type);
  }

  @Override
  public Values evaluate(Input input, Selection selection) {
    values.start(input.size());
    long[] target = values.longs();
    long[] starts = input.windowStarts();
    long distance = end ? input.windowSize() : 0;
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      target[rows[i]] = starts[rows[i]] + distance;
    }
    if (checked) {
      check(selection);
    }
    return values;
  }

  private void check(Selection selection) {
    long[] edges = values.longs();
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      if (!TimeFunctions.isInRange(edges[rows[i]])) {
        values.setError(rows[i], Unpresentable.outsideAdvised(edges[rows[i]]));
      }
    }
  }
}
