// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.Objects;

/**
 * One thing that is wrong with a script.
 *
 * @param file the script's name
 * @param line line number from 1
 * @param column first character at fault, in code points from 1
 * @param endColumn the character after the last one at fault
 * @param message what is wrong
 * @param hint what to write instead, or empty
 * @param sourceLine the line at fault
 */
public record Problem(
    String file,
    int line,
    int column,
    int endColumn,
    String message,
    String hint,
    String sourceLine) {
  public Problem {
    Objects.requireNonNull(file, "file is null");
    Objects.requireNonNull(message, "message is null");
    Objects.requireNonNull(hint, "hint is null");
    Objects.requireNonNull(sourceLine, "sourceLine is null");
  }

  /** {@code file:line:column: message}. */
  public String summary() {
    return file + ':' + line + ':' + column + ": " + message;
  }

  /** The summary, the source line, a line of carets, and the hint. */
  public String render() {
    return summary()
        + "\n  "
        + sourceLine
        + "\n  "
        + margin()
        + "^".repeat(endColumn - column)
        + (hint.isEmpty() ? "" : "\n  " + hint);
  }

  /** As wide as what stands before the fault; tabs stay tabs. */
  private String margin() {
    StringBuilder margin = new StringBuilder();
    sourceLine
        .codePoints()
        .limit(column - 1L)
        .forEach(character -> margin.append(character == '\t' ? '\t' : ' '));
    return margin.toString();
  }

  @Override
  public String toString() {
    return render();
  }
}
