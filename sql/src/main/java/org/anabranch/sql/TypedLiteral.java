// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.Optional;
import java.util.Set;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression.Literal;
import org.anabranch.view.expression.TemporalText;
import org.anabranch.view.expression.TypeException;
import org.anabranch.view.expression.Typing;

/** Reads typed literals: {@code DATE '...'}, {@code TIMESTAMP '...'}, {@code INTERVAL '1' DAY}. */
final class TypedLiteral {
  private TypedLiteral() {}

  /** Whether the next tokens are DATE, TIMESTAMP, TIME or INTERVAL and a text. */
  static boolean isNext(TokenCursor cursor) {
    Token word = cursor.peek();
    int ahead = 1;
    if (word.isWord("INTERVAL")) {
      ahead += cursor.peek(1).isSymbol("-") || cursor.peek(1).isSymbol("+") ? 1 : 0;
    } else if (word.isWord(Set.of("TIMESTAMP", "TIME"))) {
      ahead += cursor.peek(1).isSymbol("(") && cursor.peek(3).isSymbol(")") ? 3 : 0;
      boolean zone = cursor.peek(ahead).isWord(Set.of("WITH", "WITHOUT"));
      ahead += zone && cursor.peek(ahead + 1).isWord("TIME") ? 3 : 0;
    } else if (!word.isWord(Set.of("DATE", "TIMESTAMPTZ"))) {
      return false;
    }
    return cursor.peek(ahead).kind() == Token.Kind.TEXT;
  }

  /** The literal, which is next. */
  static Literal read(TokenCursor cursor) throws SyntaxException {
    return cursor.peek().isWord("INTERVAL") ? interval(cursor) : temporal(cursor);
  }

  /** Goes on after the text of a literal that was not read to its end. */
  static void skip(TokenCursor cursor) {
    while (cursor.previous().kind() != Token.Kind.TEXT
        && !cursor.atEnd()
        && !IntervalText.isUnit(cursor.previous())) {
      cursor.next();
    }
  }

  /** A time that names no digits has those it is written with, as in standard SQL. */
  private static Literal temporal(TokenCursor cursor) throws SyntaxException {
    boolean open = !cursor.peek(1).isSymbol("(");
    Type written = TypeReader.read(cursor);
    Token text = cursor.next();
    Type type = open && TemporalText.isFinerThanMillis(text.text()) ? written.inMicros() : written;
    try {
      return Typing.cast(new Literal(text.text(), Type.VARCHAR), type).asLiteral().orElseThrow();
    } catch (TypeException e) {
      throw new SyntaxException(text.span(), e.getMessage());
    }
  }

  private static Literal interval(TokenCursor cursor) throws SyntaxException {
    cursor.next();
    boolean negative = cursor.acceptSymbol("-");
    cursor.acceptSymbol("+");
    Token text = cursor.next();
    boolean to = cursor.peek(1).isWord("TO");
    Optional<Literal> read = intervalOf(text, cursor);
    if (read.isEmpty()) {
      throw new SyntaxException(
          text.span().to(cursor.previous().span()),
          "this is not an interval",
          "write it as INTERVAL '1' DAY or INTERVAL '1 02:30' DAY TO MINUTE"
              + (to
                  ? "; if TO belongs to FLOOR, write FLOOR((x + INTERVAL '1' HOUR) TO MONTH)"
                  : ""));
    }
    Literal literal = read.get();
    return negative ? new Literal(-(Long) literal.value(), literal.type()) : literal;
  }

  private static Optional<Literal> intervalOf(Token text, TokenCursor cursor) {
    if (!IntervalText.isUnit(cursor.peek())) {
      return IntervalText.postgres(text.text());
    }
    String first = IntervalText.singular(cursor.next().text());
    if (cursor.peek().isWord("TO") && IntervalText.isUnit(cursor.peek(1))) {
      cursor.next();
      return IntervalText.standard(text.text(), first, IntervalText.singular(cursor.next().text()));
    }
    return IntervalText.standard(text.text(), first, first);
  }
}
