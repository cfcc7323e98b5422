// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import java.util.Arrays;

/**
 * The states of one group that would take too much memory together: an exact COUNT(DISTINCT x) of
 * very many values, for instance. All other groups are well.
 */
public final class GroupTooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String facts;

  GroupTooLargeException(Object[] key, long bytes, long limit) {
    this(
        "the states of group "
            + Arrays.toString(key)
            + " take "
            + bytes
            + " bytes, and at most "
            + limit
            + " are merged at once");
  }

  private GroupTooLargeException(String facts) {
    super("Cannot merge a group: " + facts + "; group by more, or use APPROX_COUNT_DISTINCT");
    this.facts = facts;
  }

  /** Which group, and how large. */
  public String facts() {
    return facts;
  }
}
