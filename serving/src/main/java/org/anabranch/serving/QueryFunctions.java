// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.SortedSet;
import java.util.TreeSet;

/** The names of all functions and aggregates that queries know. */
public final class QueryFunctions {
  private QueryFunctions() {}

  /** In lower case. */
  public static SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>(Functions.names());
    names.addAll(Spellings.names());
    return names;
  }
}
