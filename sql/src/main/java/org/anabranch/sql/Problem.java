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
  /** How much of a long line is shown. */
  private static final int WIDTH = 160;

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

  /** The summary, the source line (of a long one, the part), a line of carets, and the hint. */
  public String render() {
    int[] line = sourceLine.codePoints().toArray();
    int from = line.length <= WIDTH ? 0 : Math.max(0, column - 1 - WIDTH / 2);
    int to = Math.min(line.length, from + WIDTH);
    int carets = Math.max(1, Math.min(endColumn - 1, Math.max(to, column)) - (column - 1));
    return summary()
        + "\n  "
        + (from > 0 ? "... " : "")
        + new String(line, from, to - from)
        + (to < line.length ? " ..." : "")
        + "\n  "
        + (from > 0 ? "    " : "")
        + margin(line, from)
        + "^".repeat(carets)
        + (hint.isEmpty() ? "" : "\n  " + hint);
  }

  /** As wide as what stands before the fault; tabs stay tabs. */
  private String margin(int[] line, int from) {
    StringBuilder margin = new StringBuilder();
    for (int i = from; i < column - 1; i++) {
      margin.append(i < line.length && line[i] == '\t' ? '\t' : ' ');
    }
    return margin.toString();
  }

  @Override
  public String toString() {
    return render();
  }
}
