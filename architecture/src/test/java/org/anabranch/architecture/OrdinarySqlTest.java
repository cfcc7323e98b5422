// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.anabranch.sql.Script;
import org.anabranch.sql.ScriptException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * SQL as people bring it along from other systems. Each spelling has PostgreSQL's value in a
 * definition and in a query alike, or is refused in our words with what helps; {@code ordinary.txt}
 * says which.
 */
final class OrdinarySqlTest {
  private static final String STREAM =
      "CREATE STREAM s (invoice VARCHAR NOT NULL, code VARCHAR NOT NULL, text VARCHAR, quantity"
          + " INTEGER NOT NULL, sold TIMESTAMP(3) NOT NULL, price DECIMAL(12, 3) NOT NULL, customer"
          + " VARCHAR, country VARCHAR NOT NULL);\n"
          + "CREATE VIEW other AS SELECT country, COUNT(*) AS n FROM s GROUP BY country;\n";
  private static final BothSides SIDES = new BothSides(STREAM);

  /** Sold at 2010-12-01 08:26; sent back at 2010-12-31 23:41, by nobody and without a text. */
  private static final Object[][] ROWS = {
    {
      "536365",
      "85123A",
      "WHITE Lantern",
      6L,
      1_291_191_960_000L,
      new BigDecimal("2.550"),
      "17850",
      "UK"
    },
    {"C536379", "22423", null, -1L, 1_293_838_860_000L, new BigDecimal("27.501"), null, "DE"},
  };

  /**
   * A case of the table.
   *
   * @param kind {@code row}, an expression of the first row; {@code all}, of an aggregate of both;
   *     {@code view}, a whole SELECT; or {@code text}, a whole statement
   */
  record Case(String kind, String written, List<String> expected) {
    @Override
    public String toString() {
      return kind + ": " + written;
    }

    /** What is expected of a side, {@code definition} or {@code query}. */
    String of(String side) {
      return expected.stream()
          .filter(line -> line.startsWith(side + " ") || line.matches("[=!] .*"))
          .map(line -> line.replaceFirst("^" + side + " ", ""))
          .findFirst()
          .orElseThrow(() -> new AssertionError("nothing is expected of a " + side));
    }
  }

  static List<Case> table() {
    List<Case> cases = new ArrayList<>();
    for (String line : lines()) {
      if (line.startsWith("    ")) {
        cases.get(cases.size() - 1).expected().add(line.strip());
      } else if (!line.isBlank() && !line.startsWith("#")) {
        int colon = line.indexOf(": ");
        cases.add(new Case(line.substring(0, colon), line.substring(colon + 2), new ArrayList<>()));
      }
    }
    return cases;
  }

  private static List<String> lines() {
    try (InputStream table = OrdinarySqlTest.class.getResourceAsStream("ordinary.txt")) {
      return new String(
              Objects.requireNonNull(table, "ordinary.txt").readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void close() {
    SIDES.close();
  }

  @ParameterizedTest
  @MethodSource("table")
  void aDefinitionKnowsItOrSaysWhatHelps(Case one) {
    String expected = one.of("definition");
    String given;
    try {
      given =
          switch (one.kind()) {
            case "row" -> "= " + SIDES.defined(one.written(), ROWS[0]);
            case "all" -> "= " + SIDES.definedOver(one.written(), ROWS);
            default -> accepted(one);
          };
    } catch (ScriptException e) {
      given = "! " + e.getMessage();
    }
    check(expected, given);
  }

  private static String accepted(Case one) throws ScriptException {
    String start = one.kind().equals("view") ? "CREATE VIEW v AS " : "";
    Script.parse("test.sql", STREAM + start + one.written() + ";");
    return "= accepted";
  }

  @ParameterizedTest
  @MethodSource("table")
  void aQueryKnowsItOrSaysWhatHelps(Case one) {
    String given =
        switch (one.kind()) {
          case "row" -> SIDES.askedOver(one.written(), new Object[][] {ROWS[0]});
          case "all" -> SIDES.askedOver(one.written(), ROWS);
          case "view" ->
              SIDES.asked("WITH s AS (SELECT * FROM " + SIDES.rows(ROWS) + ") " + one.written());
          default -> SIDES.asked(one.written());
        };
    check(one.of("query"), given.startsWith("error") ? "! " + given : "= " + given);
  }

  /** A value is that value; a refusal holds what is expected, and no word of an engine. */
  private static void check(String expected, String given) {
    if (expected.startsWith("= ")) {
      assertEquals(expected, given);
    } else {
      assertTrue(given.startsWith("! "), given);
      assertTrue(given.contains(expected.substring(2)), given + "\n  has no: " + expected);
      assertTrue(!given.matches("(?is).*(duckdb|calcite|binder|catalog error).*"), given);
    }
  }

  @Test
  void theTableIsThere() {
    assertTrue(table().size() > 80, table().size() + " cases");
  }
}
