// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowsTest {
  private static final Lane LANE = new Lane("t", 0, 0);

  private static Rows rows(long... positions) {
    return new Rows(
        Schema.of(), LANE, new Range(10, 20), positions, positions, List.of(), positions.length);
  }

  @Test
  void rowsAreInsideTheirRangeAndInOrderOfPosition() {
    assertEquals(3, rows(10, 15, 19).size());
    assertThrows(IllegalArgumentException.class, () -> rows(9, 12));
    assertThrows(IllegalArgumentException.class, () -> rows(12, 20));
    assertThrows(IllegalArgumentException.class, () -> rows(12, 11, 13));
    assertThrows(IllegalArgumentException.class, () -> rows(12, 12));
  }

  @Test
  void thePartFromAPositionAccountsForThatPartOnly() {
    for (long position = 5; position < 25; position++) {
      Rows part = rows(10, 15, 19).from(position);
      long from = Math.max(10, Math.min(20, position));
      assertEquals(new Range(from, 20), part.range());
      long least = position;
      assertEquals(List.of(10L, 15L, 19L).stream().filter(at -> at >= least).count(), part.size());
    }
  }

  @Test
  void aSelectionAccountsForTheSamePositions() {
    Rows selected = rows(10, 15, 19).select(new int[] {0, 2}, 2);
    assertEquals(new Range(10, 20), selected.range());
    assertEquals(19, selected.position(1));
  }
}
