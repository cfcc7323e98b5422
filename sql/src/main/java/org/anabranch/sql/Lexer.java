// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cuts a script into tokens. It knows quotes, numbers and comments, and reports what it cannot
 * read; a problem never hides what follows.
 */
final class Lexer {
  private static final int MAX_NAME = 128;
  private static final Set<String> SYMBOLS =
      Set.of("<=", ">=", "<>", "!=", "==", "||", "::", "->", "=>", "~*", "!~", "<<", ">>");

  /** Refused symbols that come in pairs: only the first is reported. */
  private static final Map<String, String> CLOSING = Map.of("]", "[", "}", "{", "`", "`");

  private static final Set<String> TEXT_PREFIXES = Set.of("N", "E", "B", "X", "U");

  private final String text;
  private final Problems problems;
  private final List<Token> tokens = new ArrayList<>();
  private int next;

  Lexer(Problems problems) {
    this.text = problems.source().text();
    this.problems = problems;
  }

  /** All tokens, without comments and without an end token. */
  List<Token> tokens() {
    while (next < text.length()) {
      readOne();
    }
    return tokens;
  }

  private void readOne() {
    int c = text.codePointAt(next);
    if (Character.isWhitespace(c) || c == 0xFEFF || c == 0xA0) {
      next += Character.charCount(c);
    } else if (text.startsWith("--", next)) {
      next = endOfLine(next);
    } else if (text.startsWith("/*", next)) {
      skipComment();
    } else if (c == '\'') {
      readQuoted('\'', Token.Kind.TEXT, "the text is never closed", "close it with '");
    } else if (c == '"') {
      readQuoted(
          '"', Token.Kind.QUOTED_NAME, "the quoted name is never closed", "close it with \"");
    } else if (isDigit(c)
        || (c == '.' && next + 1 < text.length() && isDigit(text.charAt(next + 1)))) {
      readNumber();
    } else if (isNameStart(c)) {
      readWord();
    } else {
      readSymbol(c);
    }
  }

  private void skipComment() {
    int start = next;
    int depth = 0;
    do {
      if (text.startsWith("/*", next)) {
        depth++;
        next += 2;
      } else if (text.startsWith("*/", next)) {
        depth--;
        next += 2;
      } else {
        next++;
      }
    } while (depth > 0 && next < text.length());
    if (depth > 0) {
      next = text.length();
      problems.add(new Span(start, start + 2), "the comment is never closed", "close it with */");
    }
  }

  private void readQuoted(char quote, Token.Kind kind, String unclosed, String hint) {
    int start = next++;
    StringBuilder value = new StringBuilder();
    while (next < text.length()) {
      char c = text.charAt(next++);
      if (c != quote) {
        value.append(c);
      } else if (next < text.length() && text.charAt(next) == quote) {
        value.append(quote);
        next++;
      } else {
        addQuoted(kind, value.toString(), start);
        return;
      }
    }
    next = endOfLine(start);
    problems.add(new Span(start, start + 1), unclosed, hint);
    add(Token.Kind.BAD, text.substring(start, next), start);
  }

  private void addQuoted(Token.Kind kind, String value, int start) {
    if (kind == Token.Kind.QUOTED_NAME && !checkName(value, start)) {
      add(Token.Kind.BAD, value, start);
    } else {
      add(kind, value, start);
    }
  }

  private boolean checkName(String name, int start) {
    if (name.isEmpty()
        || name.length() > MAX_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      problems.add(
          new Span(start, next),
          "a name must have 1 to " + MAX_NAME + " characters, none of them a control character");
      return false;
    }
    return true;
  }

  private void readNumber() {
    int start = next;
    Token.Kind kind = Token.Kind.INTEGER;
    skipDigits();
    if (next < text.length() && text.charAt(next) == '.') {
      kind = Token.Kind.DECIMAL;
      next++;
      skipDigits();
    }
    if (hasExponent()) {
      kind = Token.Kind.APPROXIMATE;
      next += isDigit(text.charAt(next + 1)) ? 1 : 2;
      skipDigits();
    }
    int end = next;
    while (next < text.length() && isNamePart(text.codePointAt(next))) {
      next += Character.charCount(text.codePointAt(next));
    }
    if (next > end) {
      problems.add(new Span(start, next), "'" + text.substring(start, next) + "' is not a number");
      kind = Token.Kind.BAD;
    }
    add(kind, text.substring(start, next), start);
  }

  private boolean hasExponent() {
    if (next >= text.length() || Character.toLowerCase(text.charAt(next)) != 'e') {
      return false;
    }
    int digit = next + 1;
    if (digit < text.length() && (text.charAt(digit) == '+' || text.charAt(digit) == '-')) {
      digit++;
    }
    return digit < text.length() && isDigit(text.charAt(digit));
  }

  private void skipDigits() {
    while (next < text.length() && isDigit(text.charAt(next))) {
      next++;
    }
  }

  private void readWord() {
    int start = next;
    while (next < text.length() && isNamePart(text.codePointAt(next))) {
      next += Character.charCount(text.codePointAt(next));
    }
    String word = text.substring(start, next);
    if (isTextPrefix(word)) {
      refusePrefixedText(start, word);
    } else if (checkName(word, start)) {
      add(Token.Kind.WORD, word, start);
    } else {
      add(Token.Kind.BAD, word, start);
    }
  }

  private boolean isTextPrefix(String word) {
    return TEXT_PREFIXES.contains(word.toUpperCase(java.util.Locale.ROOT))
        && (text.startsWith("'", next)
            || (word.equalsIgnoreCase("U")
                && (text.startsWith("&'", next) || text.startsWith("&\"", next))));
  }

  private void refusePrefixedText(int start, String word) {
    int prefixEnd = word.equalsIgnoreCase("U") && text.startsWith("&", next) ? next + 1 : next;
    next = prefixEnd;
    int before = tokens.size();
    char quote = text.charAt(next);
    readQuoted(quote, Token.Kind.TEXT, "the text is never closed", "close it with " + quote);
    while (tokens.size() > before) {
      tokens.remove(tokens.size() - 1);
    }
    String prefix = text.substring(start, prefixEnd);
    problems.add(
        new Span(start, next),
        prefix + quote + "..." + quote + " is not supported",
        "write the characters themselves between " + quote + " and " + quote);
    add(Token.Kind.BAD, text.substring(start, next), start);
  }

  private void readSymbol(int c) {
    int start = next;
    String pair = text.substring(start, Math.min(start + 2, text.length()));
    next += SYMBOLS.contains(pair) ? 2 : Character.charCount(c);
    String symbol = text.substring(start, next);
    String advice = Refusals.symbol(symbol);
    if (advice != null) {
      if (!CLOSING.containsKey(symbol) || !hasBad(CLOSING.get(symbol))) {
        problems.add(new Span(start, next), "'" + symbol + "' is not supported", advice);
      }
      add(Token.Kind.BAD, symbol, start);
    } else {
      add(Token.Kind.SYMBOL, symbol, start);
    }
  }

  private boolean hasBad(String symbol) {
    return tokens.stream()
        .anyMatch(token -> token.kind() == Token.Kind.BAD && token.text().equals(symbol));
  }

  private void add(Token.Kind kind, String value, int start) {
    tokens.add(new Token(kind, value, new Span(start, next)));
  }

  private int endOfLine(int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(int c) {
    return Character.isLetter(c) || c == '_';
  }

  private static boolean isNamePart(int c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }
}
