// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import java.util.List;
import java.util.Optional;

/**
 * A group as its view shows it.
 *
 * @param values one an output, as Java objects (see {@link org.anabranch.view.Type}); null where it
 *     is NULL or has a problem
 * @param problems the cells that cannot be shown, in order; a HAVING that cannot be decided is the
 *     first
 */
public record ShownGroup(Object[] values, List<CellProblem> problems) {
  public ShownGroup {
    problems = List.copyOf(problems);
  }

  /** A cell's value for comparing: also one that cannot be shown, where it is known. */
  public Object comparable(int index) {
    Object value = values[index];
    return value != null || problems.isEmpty()
        ? value
        : problem(index).map(CellProblem::known).orElse(null);
  }

  /** What is wrong with a cell, if something is. */
  public Optional<CellProblem> problem(int index) {
    for (CellProblem problem : problems) {
      if (problem.index() == index) {
        return Optional.of(problem);
      }
    }
    return Optional.empty();
  }
}
