// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of acknowledged events when the log is damaged after a process was killed. */
final class LogDamageTest {
  private static final String SQL =
      """
      CREATE STREAM orders (id BIGINT NOT NULL) WITH ('partitions' = '1');
      CREATE VIEW total AS SELECT COUNT(*) AS orders, SUM(id) AS ids FROM orders;
      """;

  @TempDir private Path directory;

  private Path data() {
    return directory.resolve("data");
  }

  /** Neither archives nor makes anything durable by itself. */
  private Running start() throws Exception {
    return Running.start("lambda", SQL, PipelineSettings.in(data()).hasty(600_000));
  }

  /**
   * Appends, and leaves the directory as the process would have left it by being killed. Each event
   * is a batch of its own: it is acknowledged before the next is sent.
   */
  private void appendAndKill(int events) throws Exception {
    Path killed = directory.resolve("killed");
    try (Running running = start()) {
      for (int id = 0; id < events; id++) {
        running.append("orders", List.of("{\"id\":" + id + "}"));
      }
      copy(data(), killed);
    }
    delete(data());
    Files.move(killed, data());
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path found, BasicFileAttributes unused)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(found)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path found, BasicFileAttributes unused)
              throws IOException {
            Files.copy(found, to.resolve(from.relativize(found)));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path found, BasicFileAttributes unused)
              throws IOException {
            Files.delete(found);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path found, IOException problem)
              throws IOException {
            Files.delete(found);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private Path segment() {
    return data().resolve("log").resolve("orders-0").resolve("00000000000000000000.log");
  }

  @Test
  void aTailThatWasAcknowledgedAndIsGoneIsALossWithANumber() throws Exception {
    appendAndKill(20);
    byte[] whole = Files.readAllBytes(segment());
    Files.write(segment(), Arrays.copyOf(whole, whole.length - 1));
    RefusedException lost = assertThrows(RefusedException.class, this::start);
    assertTrue(lost.getMessage().contains("positions [19, 20) (1)"), lost.getMessage());
    assertTrue(lost.getMessage().contains("the log ends at position 19"), lost.getMessage());

    Files.write(segment(), whole);
    try (Running running = start()) {
      assertEquals(List.of("[20, 190]"), running.rows("total"));
    }
  }

  @Test
  void whatIsLeftOfALogIsKeptWhenItsLossIsAccepted() throws Exception {
    appendAndKill(20);
    byte[] whole = Files.readAllBytes(segment());
    Files.write(segment(), Arrays.copyOf(whole, whole.length - 1));
    PipelineSettings accepting =
        PipelineSettings.in(data()).hasty(100).acceptingGaps(Set.of("orders"));
    // Not one of the events was in the lake yet.
    try (Running running = Running.start("lambda", SQL, accepting)) {
      assertEquals(List.of("[19, 171]"), running.rows("total"));
      PipelineStatus.LostPositions lost =
          running.pipeline().status().streams().get(0).lost().get(0);
      assertEquals(19, lost.from());
      assertEquals(20, lost.to());
    }
    try (Running running = start()) {
      running.append("orders", List.of("{\"id\":100}"));
      assertEquals(List.of("[20, 271]"), running.rows("total"));
      for (VerifyReport report : running.pipeline().verify(List.of())) {
        assertTrue(report.identical(), report.toString());
      }
    }
  }

  @Test
  void whatTheStartCutOffAndWhereItIsKeptIsInTheStatus() throws Exception {
    appendAndKill(20);
    byte[] whole = Files.readAllBytes(segment());
    byte[] begun = Arrays.copyOf(whole, whole.length + 100);
    Arrays.fill(begun, whole.length, begun.length, (byte) 7);
    Files.write(segment(), begun);
    try (Running running = start()) {
      assertEquals(List.of("[20, 190]"), running.rows("total"));
      PipelineStatus status = running.pipeline().status();
      assertEquals(List.of(), status.failures());
      assertEquals(1, status.notes().size(), status.notes().toString());
      String note = status.notes().get(0);
      assertTrue(
          note.startsWith(
              "the log: file 'log/orders-0/00000000000000000000.log' is damaged at byte "
                  + whole.length),
          note);
      String kept = "log-kept/1/orders-0/00000000000000000000.log.from-" + whole.length;
      assertTrue(note.contains("kept as '" + kept + "'"), note);
      assertEquals(100, Files.size(data().resolve(kept)));
    }
    try (Running running = start()) {
      assertEquals(List.of(), running.pipeline().status().notes());
    }
  }
}
