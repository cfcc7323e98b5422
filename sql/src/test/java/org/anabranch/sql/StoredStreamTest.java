// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.anabranch.view.FieldPath;
import org.anabranch.view.StreamDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stream that was accepted once is read again, whatever is refused today. */
class StoredStreamTest {
  private static String sql(String field, String options) {
    return "CREATE STREAM s (id INTEGER, x VARCHAR WITH ('field' = '" + field + "'))" + options;
  }

  private static List<String> names(StreamDefinition stream) {
    return FieldPath.of(stream.schema().column(1)).steps().stream()
        .map(step -> step.isElement() ? "#" + step.element() : step.name())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          geo.lat       | geo,lat
          items[0].name | items[0],name
          a.b[x         | a,b[x
          labels."a.b"  | labels,"a,b"
          "a            | "a
          $.x           | $,x
          a.$           | a,$
          $             | $
          """)
  void aFieldThatWasDeclaredWithPointsKeepsItsMeaning(String field, String steps)
      throws ScriptException {
    StreamDefinition stored = Script.readStored(sql(field, ""), true);
    assertEquals(List.of(steps.split(",", -1)), names(stored));
    assertEquals(sql(field, ""), stored.sql());
  }

  @Test
  void aFieldOfTodayIsReadAsToday() throws ScriptException {
    assertEquals(
        List.of("items", "#0", "name"), names(Script.readStored(sql("items[0].name", ""), false)));
  }

  @Test
  void aHeaderNameIsNoPathAndNoBlankIsTakenFromAStoredOne() throws ScriptException {
    String csv = sql(" a[0].\"b\" ", " WITH ('format' = 'csv')");
    for (boolean points : new boolean[] {true, false}) {
      StreamDefinition stored = Script.readStored(csv, points);
      assertEquals(" a[0].\"b\" ", stored.schema().column(1).options().get("field"));
    }
    assertThrows(ScriptException.class, () -> Script.readStream(csv));
  }
}
