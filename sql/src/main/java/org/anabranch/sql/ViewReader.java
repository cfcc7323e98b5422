// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.anabranch.view.View;

/** Reads CREATE VIEW. */
final class ViewReader {
  private static final String HINT = "write CREATE VIEW name AS SELECT ...";

  private static final Set<String> QUERY = Set.of("SELECT", "WITH", "VALUES", "TABLE");

  private final Statement statement;
  private final Problems problems;
  private final StreamNames streams;

  ViewReader(Statement statement, Problems problems, StreamNames streams) {
    this.statement = statement;
    this.problems = problems;
    this.streams = streams;
  }

  /** The view, if nothing is wrong with it. */
  Optional<View> read(Token name, TokenCursor cursor) {
    int before = problems.count();
    try {
      if (cursor.peek().isSymbol("(")) {
        problems.add(
            cursor.peek().span(),
            "names of columns after a view's name are not supported",
            "name them with AS in the select list");
        cursor.inParentheses(HINT);
      }
      cursor.expect("AS", HINT);
      Optional<QueryReader.Query> query = query(cursor);
      if (query.isPresent() && problems.count() == before) {
        return Optional.of(view(name, query.get()));
      }
    } catch (SyntaxException e) {
      problems.add(e);
    }
    return Optional.empty();
  }

  private Optional<QueryReader.Query> query(TokenCursor cursor) throws SyntaxException {
    List<Token> tokens = statement.tokens();
    List<Token> select = cursor.slice(cursor.index(), tokens.size());
    Span whole = statement.span();
    Token first = cursor.peek();
    if (!first.isWord(QUERY) && !first.isSymbol("(")) {
      throw new SyntaxException(
          first.span(), "expected SELECT, not " + first.shown(), misspelled(first));
    }
    Span span = new Span(select.get(0).span().start(), whole.end());
    Translation translation = Translation.of(select, span, problems);
    return new QueryReader(translation, problems, streams)
        .read(Grammar.query(translation, problems));
  }

  private static String misspelled(Token word) {
    boolean near = !Suggestion.nearest(word.text(), List.of("SELECT")).isEmpty();
    return near ? "did you mean SELECT?" : HINT;
  }

  private View view(Token name, QueryReader.Query query) {
    String sql = problems.source().at(statement.span());
    return new View(name.text(), query.fold(), query.outputs(), query.having(), sql);
  }
}
