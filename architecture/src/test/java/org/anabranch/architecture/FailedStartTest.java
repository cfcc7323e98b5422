// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.anabranch.sql.Script;
import org.anabranch.view.Clock;
import org.anabranch.view.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that fails, wherever it does, leaves nothing behind: the next one has all it needs. */
final class FailedStartTest {
  private static final String SQL =
      """
      CREATE STREAM orders (amount INTEGER);
      CREATE VIEW totals AS SELECT COUNT(*) AS orders FROM orders;
      """;

  @TempDir Path directory;

  /** Takes so many tasks and then no more. */
  private static final class Limited implements Scheduler {
    private final ThreadScheduler scheduler = new ThreadScheduler();
    private int left;

    Limited(int left) {
      this.left = left;
    }

    @Override
    public Task schedule(String name, Step step) {
      if (left-- == 0) {
        throw new IllegalStateException("no room for task " + name);
      }
      return scheduler.schedule(name, step);
    }

    @Override
    public List<Task> tasks() {
      return scheduler.tasks();
    }

    @Override
    public void close() {
      scheduler.close();
    }
  }

  private Pipeline start(Scheduler scheduler) throws Exception {
    return Pipeline.start(
        new Lambda(),
        Script.parse("test.sql", SQL),
        PipelineSettings.in(directory).hasty(100),
        scheduler,
        Clock.SYSTEM);
  }

  /** Threads of ours and of what we stand on; those of the machine come and go. */
  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> !name.startsWith("ForkJoinPool") && !name.startsWith("Attach"))
        .filter(name -> !name.contains("Cleaner") && !name.contains("Reference"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void assertFree(Set<String> before) throws Exception {
    Running.await(
        "the threads' end: " + before,
        () -> {
          Set<String> left = threads();
          left.removeAll(before);
          return left.isEmpty();
        });
  }

  @Test
  void whereverATaskCannotStartAllThatWasOpenedIsFreeAgain() throws Exception {
    try (Pipeline once = start(new ThreadScheduler())) {
      assertTrue(once.fault().isEmpty());
    }
    Set<String> before = threads();
    // The first of all, one in the middle, and the last, which is the batch layer's.
    for (int tasks : List.of(0, 4, 11)) {
      IllegalStateException failure =
          assertThrows(IllegalStateException.class, () -> start(new Limited(tasks)).close());
      assertTrue(failure.getMessage().startsWith("no room for task"), failure.getMessage());
      assertFree(before);
    }
    try (Running running = Running.start("lambda", SQL, directory)) {
      running.append("orders", List.of("{\"amount\":1}"));
      assertEquals(List.of("[1]"), running.rows("totals"));
    }
    assertFree(before);
  }

  @Test
  void whatCannotBeOpenedLeavesTheRestClosed() throws Exception {
    try (Pipeline once = start(new ThreadScheduler())) {
      assertTrue(once.fault().isEmpty());
    }
    Set<String> before = threads();
    for (String blocked : List.of("log", "lake")) {
      Path aside = directory.resolve(blocked + ".aside");
      Files.move(directory.resolve(blocked), aside);
      Files.writeString(directory.resolve(blocked), "a file where a directory should be");
      assertThrows(Exception.class, () -> start(new ThreadScheduler()).close(), blocked);
      assertFree(before);
      Files.delete(directory.resolve(blocked));
      Files.move(aside, directory.resolve(blocked));
    }
    try (Running running = Running.start("lambda", SQL, directory)) {
      running.append("orders", List.of("{\"amount\":1}"));
      assertEquals(List.of("[1]"), running.rows("totals"));
    }
  }

  @Test
  void everyStepOfAnEndIsMadeWhateverBecameOfThoseBefore() {
    StringBuilder done = new StringBuilder();
    Closing closing =
        new Closing()
            .then("a", () -> done.append('a'))
            .then(
                "b",
                () -> {
                  throw new IOException("b fails");
                })
            .then(
                "c",
                () -> {
                  throw new IllegalStateException("c fails");
                })
            .then("d", () -> done.append('d'));
    IOException failure = assertThrows(IOException.class, closing::end);
    assertEquals("ad", done.toString());
    assertEquals("b fails", failure.getMessage());
    assertEquals("c fails", failure.getSuppressed()[0].getMessage());
  }
}
