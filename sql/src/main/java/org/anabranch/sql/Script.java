// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.View;

/**
 * The definitions of a script, in its order.
 *
 * @param streams every CREATE STREAM
 * @param views every CREATE VIEW
 */
public record Script(List<StreamDefinition> streams, List<View> views) {
  public Script {
    streams = List.copyOf(streams);
    views = List.copyOf(views);
  }

  /**
   * Reads a script.
   *
   * @param fileName its name, for messages
   * @throws ScriptException with all of its problems
   */
  public static Script parse(String fileName, String text) throws ScriptException {
    return parse(fileName, text, FieldRules.TODAY);
  }

  private static Script parse(String fileName, String text, FieldRules rules)
      throws ScriptException {
    return new Reader(new Problems(new Source(fileName, text)), rules).read(List.of());
  }

  /**
   * Reads the statement of one stream again.
   *
   * @param sql {@link StreamDefinition#sql}
   */
  public static StreamDefinition readStream(String sql) throws ScriptException {
    Script script = parse("stored statement", sql);
    return one(script.streams(), script.views().isEmpty(), "CREATE STREAM", sql);
  }

  /**
   * Reads the statement of a stream that was accepted once and decides verdicts since: a field that
   * would be refused today keeps the meaning that it had.
   *
   * @param points whether that was when only points separated the names of a path
   */
  public static StreamDefinition readStored(String sql, boolean points) throws ScriptException {
    FieldRules rules = points ? FieldRules.STORED_WITH_POINTS : FieldRules.STORED;
    Script script = parse("stored statement", sql, rules);
    return one(script.streams(), script.views().isEmpty(), "CREATE STREAM", sql);
  }

  /**
   * Reads the statement of one view again.
   *
   * @param sql {@link View#sql}
   * @param streams the streams it may read
   */
  public static View readView(String sql, List<StreamDefinition> streams) throws ScriptException {
    Problems problems = new Problems(new Source("stored statement", sql));
    Script script = new Reader(problems, FieldRules.TODAY).read(streams);
    return one(script.views(), script.streams().isEmpty(), "CREATE VIEW", sql);
  }

  private static <T> T one(List<T> found, boolean alone, String what, String sql)
      throws ScriptException {
    if (found.size() != 1 || !alone) {
      Problems problems = new Problems(new Source("stored statement", sql));
      problems.add(new Span(0, sql.length()), "expected one " + what);
      problems.throwIfAny();
    }
    return found.get(0);
  }

  /** Reads all statements: streams first, so that a view may stand before its stream. */
  private static final class Reader {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,99}");
    private static final String HINT = "write CREATE STREAM or CREATE VIEW";
    private static final Set<String> MODIFIERS =
        Set.of("OR", "TEMPORARY", "TEMP", "MATERIALIZED", "RECURSIVE", "REPLACE");

    private record ViewStatement(Statement statement, Token name, TokenCursor cursor) {}

    private final Problems problems;
    private final FieldRules rules;
    private final StreamNames known = new StreamNames();
    private final Map<String, String> names = new HashMap<>();
    private final List<StreamDefinition> streams = new ArrayList<>();
    private final List<ViewStatement> viewStatements = new ArrayList<>();

    Reader(Problems problems, FieldRules rules) {
      this.problems = problems;
      this.rules = rules;
    }

    Script read(List<StreamDefinition> given) throws ScriptException {
      for (StreamDefinition stream : given) {
        known.add(new KnownStream(stream.name(), stream.schema(), Set.of()));
      }
      List<Token> tokens = new Lexer(problems).tokens();
      Statement.split(tokens, problems).forEach(this::readStatement);
      List<View> views = new ArrayList<>();
      for (ViewStatement view : viewStatements) {
        new ViewReader(view.statement(), problems, known)
            .read(view.name(), view.cursor())
            .ifPresent(views::add);
      }
      problems.throwIfAny();
      return new Script(streams, views);
    }

