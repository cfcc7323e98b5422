// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/reference/statements.md} says what is. */
final class DocumentationTest {
  private static String page() throws IOException {
    return Files.readString(Path.of("../docs/reference/statements.md"));
  }

  private static String between(String text, String start, String end) {
    int from = text.indexOf(start) + start.length();
    return text.substring(from, text.indexOf(end, from));
  }

  @Test
  void thePipelineOfThePageIsAccepted() throws IOException, ScriptException {
    Script script = Script.parse("pipeline.sql", between(page(), "```sql\n", "```"));
    assertEquals(1, script.streams().size());
    assertEquals(1, script.views().size());
  }

  @Test
  void thePageListsTheReservedWords() throws IOException {
    String listed = between(page(), "  `ALL ", "`");
    assertEquals(Keywords.reserved(), List.of(("ALL " + listed).split("\\s+", -1)));
  }

  @Test
  void thePageNamesEveryOptionAndAggregate() throws IOException {
    String page = page();
    for (String option : StreamOptions.STREAM_KEYS) {
      assertTrue(page.contains("| `'" + option + "'` |"), option);
    }
    AggregateCall.names().forEach(name -> assertTrue(page.contains("`" + name + "("), name));
  }

  @Test
  void theProblemOfThePageIsShownLikeThat() throws IOException {
    String script =
        "CREATE STREAM flights (destination VARCHAR);\nCREATE VIEW v AS\n"
            + "SELECT destinaton, COUNT(*)\nFROM flights";
    ScriptException refused =
        assertThrows(ScriptException.class, () -> Script.parse("pipeline.sql", script));
    assertTrue(page().contains("```\n" + refused.problems().get(0).render() + "\n```"));
  }
}
