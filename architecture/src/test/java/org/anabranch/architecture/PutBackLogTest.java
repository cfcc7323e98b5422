// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files of the embedded log that were lost and come back, whole or in part, before a start or after
 * one that went on without them: no event is counted twice, and none is missing that is not named.
 */
final class PutBackLogTest {
  private static final String SQL =
      """
      CREATE STREAM orders (id BIGINT NOT NULL, note VARCHAR) WITH ('partitions' = '1');
      CREATE VIEW total AS SELECT COUNT(*) AS orders, SUM(id) AS ids FROM orders;
      """;
  private static final Pattern LOST = Pattern.compile("positions \\[\\d+, \\d+\\) \\((\\d+)\\)");

  @TempDir Path directory;
  private int next;

  private Path data() {
    return directory.resolve("data");
  }

  private Path partition() {
    return data().resolve("log").resolve("orders-0");
  }

  private Path segment() {
    return partition().resolve("00000000000000000000.log");
  }

  private Running run(String architecture, String... accepted) throws Exception {
    PipelineSettings settings =
        PipelineSettings.in(data()).hasty(100).acceptingGaps(Set.of(accepted));
    return Running.start(architecture, SQL, settings);
  }

  /** Each event is a power of two, so that a sum says which are in it. */
  private void append(Running running, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      // Large enough for an index of the file to have entries.
      String event = "{\"id\":%d,\"note\":\"%s\"}".formatted(1L << next++, "x".repeat(1_000));
      running.append("orders", List.of(event));
    }
  }

  private static void awaitArchived(Running running) throws Exception {
    StreamRuntime stream = running.pipeline().stream("orders");
    Running.await(
        "the lake",
        () ->
            stream.lanes().values().stream()
                .allMatch(lane -> stream.lakeStream().lanes().next(lane) == stream.log().end(0)));
  }

  private void assertHasAll(Running running) throws Exception {
    assertEquals(List.of("[%d, %d]".formatted(next, (1L << next) - 1)), running.rows("total"));
    assertVerified(running);
  }

  private static void assertVerified(Running running) throws Exception {
    for (VerifyReport report : running.pipeline().verify(List.of())) {
      assertTrue(report.identical(), report.toString());
    }
    assertEquals(List.of(), running.pipeline().status().failures());
  }

  private void lose(String what) throws IOException {
    switch (what) {
      case "tail" -> Files.write(segment(), head(Files.readAllBytes(segment()), 5));
      case "file" -> Files.delete(segment());
      case "lane" -> Trees.delete(partition());
      case "log" -> Trees.delete(data().resolve("log"));
      default -> throw new IllegalArgumentException(what);
    }
  }

  /** The first batches of a segment. */
  private static byte[] head(byte[] segment, int batches) {
    int at = 0;
    for (int batch = 0; batch < batches && at < segment.length; batch++) {
      at += 12 + java.nio.ByteBuffer.wrap(segment).getInt(at + 8);
    }
    return Arrays.copyOf(segment, at);
  }

  /** Nothing is in the lake, so that the start is refused; then what was lost comes back. */
  @ParameterizedTest(name = "{0}: {1} lost and put back")
  @CsvSource({"lambda, tail", "kappa, file", "lambda, lane", "kappa, log"})
  void whatIsPutBackAfterARefusedStartIsAsIfItHadNeverBeenGone(String architecture, String what)
      throws Exception {
    appendAndKill(20);
    Path log = data().resolve("log");
    Path copy = directory.resolve("copy");
    Trees.copy(log, copy);
    lose(what);
    for (int start = 0; start < 2; start++) {
      String refused = assertRefused();
      assertTrue(refused.contains("--accept-gap orders"), refused);
    }
    if (what.equals("lane") || what.equals("log")) {
      Trees.delete(log);
      Trees.copy(copy, log);
    } else {
      Files.copy(
          copy.resolve("orders-0").resolve(segment().getFileName()),
          segment(),
          StandardCopyOption.REPLACE_EXISTING);
    }
    goesOn(architecture);
  }

  /** Leaves the directory as a process that was killed would, with nothing in the lake. */
  private void appendAndKill(int events) throws Exception {
    Path killed = directory.resolve("killed");
    try (Running running =
        Running.start("lambda", SQL, PipelineSettings.in(data()).hasty(600_000))) {
      append(running, events);
      Trees.copyStill(data(), killed);
    }
    Trees.delete(data());
    Files.move(killed, data());
  }

  /**
   * All is in the lake, so that the start goes on by itself; then the file comes back.
   *
   * @param more how many events came meanwhile
   * @param back how many batches of the file come back
   */
  @ParameterizedTest(name = "{0}: {1} lost, {2} more, {3} back")
  @CsvSource({
    "lambda, tail, 0, 20",
    "lambda, tail, 3, 20",
    "kappa, tail, 3, 12",
    "lambda, tail, 30, 20",
    "kappa, file, 3, 20",
    "lambda, file, 0, 7",
    "lambda, lane, 3, 20",
    "kappa, lane, 25, 12",
    "lambda, log, 0, 20",
    "lambda, log, 3, 20",
    "kappa, log, 25, 20",
  })
  void whatIsPutBackAfterAStartWentOnIsNotCountedAgain(
      String architecture, String what, int more, int back) throws Exception {
    try (Running running = run(architecture)) {
      append(running, 20);
      awaitArchived(running);
    }
    byte[] whole = Files.readAllBytes(segment());
    lose(what);
    byte[] meanwhile;
    try (Running running = run(architecture)) {
      assertHasAll(running);
      append(running, more);
      assertHasAll(running);
      awaitArchived(running);
    }
    meanwhile = Files.readAllBytes(segment());
    Files.write(segment(), head(whole, back));
    goesOn(architecture);
    // And the one of meanwhile again, and the first once more.
    Files.write(segment(), meanwhile);
    goesOn("kappa");
    Files.write(segment(), whole);
    goesOn(architecture);
  }

  private void goesOn(String architecture) throws Exception {
    try (Running running = run(architecture)) {
      assertHasAll(running);
      append(running, 2);
      assertHasAll(running);
      awaitArchived(running);
    }
    try (Running running = run(architecture)) {
      assertHasAll(running);
    }
  }

  @Test
  void whatCameMeanwhileAndIsOverwrittenIsNamedAndNothingElseTakesItsPlace() throws Exception {
    try (Running running = run("lambda")) {
      append(running, 20);
      awaitArchived(running);
    }
    byte[] whole = Files.readAllBytes(segment());
    lose("tail");
    appendAndKill(4);
    Files.write(segment(), whole);
    String refused = assertRefused();
    Matcher lost = LOST.matcher(refused);
    assertTrue(lost.find(), refused);
    assertEquals("4", lost.group(1), refused);
    assertTrue(refused.contains("--accept-gap orders"), refused);
    next = 20;
    try (Running running = run("lambda", "orders")) {
      assertHasAll(running);
    }
    goesOn("kappa");
  }

  private String assertRefused() {
    return org.junit.jupiter.api.Assertions.assertThrows(
            RefusedException.class, () -> run("lambda").close())
        .getMessage();
  }

  @Test
  void aWholeLogThatComesBackAfterAnotherTookItsPlaceIsNotCountedAgain() throws Exception {
    try (Running running = run("lambda")) {
      append(running, 20);
      awaitArchived(running);
    }
    List<Path> logs = new ArrayList<>();
    Path first = directory.resolve("first");
    Files.move(data().resolve("log"), first);
    logs.add(first);
    try (Running running = run("lambda")) {
      append(running, 30);
      awaitArchived(running);
      assertHasAll(running);
    }
    Path second = directory.resolve("second");
    Files.move(data().resolve("log"), second);
    logs.add(second);
    for (Path log : logs) {
      Trees.copy(log, data().resolve("log"));
      goesOn("lambda");
      goesOn("kappa");
      Trees.delete(data().resolve("log"));
    }
  }
}
