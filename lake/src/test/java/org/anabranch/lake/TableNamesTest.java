// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TableNamesTest {
  @Test
  void plainNamesStayAsTheyAre() {
    assertEquals("web_logs2", TableNames.master("Web_Logs2"));
    assertEquals("web_logs2__segments", TableNames.segments("WEB_LOGS2"));
  }

  @Test
  void noStreamCanBeCalledLikeAnothersTable() {
    assertNotEquals(TableNames.segments("a"), TableNames.master("a__segments"));
    assertNotEquals(TableNames.master("a-2e"), TableNames.master("a."));
  }

  @Test
  void namesAreSafeAndUniqueWithoutRegardToCase() {
    Random random = new Random(8);
    Map<String, String> streams = new HashMap<>();
    String alphabet = "aAbZ_09 ./\\-%\u00e4\u00c4\u20ac\ud83d\ude00\"'";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder name = new StringBuilder();
      for (int length = 1 + random.nextInt(random.nextInt(10) == 0 ? 80 : 4);
          length > 0;
          length--) {
        int at = random.nextInt(alphabet.codePointCount(0, alphabet.length()));
        name.appendCodePoint(alphabet.codePointAt(alphabet.offsetByCodePoints(0, at)));
      }
      String folded = name.toString().toLowerCase(Locale.ROOT);
      String table = TableNames.master(name.toString());
      String before = streams.put(table, folded);
      assertTrue(before == null || before.equals(folded), before + " and " + folded);
      assertTrue(table.matches("[a-z0-9_-]{1,100}"), table);
      assertTrue(!table.contains("__"), table);
    }
  }
}
