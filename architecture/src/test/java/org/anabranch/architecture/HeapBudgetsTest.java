// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be in memory at once fits into it. */
final class HeapBudgetsTest {
  private static final PipelineSettings SETTINGS = PipelineSettings.in(Path.of("data"));
  private static final int[] MANY = {1, 2, 3, 10, 37, 100};

  private static HeapBudgets budgets(long megabytes, int views) {
    return new HeapBudgets(megabytes << 20, 1, 2, views, 2);
  }

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
    HeapBudgets budgets = budgets(heap, views);
    PipelineSettings settled = budgets.settled(SETTINGS);
    assertEquals(budget << 20, settled.stateBudget());
    assertEquals(settled, budgets.settled(settled), "what is derived is not refused");
  }

  /** The law: whatever is accepted takes at most seven eighths of the heap, all together. */
  @ParameterizedTest
  @ValueSource(longs = {128, 192, 256, 512, 1024, 2048, 4096, 16_384})
  void allThatGrowsWithTheDataFitsTogetherOrIsRefused(long megabytes) {
    long heap = megabytes << 20;
    for (int streams : MANY) {
      for (int views : new int[] {0, 1, 2, 8, 100}) {
        for (int lanesEach : new int[] {1, 2, 16}) {
          HeapBudgets budgets =
              new HeapBudgets(heap, streams, streams * lanesEach, views, streams % 64 + 1);
          String what = streams + " streams, " + lanesEach + " lanes each, " + views + " views";
          try {
            long budget = budgets.settled(SETTINGS).stateBudget();
            assertTrue(sum(budgets, budget) <= heap / 8 * 7, what);
            assertEquals(sum(budgets, budget), budgets.total(budget), what);
          } catch (RefusedException refused) {
            assertTrue(refused.getMessage().contains(" " + streams + " streams"), what);
            assertTrue(heap < 4L << 30, "a large heap holds this: " + what);
          }
        }
      }
    }
  }

  /** Added up here from what each part is really given. */
  private static long sum(HeapBudgets budgets, long stateBudget) {
    int streams = budgets.streams();
    long states = budgets.views() * (stateBudget + stateBudget / 2);
    long archives = streams * budgets.archive(2_000).heldBytes();
    long files = (streams + 2) * budgets.lake().rowGroupBytes();
    long keys = streams * budgets.requests().keys().bytes();
    long ingest = Math.max(32L << 20, budgets.heap() / 64 * 8);
    long tails = budgets.lanes() * 4L * budgets.tail().bytes();
    long queries =
        (long) budgets.sql().concurrent() * budgets.sql().aheadBytes()
            + budgets.reads().sortedBytes();
    return states
        + archives
        + files
        + keys
        + ingest
        + tails
        + queries
        + budgets.sendBytes()
        + HeapBudgets.spool(budgets.heap());
  }

  @Test
  void whatPeopleRunIsAccepted() throws RefusedException {
    new HeapBudgets(128L << 20, 1, 1, 1, 2).settled(SETTINGS);
    new HeapBudgets(256L << 20, 10, 20, 10, 2).settled(SETTINGS);
    new HeapBudgets(1L << 30, 100, 200, 40, 8).settled(SETTINGS);
    new HeapBudgets(4L << 30, 100, 1600, 100, 64).settled(SETTINGS);
  }

  @Test
  void moreThanTheHeapHoldsIsRefusedWithTheHeapThatItNeeds() throws RefusedException {
    HeapBudgets small = new HeapBudgets(256L << 20, 100, 200, 3, 2);
    RefusedException refused = assertThrows(RefusedException.class, () -> small.settled(SETTINGS));
    String message = refused.getMessage();
    assertTrue(
        message.contains(
            " 268435456 bytes: 100 streams of 200 lanes together, 3 views and 2 processes"),
        message);
    long needed = Long.parseLong(message.replaceAll(".* at least ([0-9]+);.*", "$1"));
    assertTrue(needed > small.heap(), message);
    new HeapBudgets(needed, 100, 200, 3, 2).settled(SETTINGS);
  }

  @ParameterizedTest
  @CsvSource({"256, 1, 65, 64", "256, 4, 64, 16", "1024, 2, 512, 128"})
  void aBudgetThatCannotHoldIsRefusedWithTheNumbers(long heap, int views, long budget, long most) {
    RefusedException refused =
        assertThrows(
            RefusedException.class,
            () -> budgets(heap, views).settled(SETTINGS.budget(budget << 20)));
    for (long number : new long[] {budget << 20, heap << 20, views, most << 20}) {
      assertTrue(refused.getMessage().contains(" " + number), refused.getMessage());
    }
  }
}
