// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads a WITH clause: {@code ('key' = 'value', ...)}. */
final class Options {
  private static final String HINT = "write WITH ('key' = 'value', ...)";

  /** One option; its key in lower case. */
  record Option(String key, String value, Span keySpan, Span valueSpan) {}

  private Options() {}

  /** The options, the opening parenthesis being next; an unknown or repeated key is left out. */
  static List<Option> read(TokenCursor cursor, List<String> keys, Problems problems)
      throws SyntaxException {
    cursor.expectSymbol("(", HINT);
    List<Option> options = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    do {
      try {
        Option option = readOne(cursor);
        if (isFine(option, keys, seen, problems)) {
          options.add(option);
        }
      } catch (SyntaxException e) {
        problems.add(e);
        cursor.skipToSeparator();
      }
    } while (cursor.acceptSymbol(","));
    cursor.expectSymbol(")", HINT);
    return options;
  }

  private static Option readOne(TokenCursor cursor) throws SyntaxException {
    Token key = text(cursor, "an option");
    cursor.expectSymbol("=", HINT);
    Token value = text(cursor, "the option's value");
    return new Option(key.text().toLowerCase(Locale.ROOT), value.text(), key.span(), value.span());
  }

  private static Token text(TokenCursor cursor, String what) throws SyntaxException {
    Token token = cursor.peek();
    if (token.kind() != Token.Kind.TEXT) {
      boolean quotable =
          token.kind() == Token.Kind.WORD
              || token.kind() == Token.Kind.INTEGER
              || token.kind() == Token.Kind.QUOTED_NAME;
      throw new SyntaxException(
          token.span(),
          "expected " + what + " as a text, not " + token.shown(),
          quotable ? "write '" + token.text() + "'" : HINT);
    }
    return cursor.next();
  }

  private static boolean isFine(
      Option option, List<String> keys, Set<String> seen, Problems problems) {
    if (!keys.contains(option.key())) {
      String near = Suggestion.didYouMean(option.key(), keys);
      problems.add(
          option.keySpan(),
          "unknown option '" + option.key() + "'",
          near.isEmpty() ? "options are " + String.join(", ", keys) : near);
      return false;
    }
    if (!seen.add(option.key())) {
      problems.add(option.keySpan(), "option '" + option.key() + "' is given twice", "");
      return false;
    }
    return true;
  }
}
