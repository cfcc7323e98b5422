// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far events were acknowledged is remembered, whatever happens to the process. */
final class AcknowledgedEndsTest {
  private static final String TOPIC = Uuid.randomUuid().toString();

  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("acknowledged");
  }

  /** The mapping of an earlier one stays open, as after a kill: nothing is ever closed. */
  private AcknowledgedEnds open() throws IOException {
    return AcknowledgedEnds.open(file(), Optional.empty());
  }

  @Test
  void endsAreKnownAfterAReopeningAndOnlyRise() throws IOException {
    AcknowledgedEnds ends = open();
    assertEquals(0, ends.end(TOPIC, 0));
    ends.keep(TOPIC, Map.of(0, 7L, 3, 9L)).join();
    ends.keep(TOPIC, Map.of(0, 5L)).join();
    assertEquals(7, ends.end(TOPIC, 0));
    AcknowledgedEnds again = open();
    assertEquals(7, again.end(TOPIC, 0));
    assertEquals(9, again.end(TOPIC, 3));
    assertEquals(0, again.end(TOPIC, 1));
    assertEquals(0, again.end(Uuid.randomUuid().toString(), 0));
  }

  @Test
  void morePartitionsThanAPageHoldsAreAllKnown() throws IOException {
    AcknowledgedEnds ends = open();
    for (int partition = 0; partition < 300; partition++) {
      ends.keep(TOPIC, Map.of(partition, 1000L + partition)).join();
    }
    AcknowledgedEnds again = open();
    for (int partition = 0; partition < 300; partition++) {
      assertEquals(1000L + partition, again.end(TOPIC, partition));
    }
  }

  @Test
  void anAcceptedLossLowersTheEnd() throws IOException {
    AcknowledgedEnds ends = open();
    ends.keep(TOPIC, Map.of(0, 7L)).join();
    ends.keep(TOPIC, Map.of(0, 9L)).join();
    ends.accept(TOPIC, 0, 4);
    assertEquals(4, ends.end(TOPIC, 0));
    assertEquals(4, open().end(TOPIC, 0));
    ends.keep(TOPIC, Map.of(0, 5L)).join();
    assertEquals(5, open().end(TOPIC, 0));
  }

  /** A write that the end of the process tore leaves the end before it. */
  @Test
  void whicheverCellIsTornTheOtherAnswers() throws IOException {
    AcknowledgedEnds ends = open();
    ends.keep(TOPIC, Map.of(0, 7L)).join();
    ends.keep(TOPIC, Map.of(0, 9L)).join();
    byte[] whole = Files.readAllBytes(file());
    for (int cell : new int[] {64, 80}) {
      for (int at = 0; at < 16; at++) {
        byte[] torn = whole.clone();
        torn[AcknowledgedSlot.BYTES + cell + at] ^= 1;
        Files.write(file(), torn);
        assertEquals(cell == 64 ? 9 : 7, open().end(TOPIC, 0));
      }
    }
  }

  @Test
  void aDamagedEntryOrHeaderIsRefusedByName() throws IOException {
    open().keep(TOPIC, Map.of(0, 7L)).join();
    byte[] whole = Files.readAllBytes(file());
    for (int at : new int[] {0, AcknowledgedSlot.BYTES + 2, AcknowledgedSlot.BYTES + 20}) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 4;
      Files.write(file(), damaged);
      LogUnavailableException refused = assertThrows(LogUnavailableException.class, this::open);
      assertTrue(refused.getMessage().contains("'acknowledged'"), refused.getMessage());
      assertTrue(refused.getMessage().contains("remove it"), refused.getMessage());
      assertFalse(refused.getMessage().contains(directory.toString()), refused.getMessage());
    }
    Files.delete(file());
    assertEquals(0, open().end(TOPIC, 0));
  }

  @Test
  void aFileThatWasCutWhileItWasMadeIsFinished() throws IOException {
    Files.write(file(), new byte[17]);
    open().keep(TOPIC, Map.of(0, 7L)).join();
    try (RandomAccessFile bytes = new RandomAccessFile(file().toFile(), "r")) {
      assertEquals(4096, bytes.length());
    }
    assertEquals(7, open().end(TOPIC, 0));
  }

  @Test
  void whoComesWhileAFlushIsUnderWayWaitsForTheNextOne() throws IOException {
    Deque<Runnable> tasks = new ArrayDeque<>();
    int[] flushes = {0};
    SharedFlush flush = new SharedFlush(() -> flushes[0]++, tasks::add);
    CompletableFuture<Void> first = flush.next();
    CompletableFuture<Void> second = flush.next();
    assertFalse(first.isDone());
    assertEquals(1, tasks.size());
    tasks.remove().run();
    assertTrue(first.isDone() && second.isDone());
    assertEquals(1, flushes[0]);

    CompletableFuture<?>[] late = new CompletableFuture<?>[1];
    CompletableFuture<?>[] asked = new CompletableFuture<?>[1];
    SharedFlush[] nested = new SharedFlush[1];
    nested[0] =
        new SharedFlush(
            () -> {
              if (late[0] == null) {
                assertFalse(asked[0].isDone(), "nobody is told before the flush was made");
                late[0] = nested[0].next();
                assertFalse(late[0].isDone());
              }
              flushes[0]++;
            },
            tasks::add);
    asked[0] = nested[0].next();
    tasks.remove().run();
    asked[0].join();
    assertTrue(late[0].isDone());
    assertEquals(3, flushes[0]);
  }
}
