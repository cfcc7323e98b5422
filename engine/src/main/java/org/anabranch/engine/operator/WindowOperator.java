// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

import org.anabranch.view.Type;

/** The start or the end of the window in which rows are looked at. */
final class WindowOperator implements VectorOperator {
  private final boolean end;
  private final Values values;

  WindowOperator(boolean end, Type type) {
    this.end = end;
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
    return values;
  }
}
