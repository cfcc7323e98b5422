// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import java.util.Objects;

/**
 * A cell of a view's answer that cannot be shown, or a HAVING that cannot be decided. The group's
 * state is exact all the same; the other cells are shown.
 *
 * @param group the group's keys in words
 * @param column the column's name; HAVING if it is that
 * @param index the column's place, -1 for HAVING
 * @param known the value where it can still be compared, else null
 * @param what what is wrong, with the value
 * @param advice what to do
 */
public record CellProblem(
    String group, String column, int index, Object known, String what, String advice) {
  /** What stands for the column where a group's HAVING cannot be decided. */
  public static final String HAVING = "HAVING";

  public CellProblem {
    Objects.requireNonNull(group, "group is null");
    Objects.requireNonNull(column, "column is null");
    Objects.requireNonNull(what, "what is null");
    Objects.requireNonNull(advice, "advice is null");
  }

  /** The problem as one sentence for an error message. */
  public String inWords(String view) {
    String cell =
        index < 0
            ? "Cannot decide HAVING of view " + view
            : "Cannot show column " + column + " of view " + view;
    return cell + " for group " + group + ": " + what + "; " + advice;
  }
}
