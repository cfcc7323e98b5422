// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.anabranch.view.Clock;
import org.junit.jupiter.api.Test;

final class PacedTest {
  private long now = 1_000;
  private int asked;
  private int work = 2;

  private final Clock clock =
      new Clock() {
        @Override
        public long millis() {
          return now;
        }

        @Override
        public long nanos() {
          return now * 1_000_000;
        }
      };

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
    now += 499;
    work = 1;
    assertEquals(0, paced.step());
    assertEquals(3, asked);
    now += 1;
    assertEquals(1, paced.step());
  }
}
