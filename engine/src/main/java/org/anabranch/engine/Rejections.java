// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.engine.operator.Selection;
import org.anabranch.engine.operator.Values;
import org.anabranch.view.Rows;
import org.anabranch.view.Tally;

/** Which rows of a chunk have an expression that cannot be computed, and the first reason. */
final class Rejections {
  private String[] reasons;
  private int count;

  void start(int size) {
    if (count > 0 || reasons == null || reasons.length < size) {
      reasons = new String[size];
    }
    count = 0;
  }

  /** How many rows of the chunk are rejected so far. */
  int count() {
    return count;
  }

  /** Notes the errors of the selected rows, keeping earlier reasons. */
  void note(Values values, Selection selection) {
    String[] errors = values.errors();
    if (errors != null) {
      for (int i = 0; i < selection.count(); i++) {
        int row = selection.rows()[i];
        if (errors[row] != null) {
          note(row, errors[row]);
        }
      }
    }
  }

  void note(int row, String reason) {
    if (reasons[row] == null) {
      reasons[row] = reason;
      count++;
    }
  }

  /** Takes the rejected rows out of a selection. */
  void removeFrom(Selection selection) {
    if (count > 0) {
      int[] rows = selection.rows();
      int kept = 0;
      for (int i = 0, n = selection.count(); i < n; i++) {
        if (reasons[rows[i]] == null) {
          rows[kept++] = rows[i];
        }
      }
      selection.keep(kept);
    }
  }

  /** The first of the rejected rows. */
  List<Tally.Sample> samples(Rows rows) {
    List<Tally.Sample> samples = new ArrayList<>();
    for (int row = 0; row < rows.size() && samples.size() < Tally.MAX_SAMPLES && count > 0; row++) {
      if (reasons[row] != null) {
        samples.add(new Tally.Sample(rows.lane(), rows.position(row), reasons[row]));
      }
    }
    return samples;
  }
}
