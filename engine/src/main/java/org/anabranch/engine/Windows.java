// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine;

import java.util.Optional;
import org.anabranch.engine.operator.Input;
import org.anabranch.engine.operator.Selection;
import org.anabranch.engine.operator.Values;
import org.anabranch.engine.operator.VectorOperator;
import org.anabranch.view.Fold;
import org.anabranch.view.Window;
import org.anabranch.view.expression.EvaluationException;
import org.anabranch.view.expression.TimeFunctions;

/** The windows of each row: one after the other, from the earliest. */
final class Windows {
  /** Edges at this distance of any time of the calendar are longs. */
  private static final long LONGEST_TOLD = TimeFunctions.MAX_MILLIS - TimeFunctions.MIN_MILLIS;

  private final Window window;
  private final VectorOperator time;
  private final Selection all = new Selection();
  private long[] lastStarts = new long[0];
  private long[] starts = new long[0];

  private Windows(Window window, VectorOperator time) {
    this.window = window;
    this.time = time;
  }

  static Windows of(Fold fold, Optional<VectorOperator> time) {
    return new Windows(fold.window().orElse(null), time.orElse(null));
  }

  /** How many windows each row is in, 1 without windows. */
  int perRow() {
    return window == null ? 1 : window.windowsPerRow();
  }

  /** Selects those rows of a block that are in windows, which without windows are all. */
  void look(Input input, int from, int to, Selection looked, Rejections rejections) {
    if (window == null) {
      looked.range(from, to);
      return;
    }
    if (starts.length < input.size()) {
      starts = new long[input.size()];
      lastStarts = new long[input.size()];
    }
    all.range(from, to);
    Values times = time.evaluate(input, all);
    rejections.note(times, all);
    looked.clear(to - from);
    long[] values = times.longs();
    for (int row = from; row < to; row++) {
      if (!times.isNull(row) && findWindows(window.millis(values[row]), row, rejections)) {
        looked.add(row);
      }
    }
  }

  /** Windows that may be too long to be told are left to {@link Window#starts}. */
  private boolean findWindows(long millis, int row, Rejections rejections) {
    if (window.size() <= LONGEST_TOLD) {
      lastStarts[row] = millis - Math.floorMod(millis - window.offset(), window.slide());
      return true;
    }
    try {
      lastStarts[row] = window.starts(millis)[window.windowsPerRow() - 1];
      return true;
    } catch (EvaluationException e) {
      rejections.note(row, e.getMessage());
      return false;
    }
  }

  /** Puts the selected rows in their window of the given number. */
  void show(Input input, int number, Selection looked) {
    if (window == null) {
      return;
    }
    long back = (perRow() - 1 - number) * window.slide();
    int[] rows = looked.rows();
    for (int i = 0, n = looked.count(); i < n; i++) {
      starts[rows[i]] = lastStarts[rows[i]] - back;
    }
    input.window(starts, window.size());
  }
}
