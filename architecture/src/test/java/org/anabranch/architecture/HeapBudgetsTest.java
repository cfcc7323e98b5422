// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be in memory at once fits into it. */
final class HeapBudgetsTest {
  private static final PipelineSettings SETTINGS = PipelineSettings.in(Path.of("data"));

  @ParameterizedTest
  @CsvSource({
    "256, 1, 64",
    "256, 4, 16",
    "1024, 1, 256",
    "1024, 8, 32",
    "4096, 1, 512",
    "4096, 16, 64"
  })
  void aViewGetsAShareOfTheHeapAndNoMoreThanItCanUse(long heap, int views, long budget)
      throws RefusedException {
    HeapBudgets budgets = new HeapBudgets(heap << 20);
    assertEquals(budget << 20, budgets.state(views));
    PipelineSettings settled = budgets.settled(SETTINGS, views);
    assertEquals(budget << 20, settled.stateBudget());
    assertEquals(settled, budgets.settled(settled, views), "what is derived is not refused");
  }

  @ParameterizedTest
  @ValueSource(longs = {256, 1024, 4096})
  void allThatGrowsWithTheDataFitsTogether(long megabytes) {
    long heap = megabytes << 20;
    HeapBudgets budgets = new HeapBudgets(heap);
    for (int views : new int[] {1, 2, 8}) {
      long states = views * budgets.state(views) * 3 / 2;
      long written = 2 * budgets.lake().rowGroupBytes();
      assertTrue(states + written <= heap / 2 + heap / 8, views + " views");
    }
  }

  @ParameterizedTest
  @CsvSource({"256, 1, 512", "256, 4, 64", "1024, 2, 512"})
  void aBudgetThatCannotHoldIsRefusedWithTheNumbers(long heap, int views, long budget) {
    HeapBudgets budgets = new HeapBudgets(heap << 20);
    RefusedException refused =
        assertThrows(
            RefusedException.class, () -> budgets.settled(SETTINGS.budget(budget << 20), views));
    for (long number : new long[] {budget << 20, heap << 20, views, (heap << 20) / 2 / views}) {
      assertTrue(refused.getMessage().contains(" " + number), refused.getMessage());
    }
  }
}
