// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.SortedSet;
import java.util.TreeSet;

/** The names of all functions and aggregates that definitions know. */
public final class DefinitionFunctions {
  private DefinitionFunctions() {}

  /** In upper case. */
  public static SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>(FunctionBinder.names());
    names.addAll(AggregateCall.names());
    return names;
  }
}
