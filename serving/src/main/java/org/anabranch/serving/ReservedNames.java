// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Words that name columns in a definition as they are, and that the parser of queries keeps for
 * itself. Where a text cannot be read, such a word beside the place is most likely the reason.
 */
final class ReservedNames {
  private static final Set<String> WORDS =
      Set.of(
          "ANALYSE",
          "ANALYZE",
          "ANTI",
          "ARRAY",
          "ASOF",
          "AT",
          "AUTHORIZATION",
          "BINARY",
          "BOTH",
          "BY",
          "COLLATE",
          "COLLATION",
          "COLUMN",
          "CONCURRENTLY",
          "DEFERRABLE",
          "DESCRIBE",
          "DO",
          "FOREIGN",
          "FREEZE",
          "GLOB",
          "INITIALLY",
          "INTO",
          "ISNULL",
          "LAMBDA",
          "LEADING",
          "NOTNULL",
          "ONLY",
          "OVERLAPS",
          "PIVOT",
          "PIVOT_LONGER",
          "PIVOT_WIDER",
          "PLACING",
          "POSITIONAL",
          "PRIMARY",
          "REFERENCES",
          "RETURNING",
          "SEMI",
          "SHOW",
          "SIMILAR",
          "SUMMARIZE",
          "TRAILING",
          "UNIQUE",
          "UNPACK",
          "UNPIVOT",
          "VARIADIC",
          "VERBOSE");

  private ReservedNames() {}

  /**
   * What to write where a query cannot be read.
   *
   * @param before the text up to the place where the parser gave up
   * @param after the text from there
   */
  static Optional<String> advice(String before, String after) {
    return named(firstWord(after)).or(() -> named(lastWord(before)));
  }

  private static String firstWord(String text) {
    int end = 0;
    while (end < text.length() && isWord(text.charAt(end))) {
      end++;
    }
    return text.substring(0, end);
  }

  private static String lastWord(String text) {
    int end = text.length();
    while (end > 0 && !isWord(text.charAt(end - 1))) {
      end--;
    }
    int start = end;
    while (start > 0 && isWord(text.charAt(start - 1))) {
      start--;
    }
    return text.substring(start, end);
  }

  private static boolean isWord(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  private static Optional<String> named(String word) {
    return WORDS.contains(word.toUpperCase(Locale.ROOT))
        ? Optional.of("; if '%s' is a name, write \"%s\"".formatted(word, word))
        : Optional.empty();
  }
}
