// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class StatementsTest {
  @Test
  void semicolonsInQuotesAndCommentsDoNotSeparate() {
    Statements read =
        Statements.of("SELECT ';', \"a;b\" -- c;\n; /* ; */ SELECT 'it''s;' ;; SELECT 3");
    assertEquals(List.of("SELECT ';', \"a;b\" -- c;", "/* ; */ SELECT 'it''s;'"), read.complete());
    assertEquals("SELECT 3", read.rest());
    assertEquals(3, read.all().size());
  }

  @Test
  void whatIsNotClosedGoesOn() {
    assertEquals("SELECT 'a;", Statements.of("SELECT 'a;").rest());
    assertEquals("/* ;", Statements.of("/* ;").rest());
    assertTrue(Shell.isOpen("SELECT 1"));
    assertTrue(Shell.isOpen("SELECT 1; SELECT"));
    assertFalse(Shell.isOpen("SELECT 1;"));
    assertFalse(Shell.isOpen("\\d delays"));
    assertFalse(Shell.isOpen("  "));
  }
}
