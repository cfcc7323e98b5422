// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.anabranch.view.Column;
import org.anabranch.view.Fold;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.View;

/** Test texts, and definitions written as text. */
final class Texts {
  private Texts() {}

  static String resource(String name) {
    try (InputStream in = Texts.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The tokens of a script. */
  static List<Token> tokens(String script) {
    return new Lexer(new Problems(new Source("test.sql", script))).tokens();
  }

  /** What a problem's carets stand under. */
  static String marked(Problem problem) {
    String line = problem.sourceLine();
    int length = line.codePointCount(0, line.length());
    int from = line.offsetByCodePoints(0, Math.min(problem.column() - 1, length));
    int to = line.offsetByCodePoints(0, Math.min(problem.endColumn() - 1, length));
    return line.substring(from, to);
  }

  /** Everything a script defines but the statements themselves; names in lower case. */
  static String describe(Script script) {
    List<String> lines = new ArrayList<>();
    script.streams().forEach(stream -> describe(stream, lines));
    script.views().forEach(view -> describe(view, lines));
    return String.join("\n", lines) + "\n";
  }

  private static void describe(StreamDefinition stream, List<String> lines) {
    TreeMap<String, String> options = new TreeMap<>(stream.options());
    options.computeIfPresent("event_time", (key, column) -> lower(column));
    options.computeIfPresent("key", (key, column) -> lower(column));
    lines.add("stream " + lower(stream.name()) + " " + options);
    for (Column column : stream.schema().columns()) {
      lines.add(
          "  column "
              + lower(column.name())
              + " "
              + column.type()
              + (column.nullable() ? "" : " NOT NULL")
              + column.defaultValue().map(value -> " DEFAULT " + value).orElse("")
              + (column.options().isEmpty() ? "" : " " + new TreeMap<>(column.options())));
    }
    for (StreamDefinition.Check check : stream.checks()) {
      lines.add("  check " + lower(check.name()) + ": " + check.condition().canonical());
    }
  }

  private static void describe(View view, List<String> lines) {
    Fold fold = view.fold();
    lines.add("view " + lower(view.name()) + " of " + lower(fold.stream()));
    fold.window().ifPresent(window -> lines.add("  " + window.canonical()));
    fold.filter().ifPresent(filter -> lines.add("  where " + filter.canonical()));
    fold.keys().forEach(key -> lines.add("  key " + key.canonical()));
    fold.aggregates().forEach(aggregate -> lines.add("  aggregate " + aggregate.canonical()));
    for (View.Output output : view.outputs()) {
      lines.add("  output " + lower(output.name()) + " = " + output.expression().canonical());
    }
    view.having().ifPresent(having -> lines.add("  having " + having.canonical()));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The problems of a script, one a line. */
  static String problems(List<Problem> problems) {
    return problems.stream()
        .map(
            problem ->
                "["
                    + marked(problem)
                    + "] "
                    + problem.message()
                    + (problem.hint().isEmpty() ? "" : " | " + problem.hint()))
        .collect(Collectors.joining("\n"));
  }
}
