// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.anabranch.view.View;
import org.anabranch.view.segment.CellProblem;
import org.anabranch.view.segment.ShownGroup;

/**
 * A view's groups as rows of its {@link ViewTable}: the values, and for the columns that have marks
 * the reason why a cell cannot be shown. Which columns need marks is known when all rows were seen.
 */
final class MarkedRows {
  private final View view;
  private final BitSet marks;
  private final BitSet missed = new BitSet();
  private final Problems undecided = new Problems();

  MarkedRows(View view, BitSet marks) {
    this.view = view;
    this.marks = marks;
  }

  Object[] row(ShownGroup group) {
    if (!group.problems().isEmpty()) {
      group.problems().forEach(this::note);
    }
    if (marks.isEmpty()) {
      return group.values();
    }
    int size = group.values().length;
    Object[] row = Arrays.copyOf(group.values(), size + marks.cardinality());
    for (int i = marks.nextSetBit(0); i >= 0; i = marks.nextSetBit(i + 1)) {
      row[size++] = group.problem(i).map(problem -> problem.inWords(view.name())).orElse(null);
    }
    return row;
  }

  private void note(CellProblem problem) {
    if (problem.index() < 0) {
      undecided.add(List.of(problem));
    } else if (!marks.get(problem.index())) {
      missed.set(problem.index());
    }
  }

  /** The columns that have marks. */
  BitSet marks() {
    return marks;
  }

  /** The columns that need marks and have none: the rows are of no use then. */
  BitSet missed() {
    return missed;
  }

  /** The same rows, to be made anew with the marks that were missed. */
  MarkedRows withMissed() {
    BitSet all = (BitSet) marks.clone();
    all.or(missed);
    return new MarkedRows(view, all);
  }

  /** The groups that are among the rows although HAVING cannot be decided for them. */
  Problems undecided() {
    return undecided;
  }
}