    private void readStatement(Statement statement) {
      TokenCursor cursor = TokenCursor.of(statement);
      try {
        expectCreate(cursor);
        boolean stream = cursor.next().isWord("STREAM");
        Optional<Token> name = name(cursor, stream ? "stream" : "view");
        if (stream) {
          readStream(statement, name, cursor);
        } else if (name.isPresent()) {
          known.addView(name.get().text());
          viewStatements.add(new ViewStatement(statement, name.get(), cursor));
        }
      } catch (SyntaxException e) {
        problems.add(e);
      }
    }

    private void readStream(Statement statement, Optional<Token> name, TokenCursor cursor) {
      StreamReader reader = new StreamReader(statement, problems, rules);
      Token named = name.orElse(cursor.previous());
      Optional<StreamDefinition> stream = reader.read(named, cursor);
      if (name.isPresent()) {
        if (reader.isComplete()) {
          known.add(reader.known(named.text()));
        } else {
          known.addUnreadable(named.text());
        }
        stream.ifPresent(found -> checkTopic(found, named));
        stream.ifPresent(streams::add);
      }
    }

    /** An event belongs to one stream, which gives it its verdict. */
    private void checkTopic(StreamDefinition stream, Token name) {
      streams.stream()
          .filter(other -> other.topic().equals(stream.topic()))
          .filter(other -> !other.name().equalsIgnoreCase(stream.name()))
          .forEach(
              other ->
                  problems.add(
                      name.span(),
                      "streams '%s' and '%s' have one topic, '%s'"
                          .formatted(other.name(), stream.name(), stream.topic()),
                      "give each its own with WITH ('topic' = ...)"));
    }

    private void expectCreate(TokenCursor cursor) throws SyntaxException {
      Token first = cursor.peek();
      if (!cursor.accept("CREATE")) {
        String near =
            first.kind() == Token.Kind.WORD
                ? Suggestion.nearest(first.text(), List.of("CREATE"))
                : "";
        throw new SyntaxException(
            first.span(),
            first.kind() == Token.Kind.WORD
                ? first.upper() + " is not a statement of a script"
                : "expected a statement, not " + first.shown(),
            near.isEmpty() ? HINT : "did you mean CREATE?");
      }
      Token what = cursor.peek();
      if (!what.isWord(Set.of("STREAM", "VIEW"))) {
        boolean end = what.kind() == Token.Kind.END;
        throw new SyntaxException(
            what.span(),
            end
                ? "something is missing after CREATE"
                : "CREATE " + shown(what) + " is not supported",
            hint(what));
      }
    }

    private static String shown(Token what) {
      if (what.isWord("OR")) {
        return "OR REPLACE";
      }
      return what.kind() == Token.Kind.WORD ? what.upper() : what.shown();
    }

    private static String hint(Token what) {
      if (what.isWord(MODIFIERS)) {
        return "leave it out: a changed definition replaces the old one";
      }
      String near = Suggestion.nearest(what.text(), List.of("STREAM", "VIEW"));
      boolean table = what.isWord(Set.of("TABLE", "SOURCE", "SINK"));
      return table ? "write CREATE STREAM" : near.isEmpty() ? HINT : "did you mean " + near + "?";
    }

    /** The declared name, if it is a good one and a new one. */
    private Optional<Token> name(TokenCursor cursor, String what) throws SyntaxException {
      if (cursor.peek().isWord("IF") && cursor.peek(1).isWord("NOT")) {
        throw new SyntaxException(
            cursor.peek().span(), "IF NOT EXISTS is not supported", "leave it out");
      }
      Token name = cursor.expectName("a " + what + "'s name");
      if (cursor.peek().isSymbol(".")) {
        throw new SyntaxException(
            cursor.peek().span(), "names with a schema are not supported", "write a plain name");
      }
      if (!NAME.matcher(name.text()).matches()) {
        problems.add(
            name.span(),
            "'" + name.text() + "' cannot be the name of a " + what,
            "a name starts with a letter and has up to 100 letters, digits and underscores");
        return Optional.empty();
      }
      String other = names.putIfAbsent(name.text().toLowerCase(Locale.ROOT), what);
      if (other != null) {
        problems.add(name.span(), "there is already a " + other + " named '" + name.text() + "'");
      }
      return Optional.of(name);
    }
  }
}
