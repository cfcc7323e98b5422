// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which words are keywords where. Few are reserved; every other word is a name unless its
 * neighbours show that it is not, so that {@code date}, {@code value} or {@code position} can be
 * columns.
 */
final class Keywords {
  /** Words that are never names, unless quoted or after AS. */
  private static final Set<String> RESERVED =
      Set.of(
          "ALL",
          "AND",
          "ANY",
          "AS",
          "ASC",
          "ASYMMETRIC",
          "BETWEEN",
          "CASE",
          "CAST",
          "CHECK",
          "CONSTRAINT",
          "CREATE",
          "CROSS",
          "DEFAULT",
          "DESC",
          "DISTINCT",
          "ELSE",
          "END",
          "EXCEPT",
          "EXISTS",
          "FALSE",
          "FETCH",
          "FOR",
          "FROM",
          "FULL",
          "GROUP",
          "HAVING",
          "ILIKE",
          "IN",
          "INNER",
          "INTERSECT",
          "IS",
          "JOIN",
          "LATERAL",
          "LEFT",
          "LIKE",
          "LIMIT",
          "NATURAL",
          "NOT",
          "NULL",
          "OFFSET",
          "ON",
          "OR",
          "ORDER",
          "OUTER",
          "QUALIFY",
          "RIGHT",
          "RLIKE",
          "SELECT",
          "SOME",
          "SYMMETRIC",
          "TABLE",
          "TABLESAMPLE",
          "THEN",
          "TO",
          "TRUE",
          "UNION",
          "USING",
          "WHEN",
          "WHERE",
          "WINDOW",
          "WITH");

  /** Words that are keywords before an opening parenthesis; elsewhere they are names. */
  private static final Set<String> BEFORE_PARENTHESIS =
      Set.of(
          "CEIL",
          "CEILING",
          "CUBE",
          "EXTRACT",
          "FILTER",
          "FLOOR",
          "ROLLUP",
          "SAFE_CAST",
          "SUBSTRING",
          "TRIM",
          "TRY_CAST",
          "UNNEST",
          "VALUES");

  /** Words that are keywords after certain words. */
  private static final Map<String, Set<String>> AFTER =
      Map.of(
          "BY", Set.of("GROUP", "ORDER", "PARTITION"),
          "UNKNOWN", Set.of("IS", "NOT"),
          "NULLS", Set.of("IGNORE", "RESPECT", "ASC", "DESC"),
          "SETS", Set.of("GROUPING"),
          "FIRST", Set.of("NULLS", "FETCH"),
          "LAST", Set.of("NULLS"),
          "NEXT", Set.of("FETCH"),
          "RECURSIVE", Set.of("WITH"),
          "ORDINALITY", Set.of("WITH"));

  /** Words that are keywords before certain words. */
  private static final Map<String, Set<String>> BEFORE =
      Map.of(
          "IGNORE", Set.of("NULLS"),
          "RESPECT", Set.of("NULLS"),
          "NULLS", Set.of("FIRST", "LAST"),
          "SIMILAR", Set.of("TO"),
          "ROWS", Set.of("ONLY"),
          "ROW", Set.of("ONLY"),
          "PARTITION", Set.of("BY"),
          "GROUPING", Set.of("SETS"));

  /** Words that are keywords inside OVER (...). */
  private static final Set<String> IN_OVER =
      Set.of("PARTITION", "ROWS", "RANGE", "UNBOUNDED", "PRECEDING", "FOLLOWING", "CURRENT", "ROW");

  private static final Set<String> TRIM_SIDES = Set.of("BOTH", "LEADING", "TRAILING");

  private Keywords() {}

  static boolean isReserved(String upperCaseWord) {
    return RESERVED.contains(upperCaseWord);
  }

  static List<String> reserved() {
    return RESERVED.stream().sorted().toList();
  }

  /** Whether a word is a keyword inside OVER (...), beside those that are keywords anyway. */
  static boolean isKeywordInOver(Token word) {
    return word.isWord(IN_OVER);
  }

  /**
   * Whether the word at a place is a keyword.
   *
   * @param before the token before it
   * @param cursor the cursor at it
   * @param enclosing the word before the parenthesis it stands in, in upper case
   */
  static boolean isKeyword(Token before, TokenCursor cursor, String enclosing) {
    Token word = cursor.peek();
    Token after = cursor.peek(1);
    String upper = word.upper();
    if (before.isSymbol(".") || before.isWord("AS")) {
      return false;
    }
    if (after.isSymbol("(") && word.isWord(Set.of("LEFT", "RIGHT"))) {
      return false;
    }
    return RESERVED.contains(upper)
        || (after.isSymbol("(") && BEFORE_PARENTHESIS.contains(upper))
        || before.isWord(AFTER.getOrDefault(upper, Set.of()))
        || after.isWord(BEFORE.getOrDefault(upper, Set.of()))
        || (word.isWord(TRIM_SIDES) && before.isSymbol("(") && enclosing.equals("TRIM"))
        || isKeywordByOthers(before, cursor);
  }

  private static boolean isKeywordByOthers(Token before, TokenCursor cursor) {
    return switch (cursor.peek().upper()) {
      case "OVER" -> before.isSymbol(")");
      case "WITHIN" -> cursor.peek(1).isWord("GROUP") && cursor.peek(2).isSymbol("(");
      case "ESCAPE" -> cursor.peek(1).kind() == Token.Kind.TEXT;
      case "ONLY" -> before.isWord(Set.of("ROW", "ROWS"));
      case "ROW", "ROWS" -> before.kind() == Token.Kind.INTEGER;
      default -> false;
    };
  }
}
