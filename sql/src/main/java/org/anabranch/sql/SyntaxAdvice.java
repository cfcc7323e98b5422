// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Says in words what is wrong where the grammar could not go on. */
final class SyntaxAdvice {
  private static final List<String> SPELLED =
      List.of(
          "SELECT",
          "FROM",
          "WHERE",
          "GROUP",
          "BY",
          "HAVING",
          "AS",
          "AND",
          "OR",
          "NOT",
          "BETWEEN",
          "LIKE",
          "ESCAPE",
          "CASE",
          "WHEN",
          "THEN",
          "ELSE",
          "END",
          "NULL",
          "TABLE",
          "FILTER",
          "INTERVAL",
          "DISTINCT",
          "EXTRACT",
          "CAST",
          "TRUE",
          "FALSE");

  /** Words that open or continue a clause: a name was hardly meant. */
  private static final Set<String> STRUCTURAL =
      Set.of(
          "SELECT", "FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "AND", "OR", "AS", "WHEN",
          "THEN", "ELSE", "END", "ON", "IN", "IS", "BETWEEN", "LIKE", "NOT", "CASE", "TO");

  private SyntaxAdvice() {}

  /**
   * @param index the piece that was not expected; the number of pieces means the end
   */
  static SyntaxException of(Translation translation, int index) {
    List<Translation.Piece> pieces = translation.pieces();
    Translation.Piece before = index == 0 ? null : pieces.get(index - 1);
    if (index == pieces.size()) {
      int end = translation.span().end();
      return new SyntaxException(
          new Span(end, end), "something is missing at the end", misspelled(before));
    }
    Translation.Piece piece = pieces.get(index);
    String hint = hint(before, piece);
    return new SyntaxException(piece.span(), "did not expect " + shown(piece) + " here", hint);
  }

  private static String hint(Translation.Piece before, Translation.Piece piece) {
    if (before != null && before.image().equals(",")) {
      return "is the ',' before it too much?";
    }
    if (before != null && before.image().equalsIgnoreCase("GROUP")) {
      return "write GROUP BY";
    }
    String misspelled = misspelled(piece);
    if (misspelled.isEmpty()) {
      misspelled = misspelled(before);
    }
    return misspelled.isEmpty() ? reserved(piece) : misspelled;
  }

  private static String reserved(Translation.Piece piece) {
    String upper = piece.image().toUpperCase(Locale.ROOT);
    boolean isKeyword =
        piece.kind() == Token.Kind.WORD && !piece.isName() && !STRUCTURAL.contains(upper);
    return isKeyword
        ? upper + " is a keyword here: write \"" + piece.image() + "\" if it is a name"
        : "";
  }

  private static String misspelled(Translation.Piece piece) {
    if (piece == null || piece.kind() != Token.Kind.WORD || !piece.isName()) {
      return "";
    }
    String nearest = Suggestion.nearest(piece.image(), SPELLED);
    return nearest.isEmpty() || nearest.equalsIgnoreCase(piece.image())
        ? ""
        : "did you mean " + nearest + " instead of " + piece.image() + "?";
  }

  private static String shown(Translation.Piece piece) {
    return piece.kind() == Token.Kind.TEXT ? piece.image() : "'" + piece.image() + "'";
  }
}
