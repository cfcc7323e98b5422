// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.calcite.sql.parser.impl.SqlParserImplConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class KeywordsTest {
  /** Every word of Calcite's grammar. */
  private static Stream<String> words() {
    return Stream.of(SqlParserImplConstants.tokenImage)
        .filter(image -> image.matches("\"[A-Z][A-Z0-9_]*\""))
        .map(image -> image.substring(1, image.length() - 1))
        .distinct();
  }

  static List<String> free() {
    return words().filter(word -> !Keywords.isReserved(word)).toList();
  }

  static List<String> reserved() {
    return Keywords.reserved();
  }

  @ParameterizedTest
  @MethodSource("free")
  void aWordThatIsNotReservedIsAColumnEverywhereWithoutQuotes(String word) throws ScriptException {
    String name = word.toLowerCase(Locale.ROOT);
    String script =
        """
        CREATE STREAM s (other INTEGER, word INTEGER NOT NULL DEFAULT 1 CHECK (word > 0 AND -word < word + 1),
                         CHECK (word IS NOT NULL));
        CREATE VIEW v AS
        SELECT word, WORD + 1 AS more1, MAX(word) AS word2, COUNT(word) FILTER (WHERE word > 1 OR word IN (word)) AS n,
               CASE word WHEN word THEN word ELSE word END AS c1
        FROM s
        WHERE word BETWEEN word AND word AND CAST(word AS BIGINT) = word::BIGINT AND s.word = word
        GROUP BY word
        HAVING SUM(word) > word;
        CREATE STREAM t (other INTEGER);
        CREATE VIEW w AS SELECT other AS word, COUNT(*) AS n FROM t GROUP BY word;
        CREATE VIEW x AS SELECT word.other word, COUNT(*) AS n FROM s word GROUP BY word.other;
        """
            .replace("WORD", word)
            .replace("word2", "w2")
            .replace("word", name);
    Script read = Script.parse("x.sql", script);
    assertEquals(name, read.views().get(0).outputs().get(0).name());
    assertEquals(3, read.views().size());
    assertEquals(2, read.streams().get(0).checks().size());
  }

  @ParameterizedTest
  @MethodSource("reserved")
  void aReservedWordIsAColumnInQuotesAndAnAliasWithoutThem(String word) throws ScriptException {
    String quoted = '"' + word.toLowerCase(Locale.ROOT) + '"';
    Script read =
        Script.parse(
            "x.sql",
            "CREATE STREAM s ("
                + quoted
                + " INTEGER); CREATE VIEW v AS SELECT "
                + quoted
                + " + 1 AS "
                + word
                + ", COUNT(*) AS n FROM s GROUP BY "
                + quoted);
    assertEquals(word, read.views().get(0).outputs().get(0).name());
    assertThrows(
        ScriptException.class,
        () -> Script.parse("x.sql", "CREATE STREAM s (" + word + " INTEGER)"));
  }

  @Test
  void theWordsOfTheContractAreFree() {
    List<String> contract =
        List.of(
            "DATE",
            "TIME",
            "TIMESTAMP",
            "VALUE",
            "POSITION",
            "METHOD",
            "USER",
            "YEAR",
            "MONTH",
            "DAY",
            "HOUR",
            "COUNT",
            "CURRENT_DATE",
            "CURRENT_TIMESTAMP",
            "INTERVAL",
            "ROW",
            "STREAM",
            "VIEW");
    assertTrue(free().containsAll(contract.stream().filter(words().toList()::contains).toList()));
    assertTrue(contract.stream().noneMatch(Keywords::isReserved));
    assertTrue(free().size() > 500);
  }
}
