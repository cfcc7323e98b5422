// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anabranch.serving.QueryLimits;
import org.anabranch.serving.ServingException;
import org.anabranch.serving.SqlService;
import org.anabranch.serving.SqlSettings;
import org.anabranch.serving.ThreadWatchdog;
import org.anabranch.sql.Script;
import org.anabranch.sql.ScriptException;
import org.anabranch.view.Clock;
import org.junit.jupiter.api.Test;

/** A name that a stream may have as it is can be written in a query, or one is told how. */
final class ReservedNamesTest {
  @Test
  void aWordThatIsANameInDefinitionsOnlyIsToldToBeQuotedInQueries() throws Exception {
    int told = 0;
    List<String> untold = new ArrayList<>();
    try (SqlService sql =
        new SqlService(List::of, SqlSettings.DEFAULT, Clock.SYSTEM, new ThreadWatchdog())) {
      for (String word : words()) {
        String refusal = refusal(sql, "SELECT " + word + ", 1");
        if (isColumn(word) && refusal.startsWith("Cannot read the query")) {
          told++;
          if (!refusal.contains("write \"" + word + "\"")) {
            untold.add(word + ": " + refusal);
          }
          String quoted = refusal(sql, "SELECT \"" + word + "\", 1");
          assertTrue(quoted.contains("Cannot find a column '" + word + "'"), quoted);
        }
      }
    }
    assertEquals(List.of(), untold);
    assertTrue(told > 20, "only " + told);
  }

  /** All words that mean something to the parser of queries. */
  private static List<String> words() throws Exception {
    List<String> words = new ArrayList<>();
    try (Connection engine = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = engine.createStatement();
        ResultSet found = statement.executeQuery("SELECT keyword_name FROM duckdb_keywords()")) {
      while (found.next()) {
        words.add(found.getString(1));
      }
    }
    return words;
  }

  private static boolean isColumn(String word) {
    try {
      Script.parse("s.sql", "CREATE STREAM s (" + word + " INTEGER);");
      return true;
    } catch (ScriptException e) {
      return false;
    }
  }

  private static String refusal(SqlService sql, String query) throws Exception {
    try {
      sql.query(query, QueryLimits.DEFAULT, Optional.empty()).close();
      return "";
    } catch (ServingException e) {
      return e.getMessage();
    }
  }
}
