// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression.Literal;

/**
 * Turns this dialect's tokens into tokens of Calcite's grammar.
 *
 * <p>Types, typed literals and intervals are read here and stand in the syntax tree as names at a
 * known place; {@code x::T} and {@code x AT TIME ZONE 'z'} become the postfix {@code x[T]} and
 * {@code x['z']}, which bind as tightly as they do in PostgreSQL (real brackets never come so far);
 * {@code POSITION(x IN y)} becomes an ordinary call.
 */
final class Translation {
  private static final Set<String> CASTS = Set.of("CAST", "TRY_CAST", "SAFE_CAST");
  private static final Set<String> UNREADABLE = Set.of("MATCH_RECOGNIZE", "PIVOT", "UNPIVOT");

  /** A token of Calcite's grammar: its image there, and whether it is a name. */
  record Piece(String image, boolean isName, Token.Kind kind, Span span) {
    boolean isSymbol(String symbol) {
      return kind == Token.Kind.SYMBOL && image.equals(symbol);
    }
  }

  /** An opening parenthesis and the word before it in upper case. */
  private record Open(String word, Span span) {}

  private final TokenCursor cursor;
  private final List<Piece> pieces = new ArrayList<>();
  private final Map<Integer, Literal> literals = new HashMap<>();
  private final Map<Integer, Type> types = new HashMap<>();
  private final Set<Integer> unreadable = new HashSet<>();
  private final Problems problems;
  private final Deque<Open> open = new ArrayDeque<>();
  private final Set<Integer> commas = new HashSet<>();
  private final Span span;

  private Translation(List<Token> tokens, Span span, Problems problems) {
    this.cursor = new TokenCursor(tokens, new Span(span.end(), span.end()));
    this.span = span;
    this.problems = problems;
  }

  /**
   * @param tokens the tokens of a query or an expression
   * @param span where they stand
   */
  static Translation of(List<Token> tokens, Span span, Problems problems) throws SyntaxException {
    Translation translation = new Translation(tokens, span, problems);
    Nesting nesting = new Nesting();
    while (!translation.cursor.atEnd()) {
      int before = translation.pieces.size();
      translation.translateOne();
      nesting.add(translation.pieces.subList(before, translation.pieces.size()));
    }
    if (!translation.open.isEmpty()) {
      throw new SyntaxException(translation.open.peek().span(), "'(' is never closed");
    }
    return translation;
  }

  List<Piece> pieces() {
    return pieces;
  }

  Span span() {
    return span;
  }

  /** The typed literal that the name at this offset stands for. */
  Optional<Literal> literalAt(int offset) {
    return Optional.ofNullable(literals.get(offset));
  }

  /** The type that the name at this offset stands for. */
  Optional<Type> typeAt(int offset) {
    return Optional.ofNullable(types.get(offset));
  }

  /** Whether the name at this offset stands for a type or literal with a reported problem. */
  boolean isUnreadableAt(int offset) {
    return unreadable.contains(offset);
  }

  /** Where the piece stands that ends before the given stretch. */
  Span pieceBefore(Span place) {
    return pieces.stream()
        .map(Piece::span)
        .filter(piece -> piece.end() <= place.start())
        .reduce((first, second) -> second)
        .orElse(place);
  }

  /** Where the piece stands that starts after the given stretch. */
  Span pieceAfter(Span place) {
    return pieces.stream()
        .filter(piece -> piece.span().start() >= place.end() && !piece.isSymbol(")"))
        .map(Piece::span)
        .findFirst()
        .orElse(place);
  }

  private void translateOne() throws SyntaxException {
    Token token = cursor.peek();
    switch (token.kind()) {
      case WORD -> translateWord(token);
      case SYMBOL -> translateSymbol(cursor.next());
      case TEXT -> translateText(cursor.next());
      case QUOTED_NAME -> add(cursor.next(), true);
      case BAD -> throw new SyntaxException(token.span(), token.shown() + " is not supported");
      default -> add(cursor.next(), false);
    }
  }

  private void translateText(Token text) throws SyntaxException {
    if (cursor.peek().kind() == Token.Kind.TEXT) {
      throw new SyntaxException(
          cursor.peek().span(),
          "two texts stand side by side",
          "write one text, or || between them");
    }
    pieces.add(new Piece(text.written(), false, text.kind(), text.span()));
  }

  private void translateSymbol(Token symbol) throws SyntaxException {
    switch (symbol.text()) {
      case "(" -> open(symbol);
      case ")" -> close(symbol);
      case "::" -> {
        addSymbol("[", symbol.span());
        addType(false);
        addSymbol("]", cursor.previous().span());
      }
      case "!=" -> addSymbol("<>", symbol.span());
      default -> add(symbol, false);
    }
  }

