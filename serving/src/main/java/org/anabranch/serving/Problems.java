// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.view.segment.CellProblem;

/**
 * The cells that an answer could not show, in the order in which its rows were given: the first of
 * them, and how many there were.
 */
public final class Problems {
  /** How many are listed. */
  public static final int MOST_LISTED = 20;

  private final List<CellProblem> listed = new ArrayList<>();
  private long total;

  void add(List<CellProblem> more) {
    more.forEach(this::add);
  }

  private void add(CellProblem problem) {
    total++;
    if (listed.size() < MOST_LISTED) {
      listed.add(problem);
    }
  }

  /** Adds what another answer, or a table, found. */
  void addAll(Problems other) {
    long before = total;
    add(other.listed);
    total = before + other.total;
  }

  public boolean isEmpty() {
    return total == 0;
  }

  /** How many there are, listed or not. */
  public long total() {
    return total;
  }

  /** The first of them. */
  public List<CellProblem> listed() {
    return List.copyOf(listed);
  }
}
