// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** Bounds how deep and how long expressions may be, before a recursive parser reads them. */
final class Nesting {
  private static final int MAX_DEPTH = 100;
  private static final int MAX_OPERATORS = 2000;

  /** Operators so far in the expression of each level. */
  private final Deque<Integer> operators = new ArrayDeque<>(List.of(0));

  void add(List<Translation.Piece> pieces) throws SyntaxException {
    for (Translation.Piece piece : pieces) {
      if (!piece.isName()) {
        add(piece);
      }
    }
  }

  private void add(Translation.Piece piece) throws SyntaxException {
    switch (piece.image().toUpperCase(Locale.ROOT)) {
      case "(", "CASE" -> enter(piece);
      case ")", "END" -> leave();
      case "," -> {
        operators.pop();
        operators.push(0);
      }
      case "WHEN", "THEN", "ELSE" -> {}
      default -> count(piece);
    }
  }

  private void enter(Translation.Piece piece) throws SyntaxException {
    operators.push(0);
    if (operators.size() > MAX_DEPTH) {
      throw new SyntaxException(
          piece.span(), "parentheses or CASEs are nested more than " + MAX_DEPTH + " deep");
    }
  }

  private void leave() {
    if (operators.size() > 1) {
      operators.pop();
    }
  }

  private void count(Translation.Piece piece) throws SyntaxException {
    boolean operator = piece.kind() == Token.Kind.SYMBOL || piece.kind() == Token.Kind.WORD;
    int count = operators.pop() + (operator ? 1 : 0);
    operators.push(count);
    if (count > MAX_OPERATORS) {
      throw new SyntaxException(
          piece.span(),
          "an expression has more than " + MAX_OPERATORS + " operators",
          "a long chain of OR can be written as IN (...)");
    }
  }
}
