// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tokens of one statement, without the semicolon.
 *
 * @param tokens its tokens, not empty
 */
record Statement(List<Token> tokens) {
  Statement {
    tokens = List.copyOf(tokens);
  }

  Span span() {
    return tokens.get(0).span().to(tokens.get(tokens.size() - 1).span());
  }

  /** The first token that the lexer has reported. */
  Optional<Token> firstBad() {
    return tokens.stream().filter(token -> token.kind() == Token.Kind.BAD).findFirst();
  }

  /** Cuts a script at its semicolons, and where a new CREATE shows that one is missing. */
  static List<Statement> split(List<Token> tokens, Problems problems) {
    List<Statement> statements = new ArrayList<>();
    List<Token> current = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean missing = !current.isEmpty() && startsDefinition(tokens, i);
      if (missing) {
        problems.add(token.span(), "';' is missing before " + token.upper());
      }
      if (missing || token.isSymbol(";")) {
        addTo(statements, current);
      }
      if (!token.isSymbol(";")) {
        current.add(token);
      }
    }
    addTo(statements, current);
    return statements;
  }

  private static boolean startsDefinition(List<Token> tokens, int index) {
    return tokens.get(index).isWord("CREATE")
        && index + 1 < tokens.size()
        && tokens.get(index + 1).isWord(java.util.Set.of("STREAM", "VIEW", "TABLE", "OR"));
  }

  private static void addTo(List<Statement> statements, List<Token> current) {
    if (!current.isEmpty()) {
      statements.add(new Statement(current));
      current.clear();
    }
  }
}