  private void open(Token symbol) {
    int index = cursor.index() - 1;
    String before = index == 0 ? "" : cursor.slice(index - 1, index).get(0).upper();
    open.push(new Open(before, symbol.span()));
    add(symbol, false);
  }

  private void close(Token symbol) throws SyntaxException {
    if (open.isEmpty()) {
      throw new SyntaxException(symbol.span(), "')' closes nothing");
    }
    open.pop();
    add(symbol, false);
  }

  private void translateWord(Token word) throws SyntaxException {
    if (TypedLiteral.isNext(cursor)) {
      addLiteral(word);
    } else if (word.isWord("AT")
        && cursor.peek(1).isWord("TIME")
        && cursor.peek(2).isWord("ZONE")) {
      addZone(word);
    } else if (isUnreadable(word, isKeyword(word))) {
      String name = word.isWord("FOR") ? "FOR SYSTEM_TIME" : word.upper();
      throw new SyntaxException(word.span(), name + " is not supported");
    } else if (commas.contains(word.span().start())) {
      cursor.next();
      addSymbol(",", word.span());
    } else {
      addWord(word);
    }
  }

  /** Clauses of FROM whose inside the grammar is spared. */
  private boolean isUnreadable(Token word, boolean keyword) {
    return (keyword && word.isWord("TABLESAMPLE"))
        || (keyword && word.isWord("FOR") && cursor.peek(1).isWord("SYSTEM_TIME"))
        || (word.isWord(UNREADABLE) && cursor.peek(1).isSymbol("("));
  }

  private void addWord(Token word) throws SyntaxException {
    boolean keyword = isKeyword(word);
    cursor.next();
    if (word.isWord("POSITION") && cursor.peek().isSymbol("(")) {
      findIn(word);
    }
    add(word, !keyword);
    if (keyword && word.isWord("AS") && !open.isEmpty() && CASTS.contains(open.peek().word())) {
      addType(true);
    }
  }

  private boolean isKeyword(Token word) {
    String enclosing = open.isEmpty() ? "" : open.peek().word();
    return Keywords.isKeyword(cursor.previous(), cursor, enclosing)
        || (isInOver() && Keywords.isKeywordInOver(word));
  }

  private boolean isInOver() {
    return open.stream().anyMatch(parenthesis -> parenthesis.word().equals("OVER"));
  }

  /** Finds the IN of POSITION(x IN y), the parenthesis being next. */
  private void findIn(Token position) throws SyntaxException {
    int depth = 0;
    for (int ahead = 0; ; ahead++) {
      Token token = cursor.peek(ahead);
      depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
      if (depth == 1 && token.isWord("IN")) {
        commas.add(token.span().start());
        return;
      }
      if (depth == 0 || token.kind() == Token.Kind.END) {
        throw new SyntaxException(
            position.span(), "POSITION has no IN", "write POSITION(part IN text)");
      }
    }
  }

  private void addZone(Token at) throws SyntaxException {
    cursor.next();
    cursor.next();
    Span zone = at.span().to(cursor.next().span());
    if (cursor.peek().kind() != Token.Kind.TEXT) {
      throw new SyntaxException(
          zone, "AT TIME ZONE takes a zone's name as a text", "write AT TIME ZONE 'Europe/Berlin'");
    }
    addSymbol("[", zone);
    translateText(cursor.next());
    addSymbol("]", cursor.previous().span());
  }

  private void addType(boolean inCast) throws SyntaxException {
    Span start = cursor.peek().span();
    try {
      types.put(start.start(), TypeReader.read(cursor));
    } catch (SyntaxException e) {
      problems.add(e);
      unreadable.add(start.start());
      if (inCast) {
        cursor.skipToSeparator();
      } else if (cursor.peek().isSymbol("(")) {
        cursor.inParentheses("");
      }
    }
    boolean nothing = cursor.previous().span().end() <= start.start();
    addName(nothing ? start : start.to(cursor.previous().span()));
  }

  private void addLiteral(Token word) throws SyntaxException {
    try {
      literals.put(word.span().start(), TypedLiteral.read(cursor));
    } catch (SyntaxException e) {
      problems.add(e);
      unreadable.add(word.span().start());
      TypedLiteral.skip(cursor);
    }
    addName(word.span().to(cursor.previous().span()));
  }

  private void add(Token token, boolean isName) {
    pieces.add(new Piece(token.text(), isName, token.kind(), token.span()));
  }

  private void addSymbol(String symbol, Span place) {
    pieces.add(new Piece(symbol, false, Token.Kind.SYMBOL, place));
  }

  private void addName(Span place) {
    pieces.add(new Piece("literal", true, Token.Kind.WORD, place));
  }
}
