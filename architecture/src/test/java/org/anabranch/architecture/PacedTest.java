// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.anabranch.view.ManualClock;
import org.junit.jupiter.api.Test;

final class PacedTest {
  private int asked;
  private int work = 2;

  private final ManualClock clock = new ManualClock(1_000);

  private int work() {
    asked++;
    return work > 0 ? work-- : 0;
  }

  @Test
  void itGoesOnWhileThereIsWorkAndRestsWhenThereIsNone() throws Exception {
    Paced paced = new Paced(this::work, clock, 500);
    assertEquals(2, paced.step());
    assertEquals(1, paced.step());
    assertEquals(0, paced.step());
    clock.advance(499);
    work = 1;
    assertEquals(0, paced.step());
    assertEquals(3, asked);
    clock.advance(1);
    assertEquals(1, paced.step());
  }
}
