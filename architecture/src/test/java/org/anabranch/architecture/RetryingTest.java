// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.anabranch.log.LogUnavailableException;
import org.anabranch.view.ManualClock;
import org.anabranch.view.Step;
import org.junit.jupiter.api.Test;

final class RetryingTest {
  private final ManualClock clock = new ManualClock(0);

  /** Fails with one failure after the other, then works. */
  private static Step failing(Exception... failures) {
    Deque<Exception> left = new ArrayDeque<>(List.of(failures));
    return () -> {
      if (left.isEmpty()) {
        return 1;
      }
      throw left.remove();
    };
  }

  @Test
  void whatPassesIsSaidAndTriedAgainAfterAPause() throws Exception {
    Retrying retrying = new Retrying("archive s", failing(new IOException("full")), clock);
    assertEquals(0, retrying.step());
    assertEquals("archive s: full", retrying.failing().orElseThrow());
    assertEquals(0, retrying.step(), "it pauses");
    clock.advance(1_000);
    assertEquals(1, retrying.step());
    assertTrue(retrying.failing().isEmpty());
  }

  @Test
  void aReaderIsTriedAgainOnlyWhileTheLogIsAway() throws Exception {
    LogUnavailableException away = new LogUnavailableException("away");
    away.addSuppressed(new LogUnavailableException("the other cursor too"));
    IOException subscriber = new IOException("a subscriber's");
    Retrying tail = Retrying.reading("tail", failing(away, subscriber), clock);
    assertEquals(0, tail.step());
    clock.advance(1_000);
    assertSame(subscriber, assertThrows(IOException.class, tail::step));
    LogUnavailableException both = new LogUnavailableException("away");
    both.addSuppressed(subscriber);
    Retrying mixed = Retrying.reading("tail", failing(both), clock);
    assertSame(both, assertThrows(LogUnavailableException.class, mixed::step));
  }
}
