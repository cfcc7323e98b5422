// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import org.anabranch.serving.ServingException.Reason;

/**
 * Makes {@code FLOOR(x TO unit)}, which DuckDB's parser does not read, the call {@code FLOOR(x
 * ,'unit')} of the same length, so that every other thing stays at its place; and {@code
 * TIMESTAMP(6) WITH TIME ZONE}, whose digits it does not read there, {@code TIMESTAMPTZ}.
 */
final class UnitText {
  private record Token(String text, boolean word, int start, int end) {
    boolean is(String other) {
      return text.equalsIgnoreCase(other);
    }
  }

  private UnitText() {}

  static String translated(String sql) {
    List<Token> tokens = tokens(sql, Integer.MAX_VALUE);
    StringBuilder text = new StringBuilder(sql);
    Deque<Boolean> floors = new ArrayDeque<>();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.is("(")) {
        floors.push(i > 0 && tokens.get(i - 1).is("floor"));
      } else if (token.is(")") && !floors.isEmpty()) {
        floors.pop();
      } else if (token.is("to") && !floors.isEmpty() && floors.peek()) {
        translate(sql, text, tokens, i);
      } else if (isZoned(tokens, i)) {
        Token last = tokens.get(i + 6);
        String name = tokens.get(i + 4).is("with") ? "TIMESTAMPTZ" : "TIMESTAMP";
        int blanks = last.end() - token.start() - name.length();
        text.replace(token.start(), last.end(), name + " ".repeat(blanks));
      }
    }
    return text.toString();
  }

  /** Whether TIMESTAMP(n) WITH TIME ZONE, or WITHOUT, begins at a token. */
  private static boolean isZoned(List<Token> tokens, int at) {
    return at + 6 < tokens.size()
        && hasDigits(tokens, at)
        && (tokens.get(at + 4).is("with") || tokens.get(at + 4).is("without"))
        && tokens.get(at + 5).is("time")
        && tokens.get(at + 6).is("zone");
  }

  private static boolean hasDigits(List<Token> tokens, int at) {
    return at + 3 < tokens.size()
        && tokens.get(at).is("timestamp")
        && tokens.get(at + 1).is("(")
        && tokens.get(at + 2).text().matches("[0-9]{1,2}")
        && tokens.get(at + 3).is(")");
  }

  /** The n of TIMESTAMP(n), if a text begins so. */
  static OptionalInt precision(String sql) {
    List<Token> tokens = tokens(sql, 4);
    return hasDigits(tokens, 0)
        ? OptionalInt.of(Integer.parseInt(tokens.get(2).text()))
        : OptionalInt.empty();
  }

  private static void translate(String sql, StringBuilder text, List<Token> tokens, int at) {
    if (at + 2 >= tokens.size() || !tokens.get(at + 1).word() || !tokens.get(at + 2).is(")")) {
      return;
    }
    Token to = tokens.get(at);
    Token unit = tokens.get(at + 1);
    if (at > 3
        && Functions.isUnit(tokens.get(at - 1).text())
        && tokens.get(at - 3).is("interval")) {
      throw new ServingException(
          Reason.REFUSED,
          "Cannot tell whether TO belongs to INTERVAL or to FLOOR ("
              + Place.ofCharacter(sql, to.start())
              + "): write FLOOR((x + INTERVAL '1' "
              + tokens.get(at - 1).text()
              + ") TO "
              + unit.text()
              + ")");
    }
    int blanks = unit.start() - to.end() - 1;
    text.replace(to.start(), unit.end(), "," + " ".repeat(blanks) + "'" + unit.text() + "'");
  }

  private static List<Token> tokens(String sql, int most) {
    List<Token> tokens = new ArrayList<>();
    for (int at = 0; at < sql.length() && tokens.size() < most; ) {
      int end = end(sql, at);
      if (!Character.isWhitespace(sql.charAt(at)) && !isComment(sql, at)) {
        boolean word = isWord(sql.charAt(at)) && !sql.substring(at, end).endsWith("'");
        tokens.add(new Token(sql.substring(at, end), word, at, end));
      }
      at = end;
    }
    return tokens;
  }

  /** Where the text, name, word, comment or single character ends that begins here. */
  private static int end(String sql, int at) {
    char c = sql.charAt(at);
    if (c == '\'' || c == '"') {
      return behind(sql, String.valueOf(c), at + 1);
    }
    if ((c == 'e' || c == 'E') && sql.startsWith("'", at + 1)) {
      return escaped(sql, at + 2);
    }
    if (sql.startsWith("--", at)) {
      return behind(sql, "\n", at);
    }
    if (sql.startsWith("/*", at)) {
      return behind(sql, "*/", at + 2);
    }
    if (c == '$') {
      return dollars(sql, at);
    }
    return isWord(c) ? wordEnd(sql, at) : at + 1;
  }

  private static int escaped(String sql, int from) {
    int at = from;
    while (at < sql.length() && sql.charAt(at) != '\'') {
      at += sql.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(sql.length(), at + 1);
  }

  /** Behind a text in dollars, or behind the dollar. */
  private static int dollars(String sql, int at) {
    int tag = wordEnd(sql, at + 1);
    return sql.startsWith("$", tag) ? behind(sql, sql.substring(at, tag + 1), tag + 1) : at + 1;
  }

  private static int behind(String sql, String mark, int from) {
    int found = sql.indexOf(mark, from);
    return found < 0 ? sql.length() : found + mark.length();
  }

  private static int wordEnd(String sql, int from) {
    int end = from;
    while (end < sql.length() && isWord(sql.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isWord(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  private static boolean isComment(String sql, int at) {
    return sql.startsWith("--", at) || sql.startsWith("/*", at);
  }
}
