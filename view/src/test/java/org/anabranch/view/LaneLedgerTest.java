// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LaneLedgerTest {
  private static final Lane LANE = new Lane("t", 0, 0);

  private static LaneLedger account(Type type, long... times) {
    LongVector vector = new LongVector(type, times.length);
    long[] positions = new long[times.length];
    for (int row = 0; row < times.length; row++) {
      vector.appendLong(times[row]);
      positions[row] = row;
    }
    Rows rows =
        new Rows(
            Schema.of(Column.required("at", type)),
            LANE,
            new Range(0, times.length),
            positions,
            new long[times.length],
            List.of(vector),
            times.length);
    return LaneLedger.startingAt(0).plus(new Chunk(rows, List.of(), -1, 0), 0);
  }

  @Test
  void timesOfBothPrecisionsCountByTheirMillisecond() {
    for (LaneLedger ledger :
        List.of(
            account(Type.TIMESTAMP, -2, 5, 5, 4),
            account(Type.MICRO_TIMESTAMP, -1_001, 5_999, 5_001, 4_999),
            account(Type.MICRO_INSTANT, -1_999, 5_000, 5_000, 4_000))) {
      assertEquals(5, ledger.highestEventTime());
      assertEquals(1, ledger.late());
    }
  }
}
