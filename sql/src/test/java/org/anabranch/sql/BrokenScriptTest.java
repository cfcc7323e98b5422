// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.anabranch.view.View;
import org.junit.jupiter.api.Test;

/** However a script is broken, it is read or refused with problems, and never half understood. */
final class BrokenScriptTest {
  private static final int ROUNDS = Integer.getInteger("anabranch.sql.rounds", 1500);
  private static final String EXPRESSIONS =
      Texts.resource("expressions.txt")
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("  =>  ", -1)[0])
          .collect(Collectors.joining(", "));

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void tokensTakenOutDoubledAndMixedUp() throws ScriptException {
    System.out.println("seed " + seed);
    List<Token> pool =
        Texts.tokens(Texts.resource("views.sql") + EXPRESSIONS + Texts.resource("stream.sql"));
    List<Statement> statements =
        Statement.split(
            Texts.tokens(
                Texts.resource("views.sql")
                    + Texts.resource("stream.sql")
                    + "CREATE VIEW e AS SELECT COUNT(*) FROM s GROUP BY "
                    + EXPRESSIONS),
            new Problems(new Source("x.sql", "")));
    Script known =
        Script.parse("x.sql", Texts.resource("views.sql") + Texts.resource("stream.sql"));
    String streams =
        known.streams().stream().map(stream -> stream.sql() + ";\n").collect(Collectors.joining());
    for (int i = 0; i < ROUNDS; i++) {
      List<Token> tokens =
          new ArrayList<>(statements.get(random.nextInt(statements.size())).tokens());
      for (int change = random.nextInt(3); change >= 0; change--) {
        change(tokens, pool);
      }
      String text = tokens.stream().map(Token::written).collect(Collectors.joining(" "));
      check(text.startsWith("CREATE VIEW") ? streams + text : text);
    }
  }

  private void change(List<Token> tokens, List<Token> pool) {
    int place = random.nextInt(tokens.size());
    Token other = pool.get(random.nextInt(pool.size()));
    switch (random.nextInt(5)) {
      case 0 -> tokens.remove(place);
      case 1 -> tokens.add(place, tokens.get(place));
      case 2 -> tokens.set(place, other);
      case 3 -> tokens.add(place, other);
      default -> tokens.add(place, tokens.remove(random.nextInt(tokens.size())));
    }
    if (tokens.isEmpty()) {
      tokens.add(other);
    }
  }

  @Test
  void charactersTakenOutAndPutIn() {
    System.out.println("seed " + seed);
    String script = Texts.resource("views.sql");
    String letters = "'\"()[]{};,.*/-+<>=!|&^%$#@~`?:\\ \n\t\0\u00e9\uD83D\uDE80aZ09_Ee";
    for (int i = 0; i < ROUNDS / 5; i++) {
      StringBuilder text = new StringBuilder(script);
      for (int change = random.nextInt(4); change >= 0; change--) {
        int place = random.nextInt(text.length());
        if (random.nextBoolean()) {
          text.deleteCharAt(place);
        } else {
          text.insert(place, letters.charAt(random.nextInt(letters.length())));
        }
      }
      check(text.toString());
    }
  }

  /** A script gives definitions that can be read again, or problems that point into it. */
  private static void check(String text) {
    try {
      Script script = Script.parse("x.sql", text);
      for (View view : script.views()) {
        assertEquals(view, Script.readView(view.sql(), script.streams()), text);
      }
    } catch (ScriptException e) {
      assertFalse(e.problems().isEmpty(), text);
      for (Problem problem : e.problems()) {
        int length = problem.sourceLine().codePointCount(0, problem.sourceLine().length());
        assertTrue(problem.column() >= 1 && problem.endColumn() > problem.column(), text);
        assertTrue(problem.endColumn() <= length + 2, () -> text + "\n" + problem);
        assertFalse(
            problem.message().isBlank() || problem.message().contains(": null"), problem::render);
      }
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("Cannot read or refuse:\n" + text, e);
    }
  }

  @Test
  void deepAndLongExpressionsAreReadOrRefusedByName() throws ScriptException {
    String start = "CREATE STREAM s (i INTEGER);\nCREATE VIEW v AS SELECT COUNT(*) FROM s WHERE ";
    Script.parse("x.sql", start + "(".repeat(98) + "i = 1" + ")".repeat(98));
    refused(start + "(".repeat(200) + "i = 1" + ")".repeat(200), "nested more than 100");
    refused(start + "(".repeat(100_000) + "i = 1", "nested more than 100");
    refused(start + "CASE WHEN i = 1 THEN ".repeat(150) + "TRUE" + " END".repeat(150), "nested");
    Script.parse("x.sql", start + "i = 1" + " OR i = 1".repeat(200));
    refused(start + "i = 1" + " OR i = 1".repeat(300), "nested more than 250");
    refused(start + "NOT ".repeat(1_900) + "i = 1", "nested more than 250");
    refused(start + "i = 1" + " OR i = 1".repeat(20_000), "more than 2000 operators");
    refused(start + "NOT ".repeat(20_000) + "i = 1", "more than 2000 operators");
    refused(start + "1 = " + "- ".repeat(20_000) + "i", "more than 2000 operators");
    refused(start + "i" + "::BIGINT".repeat(20_000) + " = 1", "more than 2000 operators");
    Script.parse("x.sql", start + "CASE" + " WHEN i = 1 THEN 1=1".repeat(900) + " END");
    Script.parse("x.sql", start + "i IN (1" + ", 2".repeat(20_000) + ")");
  }

  private static void refused(String script, String message) {
    ScriptException e = assertThrows(ScriptException.class, () -> Script.parse("x.sql", script));
    assertTrue(e.problems().get(0).message().contains(message), e.problems().get(0)::message);
  }
}
