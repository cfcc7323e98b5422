// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

/**
 * A token of a script.
 *
 * @param kind what it is
 * @param text the value: names and texts without their quotes, everything else as written
 * @param span where it stands
 */
record Token(Kind kind, String text, Span span) {
  enum Kind {
    WORD,
    QUOTED_NAME,
    TEXT,
    INTEGER,
    DECIMAL,
    APPROXIMATE,
    SYMBOL,
    /** Something the lexer has reported already. */
    BAD,
    END
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  boolean isWord(java.util.Set<String> upperCaseWords) {
    return kind == Kind.WORD && upperCaseWords.contains(upper());
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** Whether it can be the name of something: a quoted name, or a word that is not reserved. */
  boolean isName() {
    return kind == Kind.QUOTED_NAME || (kind == Kind.WORD && !Keywords.isReserved(upper()));
  }

  String upper() {
    return text.toUpperCase(java.util.Locale.ROOT);
  }

  /** The token as a script has it. */
  String written() {
    return switch (kind) {
      case TEXT -> "'" + text.replace("'", "''") + "'";
      case QUOTED_NAME -> '"' + text.replace("\"", "\"\"") + '"';
      default -> text;
    };
  }

  /** The token for a message. */
  String shown() {
    return switch (kind) {
      case END -> "the end of the statement";
      case TEXT, QUOTED_NAME -> written();
      default -> "'" + text + "'";
    };
  }
}
