// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.List;

/** A place in a list of tokens; reading past the last gives an end token. */
final class TokenCursor {
  private final List<Token> tokens;
  private final Token end;
  private int index;

  /**
   * @param tokens what to read
   * @param end where to point at when something is missing at the end
   */
  TokenCursor(List<Token> tokens, Span end) {
    this.tokens = tokens;
    this.end = new Token(Token.Kind.END, "", end);
  }

  static TokenCursor of(Statement statement) {
    Span whole = statement.span();
    return new TokenCursor(statement.tokens(), new Span(whole.end(), whole.end()));
  }

  Token peek() {
    return peek(0);
  }

  Token peek(int ahead) {
    return index + ahead < tokens.size() ? tokens.get(index + ahead) : end;
  }

  Token next() {
    Token token = peek();
    index = Math.min(index + 1, tokens.size());
    return token;
  }

  /** The token that was read last. */
  Token previous() {
    return index == 0 ? end : tokens.get(index - 1);
  }

  boolean atEnd() {
    return index >= tokens.size();
  }

  int index() {
    return index;
  }

  void moveTo(int place) {
    index = place;
  }

  boolean accept(String word) {
    boolean found = peek().isWord(word);
    if (found) {
      index++;
    }
    return found;
  }

  boolean acceptSymbol(String symbol) {
    boolean found = peek().isSymbol(symbol);
    if (found) {
      index++;
    }
    return found;
  }

  Token expect(String word, String hint) throws SyntaxException {
    if (!peek().isWord(word)) {
      String near =
          peek().kind() == Token.Kind.WORD ? Suggestion.nearest(peek().text(), List.of(word)) : "";
      throw new SyntaxException(
          peek().span(),
          "expected " + word + ", not " + peek().shown(),
          near.isEmpty() ? hint : "did you mean " + near + "?");
    }
    return next();
  }

  Token expectSymbol(String symbol, String hint) throws SyntaxException {
    if (!peek().isSymbol(symbol)) {
      throw new SyntaxException(
          peek().span(), "expected '" + symbol + "', not " + peek().shown(), hint);
    }
    return next();
  }

  /** A name that may be declared: quoted, or a word that is not reserved. */
  Token expectName(String what) throws SyntaxException {
    Token token = peek();
    if (!token.isName()) {
      boolean reserved = token.kind() == Token.Kind.WORD;
      throw new SyntaxException(
          token.span(),
          reserved
              ? token.upper() + " is a reserved word"
              : "expected " + what + ", not " + token.shown(),
          reserved ? "write \"" + token.text() + "\" to use it as " + what : "");
    }
    return next();
  }

  /** The tokens up to the given place. */
  List<Token> slice(int from, int to) {
    return tokens.subList(from, to);
  }

  /**
   * Reads what stands in parentheses, the opening one being next.
   *
   * @return the tokens between, the closing one being read
   */
  List<Token> inParentheses(String hint) throws SyntaxException {
    Token open = expectSymbol("(", hint);
    int from = index;
    int depth = 1;
    while (depth > 0) {
      if (atEnd()) {
        throw new SyntaxException(open.span(), "'(' is never closed");
      }
      Token token = next();
      depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
    }
    return tokens.subList(from, index - 1);
  }

  /** Goes on to the next comma or closing parenthesis of this level, or to the end. */
  void skipToSeparator() {
    int depth = 0;
    while (!atEnd()) {
      Token token = peek();
      if (depth == 0 && (token.isSymbol(",") || token.isSymbol(")"))) {
        return;
      }
      depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
      index++;
    }
  }
}
