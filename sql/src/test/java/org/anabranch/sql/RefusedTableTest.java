// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code refused.txt}: what is refused, where the carets are, and what is said. */
final class RefusedTableTest {
  private static final String BEFORE =
      Texts.resource("stream.sql")
          + "CREATE STREAM windowed (window_start TIMESTAMP);\n"
          + "CREATE VIEW other AS SELECT COUNT(*) AS n FROM s;\n";

  static Stream<Arguments> table() {
    List<Arguments> cases = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    String written = "";
    for (String line : (Texts.resource("refused.txt") + "\n#").lines().toList()) {
      if (line.startsWith("    ")) {
        expected.add(line.strip());
        continue;
      }
      if (!written.isEmpty()) {
        cases.add(Arguments.of(written, String.join("\n", expected)));
      }
      expected.clear();
      written = line.startsWith("#") ? "" : line;
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("table")
  void aRefusedConstructIsNamedWithItsPlace(String written, String expected) {
    ScriptException refused =
        assertThrows(ScriptException.class, () -> Script.parse("x.sql", script(written)));
    assertEquals(expected, Texts.problems(refused.problems()));
  }

  @Test
  void theTableIsThere() {
    assertTrue(table().count() > 370);
  }

  private static String script(String written) {
    int colon = written.indexOf(": ");
    String text = written.substring(colon + 2);
    return BEFORE
        + switch (written.substring(0, colon)) {
          case "query" -> "CREATE VIEW v AS " + text;
          case "agg" -> "CREATE VIEW v AS SELECT " + text + " AS a FROM s";
          case "expr" -> "CREATE VIEW v AS SELECT COUNT(*) AS n FROM s GROUP BY\n" + text + "\n";
          default -> text;
        };
  }
}
