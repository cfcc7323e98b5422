// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.shell;

import java.util.ArrayList;
import java.util.List;

/**
 * A text cut at the semicolons between statements: not at those in quotes or comments.
 *
 * @param complete the statements that end with a semicolon, without it
 * @param rest what stands behind the last one, empty if that is only white space
 */
public record Statements(List<String> complete, String rest) {
  public Statements {
    complete = List.copyOf(complete);
  }

  public static Statements of(String text) {
    List<String> complete = new ArrayList<>();
    int start = 0;
    int at = 0;
    while (at < text.length()) {
      if (text.charAt(at) == ';') {
        add(complete, text.substring(start, at));
        start = ++at;
      } else {
        at = skip(text, at);
      }
    }
    return new Statements(complete, text.substring(start).strip());
  }

  private static void add(List<String> complete, String statement) {
    if (!statement.isBlank()) {
      complete.add(statement.strip());
    }
  }

  /** Every statement, the last one also without a semicolon. */
  public List<String> all() {
    List<String> all = new ArrayList<>(complete);
    add(all, rest);
    return all;
  }

  /** The index behind the character, quoted text or comment that starts at an index. */
  private static int skip(String text, int at) {
    char first = text.charAt(at);
    if (first == '\'' || first == '"') {
      return behind(text, String.valueOf(first), at + 1);
    }
    if (text.startsWith("--", at)) {
      return behind(text, "\n", at + 2);
    }
    if (text.startsWith("/*", at)) {
      return behind(text, "*/", at + 2);
    }
    return at + 1;
  }

  private static int behind(String text, String end, int from) {
    int found = text.indexOf(end, from);
    return found < 0 ? text.length() : found + end.length();
  }
}
