// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anabranch.view.Column;
import org.anabranch.view.Schema;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression;

/** Reads CREATE STREAM; a problem of one column does not hide those of the others. */
final class StreamReader {
  private static final String HINT = "write CREATE STREAM name (column TYPE, ...) WITH (...)";
  private static final Set<String> AFTER_DEFAULT =
      Set.of("NOT", "CHECK", "CONSTRAINT", "DEFAULT", "WITH");

  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry("PRIMARY", "equal events are events, too: aggregate them in a view"),
          Map.entry("UNIQUE", "equal events are events, too: aggregate them in a view"),
          Map.entry("FOREIGN", "streams do not refer to each other"),
          Map.entry("REFERENCES", "streams do not refer to each other"),
          Map.entry("WATERMARK", "write 'event_time' in WITH: late events always count"),
          Map.entry("GENERATED", "compute it in a view"),
          Map.entry("AS", "compute it in a view"),
          Map.entry("COLLATE", "texts are compared by code points"),
          Map.entry("COMMENT", "write a comment with --"),
          Map.entry("METADATA", "declare a column of the event"),
          Map.entry("LIKE", "declare the columns"));

  private record PendingCheck(String name, List<Token> tokens, Span span) {}

  private final Statement statement;
  private final Problems problems;
  private final FieldRules rules;
  private final List<Column> columns = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Set<String> unreadable = new HashSet<>();
  private final List<PendingCheck> checks = new ArrayList<>();
  private final List<Options.Option> fields = new ArrayList<>();
  private final Set<String> checkNames = new HashSet<>();
  private boolean complete = true;

  StreamReader(Statement statement, Problems problems, FieldRules rules) {
    this.statement = statement;
    this.problems = problems;
    this.rules = rules;
  }

  /**
   * Reads what follows the stream's name.
   *
   * @return the definition, if nothing is wrong with it
   */
  Optional<StreamDefinition> read(Token name, TokenCursor cursor) {
    int before = problems.count();
    List<Options.Option> options = List.of();
    Span with = name.span();
    try {
      complete = false;
      readElements(cursor);
      complete = true;
      with = cursor.peek().span();
      if (cursor.accept("WITH")) {
        options = Options.read(cursor, StreamOptions.STREAM_KEYS, problems);
      }
      if (!cursor.atEnd()) {
        throw new SyntaxException(
            cursor.peek().span(), "did not expect " + cursor.peek().shown() + " here", HINT);
      }
    } catch (SyntaxException e) {
      problems.add(e);
    }
    String declared = format(options);
    columns.replaceAll(column -> rules.respelled(column, declared));
    KnownStream known = known(name.text());
    Map<String, String> valid =
        StreamOptions.ofStream(
            options, known, with.start() == with.end() ? name.span() : with, problems);
    String format = valid.getOrDefault("format", "json");
    fields.stream()
        .filter(field -> rules == FieldRules.TODAY && !field.value().isEmpty())
        .forEach(field -> StreamOptions.checkField(field, format, problems));
    List<StreamDefinition.Check> bound =
        checks.stream().flatMap(check -> bind(check, known).stream()).toList();
    if (problems.count() > before) {
      return Optional.empty();
    }
    String sql = problems.source().at(statement.span());
    return Optional.of(new StreamDefinition(name.text(), known.schema(), bound, valid, sql));
  }

  private static String format(List<Options.Option> options) {
    return options.stream()
        .filter(option -> option.key().equals("format"))
        .map(option -> option.value().toLowerCase(Locale.ROOT))
        .findFirst()
        .orElse("json");
  }

  /** What views may know of the stream, whether or not it has problems. */
  KnownStream known(String name) {
    return new KnownStream(name, new Schema(columns), unreadable);
  }

  /** Whether every column has at least a name, so that other names are unknown. */
  boolean isComplete() {
    return complete;
  }

  private void readElements(TokenCursor cursor) throws SyntaxException {
    int before = problems.count();
    Token open = cursor.expectSymbol("(", HINT);
    do {
      try {
        readElement(cursor);
        expectSeparator(cursor);
      } catch (SyntaxException e) {
        problems.add(e);
        cursor.skipToSeparator();
      }
    } while (cursor.acceptSymbol(","));
    if (!cursor.acceptSymbol(")")) {
      // an unclosed text swallows parentheses: then that is the problem
      Span place = statement.firstBad().map(Token::span).orElse(open.span());
      throw new SyntaxException(place, "'(' is never closed", HINT);
    }
    if (names.isEmpty() && problems.count() == before) {
      throw new SyntaxException(open.span(), "the stream has no columns", HINT);
    }
  }

  private static void expectSeparator(TokenCursor cursor) throws SyntaxException {
    Token token = cursor.peek();
    if (token.isSymbol(",") || token.isSymbol(")") || token.kind() == Token.Kind.END) {
      return;
    }
    String advice = REFUSED.get(token.upper());
    throw new SyntaxException(
        token.span(),
        advice == null
            ? "did not expect " + token.shown() + " here"
            : token.upper() + " is not supported",
        advice == null ? misspelled(token) : advice);
  }

  private static String misspelled(Token token) {
    String near =
        token.kind() == Token.Kind.WORD
            ? Suggestion.nearest(
                token.text(), List.of("NOT", "NULL", "DEFAULT", "CHECK", "CONSTRAINT", "WITH"))
            : "";
    return near.isEmpty() ? "is a ',' missing?" : "did you mean " + near + "?";
  }

  private void readElement(TokenCursor cursor) throws SyntaxException {
    Token first = cursor.peek();
    if (first.isWord("CHECK") || first.isWord("CONSTRAINT")) {
      readCheck(cursor);
    } else if (isRefusedElement(first, cursor.peek(1))) {
      throw new SyntaxException(
          first.span(), first.upper() + " is not supported", REFUSED.get(first.upper()));
    } else {
      readColumn(cursor);
    }
  }

  private static boolean isRefusedElement(Token first, Token second) {
    return (first.isWord(Set.of("PRIMARY", "FOREIGN")) && second.isWord("KEY"))
        || (first.isWord("UNIQUE") && second.isSymbol("("))
        || (first.isWord("WATERMARK") && second.isWord("FOR"))
        || first.isWord("LIKE");
  }

  private void readColumn(TokenCursor cursor) throws SyntaxException {
    Token name = cursor.expectName("a column's name");
    String folded = name.text().toLowerCase(Locale.ROOT);
    if (!names.add(folded)) {
      problems.add(name.span(), "column '" + name.text() + "' is declared twice");
    } else {
      unreadable.add(folded);
    }
    if (name.text().startsWith("_")) {
      problems.add(
          name.span(),
          "names that start with _ are reserved",
          "write \""
              + name.text().replaceAll("^_+", "")
              + "\" WITH ('field' = '"
              + name.text()
              + "')");
    }
    if (cursor.peek().isWord("AS")) {
      throw new SyntaxException(
          cursor.peek().span(), "computed columns are not supported", REFUSED.get("AS"));
    }
    Column column = readColumn(name, cursor);
    if (unreadable.remove(folded)) {
      columns.add(column);
    }
  }

  private Column readColumn(Token name, TokenCursor cursor) throws SyntaxException {
    Type type = TypeReader.read(cursor);
    Optional<Object> defaultValue = Optional.empty();
    Map<String, String> options = Map.of();
    boolean nullable = true;
    Set<String> seen = new HashSet<>();
    while (true) {
      Token token = cursor.peek();
      if (token.isWord(Set.of("NOT", "NULL", "DEFAULT", "WITH")) && !seen.add(token.upper())) {
        throw new SyntaxException(token.span(), token.upper() + " is given twice");
      }
      if (cursor.accept("NOT")) {
        cursor.expect("NULL", "write NOT NULL");
        nullable = false;
      } else if (cursor.accept("NULL")) {
        nullable = true;
      } else if (cursor.accept("DEFAULT")) {
        if (cursor.peek().isWord("NULL")) {
          seen.add("DEFAULT NULL");
        }
        defaultValue = readDefault(cursor, type);
      } else if (cursor.accept("WITH")) {
        List<Options.Option> read = Options.read(cursor, StreamOptions.COLUMN_KEYS, problems);
        options = StreamOptions.ofColumn(read, type, problems);
        read.stream().filter(option -> option.key().equals("field")).forEach(fields::add);
      } else if (token.isWord("CHECK") || token.isWord("CONSTRAINT")) {
        readCheck(cursor);
      } else {
        refuseContradiction(name, nullable, seen);
        return new Column(name.text(), type, nullable, defaultValue, options);
      }
    }
  }

  private void refuseContradiction(Token name, boolean nullable, Set<String> seen) {
    if (!nullable && seen.contains("DEFAULT NULL")) {
      problems.add(name.span(), "column '" + name.text() + "' is NOT NULL with DEFAULT NULL");
    }
    if (seen.contains("NOT") && seen.contains("NULL")) {
      problems.add(name.span(), "column '" + name.text() + "' is NULL and NOT NULL");
    }
  }

  private Optional<Object> readDefault(TokenCursor cursor, Type type) throws SyntaxException {
    int from = cursor.index();
    int depth = 0;
    while (!cursor.atEnd()) {
      Token token = cursor.peek();
      boolean ends = token.isSymbol(",") || token.isSymbol(")") || isAfterDefault(cursor);
      if (depth == 0 && ends && cursor.index() > from) {
        break;
      }
      depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
      if (depth < 0) {
        break;
      }
      cursor.next();
    }
    List<Token> tokens = cursor.slice(from, cursor.index());
    if (tokens.isEmpty()) {
      throw new SyntaxException(cursor.peek().span(), "the value of DEFAULT is missing");
    }
    return DefaultValue.read(Translation.of(tokens, span(tokens), problems), type, problems);
  }

  private static boolean isAfterDefault(TokenCursor cursor) {
    return cursor.peek().isWord(AFTER_DEFAULT)
        && !(cursor.peek().isWord("WITH") && cursor.peek(1).isWord("TIME"));
  }

  private void readCheck(TokenCursor cursor) throws SyntaxException {
    String name = "";
    if (cursor.accept("CONSTRAINT")) {
      Token token = cursor.expectName("a constraint's name");
      name = token.text();
      if (!checkNames.add(name.toLowerCase(Locale.ROOT))) {
        problems.add(token.span(), "constraint '" + name + "' is declared twice");
      }
    }
    Token word = cursor.peek();
    if (REFUSED.containsKey(word.upper())) {
      throw new SyntaxException(
          word.span(), word.upper() + " is not supported", REFUSED.get(word.upper()));
    }
    cursor.expect("CHECK", "write CHECK (condition)");
    Span open = cursor.peek().span();
    List<Token> tokens = cursor.inParentheses("write CHECK (condition)");
    if (tokens.isEmpty()) {
      throw new SyntaxException(open, "the condition is missing", "write CHECK (condition)");
    }
    checks.add(new PendingCheck(name.isEmpty() ? text(tokens) : name, tokens, span(tokens)));
  }

  private Optional<StreamDefinition.Check> bind(PendingCheck check, KnownStream known) {
    try {
      Translation translation = Translation.of(check.tokens(), check.span(), problems);
      Scope scope =
          new RowScope(known.columns(known.name()), "CHECK", problems, check.span(), Set.of());
      ExpressionBinder binder = new ExpressionBinder(translation, scope, problems);
      Expression condition =
          binder.bindCondition(Grammar.expression(translation, problems), "CHECK");
      return Optional.ofNullable(condition)
          .map(bound -> new StreamDefinition.Check(check.name(), bound));
    } catch (SyntaxException e) {
      problems.add(e);
      return Optional.empty();
    }
  }

  private static Span span(List<Token> tokens) {
    return tokens.get(0).span().to(tokens.get(tokens.size() - 1).span());
  }

  /** The tokens in one layout, so that a check's name does not depend on that of the script. */
  private static String text(List<Token> tokens) {
    StringBuilder text = new StringBuilder();
    Token before = null;
    for (Token token : tokens) {
      boolean tight =
          before == null
              || before.isSymbol("(")
              || token.isSymbol(")")
              || token.isSymbol(",")
              || (token.isSymbol("(") && before.isName());
      text.append(tight ? "" : " ").append(token.written());
      before = token;
    }
    return text.toString();
  }
}
