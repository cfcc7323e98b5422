// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.List;
import java.util.stream.Collectors;

/** A script that cannot be read, with all of its problems in order of position. */
public final class ScriptException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  ScriptException(String file, List<Problem> problems) {
    super(
        problems.stream()
            .map(Problem::render)
            .collect(Collectors.joining("\n\n", heading(file, problems.size()), "")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }

  private static String heading(String file, int count) {
    return "Cannot read " + file + ": " + count + (count == 1 ? " problem\n\n" : " problems\n\n");
  }
}
