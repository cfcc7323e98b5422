// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What does not change a script's meaning. */
final class VariationTest {
  private static final List<String> GAPS =
      List.of(
          " ", "\n", "\t  ", "\r\n", "/* a ; ' \" -- */", " -- it's; a \"comment\n", " /*/* */*/ ");

  @Test
  void layoutCommentsAndCaseChangeNothing() throws ScriptException {
    String script = Texts.resource("views.sql");
    String meaning = Texts.describe(Script.parse("views.sql", script));
    List<Token> tokens = Texts.tokens(script);
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 40; i++) {
      String variation = write(tokens, random);
      try {
        assertEquals(meaning, Texts.describe(Script.parse("views.sql", variation)), variation);
      } catch (ScriptException e) {
        throw new AssertionError(variation, e);
      }
    }
  }

  private static String write(List<Token> tokens, Random random) {
    StringBuilder text = new StringBuilder();
    for (Token token : tokens) {
      boolean tight =
          token.kind() == Token.Kind.SYMBOL && Set.of("(", ")", ",", ";").contains(token.text());
      if (!tight || random.nextBoolean()) {
        text.append(GAPS.get(random.nextInt(GAPS.size())));
      }
      text.append(
          switch (token.kind()) {
            case TEXT -> token.shown();
            case QUOTED_NAME -> '"' + recased(token.text(), random) + '"';
            case WORD -> recased(token.text(), random);
            default -> token.text();
          });
    }
    return text.toString();
  }

  private static String recased(String word, Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      text.append(random.nextBoolean() ? Character.toUpperCase(c) : Character.toLowerCase(c));
    }
    return text.toString();
  }
}
