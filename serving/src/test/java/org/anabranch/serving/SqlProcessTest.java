// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.anabranch.serving.ServingException.Reason;
import org.anabranch.view.Clock;
import org.anabranch.view.MemoryHistory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a statement does, it does to its own process. */
class SqlProcessTest {
  private static final SqlSettings SETTINGS =
      new SqlSettings(2, 256, 1024, 128, 2, 8, 100_000, 100_000, 4 << 20);

  /** Far below what the statements would take, far above what a busy machine takes to end one. */
  private static final long SOON_MILLIS = 40_000;

  private static final String COUNT = "SELECT count(*) FROM delays";

  private final MemoryHistory history = TestViews.flightRows(10, 10);
  private final FakeSource source = new FakeSource(history, new Random(3));
  private final List<SqlService> open = new ArrayList<>();

  static SqlService service(SqlSettings settings, FakeSource source) {
    return new SqlService(
        TestViews.catalog(new ViewRelation(TestViews.flights("delays"), source, Optional.empty())),
        settings,
        Clock.SYSTEM,
        new ThreadWatchdog());
  }

  private SqlService service(SqlSettings settings) {
    SqlService service = service(settings, source);
    open.add(service);
    return service;
  }

  @AfterEach
  void nothingIsLeft() {
    open.forEach(SqlService::close);
    assertEquals(0, source.open());
    assertEquals(Set.of(), processes());
  }

  /** The processes of all services here. */
  private static Set<ProcessHandle> processes() {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .collect(Collectors.toSet());
  }

  private static List<Object[]> rows(SqlService service, String query, long millis) {
    QueryLimits limits = new QueryLimits(millis, 1_000_000);
    try (Answer answer = service.query(query, limits, Optional.empty())) {
      return TestViews.all(answer);
    }
  }

  private static ServingException failure(SqlService service, String query, long millis) {
    return assertThrows(ServingException.class, () -> rows(service, query, millis));
  }

  private static void await(BooleanSupplier condition, String what) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "waited in vain: " + what);
      Thread.onSpinWait();
    }
  }

  private static String rollup(int columns) {
    return IntStream.range(0, columns)
        .mapToObj(i -> "flights+" + i)
        .collect(Collectors.joining(",", "ROLLUP(", ")"));
  }

  /** Planned for a minute and more, in memory that no limit of the database counts. */
  static final String PLANNED_FOR_LONG =
      "SELECT 1 FROM delays GROUP BY " + rollup(60) + "," + rollup(60);

  private static final String COMPUTED_FOR_LONG =
      "WITH n AS (SELECT a.delay + b.delay AS x FROM delays a, delays b)"
          + " SELECT count(*) FROM n a, n b, n c WHERE a.x * b.x < c.x + 1";

  @ParameterizedTest
  @ValueSource(strings = {PLANNED, "planning 300", "planning 500", "computing"})
  void aStatementEndsAtItsDeadlineWhateverItDoesAndOthersGoOn(String what) throws Exception {
    String query =
        switch (what) {
          case PLANNED -> PLANNED_FOR_LONG;
          case "planning 300" -> "SELECT 1 FROM delays GROUP BY " + rollup(300);
          case "planning 500" -> "SELECT 1 FROM delays GROUP BY " + rollup(500);
          default -> COMPUTED_FOR_LONG;
        };
    // Room for what is sorted, so that its time is what ends.
    SqlService sql = service(new SqlSettings(2, 256, 2048, 1024, 2, 8, 100_000, 100_000, 4 << 20));
    rows(sql, COUNT, 30_000);
    await(() -> processes().size() == 2, "a spare process");
    long before = residentKilobytes();
    long start = System.nanoTime();
    CompletableFuture<Long> ended =
        CompletableFuture.supplyAsync(
            () -> {
              ServingException failure = failure(sql, query, 2_000);
              assertEquals(Reason.TIMEOUT, failure.reason(), failure.getMessage());
              return (System.nanoTime() - start) / 1_000_000;
            });
    int others = 0;
    while (!ended.isDone()) {
      assertEquals(100L, rows(sql, COUNT, 30_000).get(0)[0]);
      others++;
    }
    long millis = ended.get();
    System.out.println(what + ": ended " + (millis - 2_000) + " ms after its deadline");
    assertTrue(millis >= 2_000 && millis <= 2_000 + SOON_MILLIS, "ended after " + millis + " ms");
    assertTrue(others > 0, others + " other statements meanwhile");
    long grown = (residentKilobytes() - before) / 1024;
    assertTrue(grown < 200, "this process grew by " + grown + " MB");
    assertEquals(100L, rows(sql, COUNT, 30_000).get(0)[0]);
  }

  private static final String PLANNED = "planning 60 x 60";

  private static long residentKilobytes() throws Exception {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aStatementThatTakesMoreMemoryThanItsProcessMayIsEnded() {
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "the system does not tell");
    SqlService sql = service(new SqlSettings(2, 128, 300, 128, 2, 8, 1000, 1000, 4 << 20));
    ServingException limit = failure(sql, PLANNED_FOR_LONG, 120_000);
    assertEquals(Reason.LIMIT, limit.reason());
    assertEquals(
        "Cannot run the query in the 300 MB that a process for queries may take: ask for less, or"
            + " filter earlier",
        limit.getMessage());
    assertEquals(100L, rows(sql, COUNT, 30_000).get(0)[0]);
  }

  @Test
  void aProcessThatIsKilledIsReplacedAndItsStatementSaysSo() throws Exception {
    SqlService sql = service(SETTINGS);
    rows(sql, COUNT, 30_000);
    Set<ProcessHandle> old = processes();
    CompletableFuture<ServingException> killed =
        CompletableFuture.supplyAsync(() -> failure(sql, COMPUTED_FOR_LONG, 60_000));
    await(() -> source.open() > 0, "the statement runs");
    old.forEach(ProcessHandle::destroyForcibly);
    ServingException failure = killed.get(30, TimeUnit.SECONDS);
    assertEquals(Reason.UNAVAILABLE, failure.reason());
    assertTrue(failure.mayRetry());
    assertTrue(failure.getMessage().contains("ended unexpectedly"), failure.getMessage());
    assertEquals(100L, rows(sql, COUNT, 30_000).get(0)[0]);
    old.forEach(one -> assertFalse(one.isAlive()));
  }

  @Test
  void anIdleProcessThatDiedIsNotMissed() {
    SqlService sql = service(SETTINGS);
    rows(sql, COUNT, 30_000);
    for (ProcessHandle process : processes()) {
      process.destroyForcibly();
      await(() -> !process.isAlive(), "the process ends");
    }
    assertEquals(100L, rows(sql, COUNT, 30_000).get(0)[0]);
  }

  @Test
  void aServerThatIsKilledLeavesNoProcessAndNoFiles() throws Exception {
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledServer.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      assertEquals("planning", lines.readLine());
      List<ProcessHandle> left = server.children().toList();
      assertEquals(2, left.size());
      List<Path> files = new ArrayList<>();
      for (ProcessHandle process : left) {
        Path cwd = Path.of("/proc", String.valueOf(process.pid()), "cwd");
        if (Files.exists(cwd)) {
          files.add(cwd.toRealPath().getParent());
        }
      }
      server.destroyForcibly().waitFor();
      await(() -> left.stream().noneMatch(ProcessHandle::isAlive), "its processes end");
      files.forEach(file -> assertTrue(Files.notExists(file), file + " is still there"));
    }
  }

  /** Plans for long until it is killed. */
  static final class KilledServer {
    private KilledServer() {}

    public static void main(String[] arguments) {
      FakeSource source = new FakeSource(TestViews.flightRows(10, 10), new Random(3));
      SqlService sql = service(SETTINGS, source);
      rows(sql, COUNT, 30_000);
      await(() -> processes().size() == 2, "a spare process");
      CompletableFuture<Void> planning =
          CompletableFuture.runAsync(() -> rows(sql, PLANNED_FOR_LONG, 60_000));
      await(() -> source.open() > 0, "the statement runs");
      System.out.println("planning");
      planning.join();
    }
  }

  @Test
  void fiftyStatementsAtOnceAreAnsweredOrRefusedAndNothingElse() throws Exception {
    SqlService few = service(SETTINGS);
    SqlService all = service(new SqlSettings(2, 256, 1024, 128, 2, 50, 1000, 1000, 4 << 20));
    ExecutorService threads = Executors.newFixedThreadPool(50);
    try {
      assertEquals(50, answered(threads, all));
      int answered = answered(threads, few);
      assertTrue(answered >= 1 && answered <= 50, answered + " answered");
    } finally {
      threads.shutdownNow();
    }
    assertEquals(SETTINGS.concurrent(), few.freePlaces());
    assertTrue(processes().size() <= 4, "processes: " + processes());
  }

  private static int answered(ExecutorService threads, SqlService sql) throws Exception {
    List<Future<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      long number = i;
      all.add(
          threads.submit(
              () -> {
                try {
                  String query = "SELECT count(*) + " + number + " FROM delays";
                  assertEquals(100 + number, rows(sql, query, 60_000).get(0)[0]);
                  return true;
                } catch (ServingException e) {
                  assertEquals(Reason.BUSY, e.reason());
                  return false;
                }
              }));
    }
    int answered = 0;
    for (Future<Boolean> one : all) {
      answered += one.get(60, TimeUnit.SECONDS) ? 1 : 0;
    }
    return answered;
  }

  @Test
  void whoWaitsForAProcessInVainIsToldToAskAgain() {
    SqlService sql = service(new SqlSettings(1, 256, 1024, 128, 2, 8, 1000, 1000, 4 << 20));
    rows(sql, COUNT, 30_000);
    String large = "SELECT a.origin FROM delays a, delays b, delays c";
    try (Answer first = sql.query(large, QueryLimits.DEFAULT, Optional.empty())) {
      assertEquals("O0", first.next()[0]);
      ServingException busy = failure(sql, COUNT, 100);
      assertEquals(Reason.BUSY, busy.reason());
      assertTrue(busy.mayRetry());
    }
    assertEquals(100L, rows(sql, COUNT, 30_000).get(0)[0]);
  }

  @Test
  void moreThanAMillionRowsAreRefusedAfterTheLastThatIsAllowed() {
    SqlService sql = service(SETTINGS);
    String query = "SELECT a.delay FROM delays a, delays b, delays c, (VALUES (1), (2)) d(x)";
    try (Answer answer = sql.query(query, QueryLimits.DEFAULT, Optional.empty())) {
      for (int i = 0; i < 1_000_000; i++) {
        assertTrue(answer.next() != null, "row " + i);
      }
      ServingException limit = assertThrows(ServingException.class, answer::next);
      assertEquals(Reason.LIMIT, limit.reason());
      assertEquals(
          "Cannot give more than 1000000 rows: write LIMIT, or filter more", limit.getMessage());
    }
    assertEquals(100L, rows(sql, COUNT, 30_000).get(0)[0]);
  }

  @Test
  void anAnswerThatNobodyReadsIsCalledOffAndItsProcessLivesOn() {
    SqlService sql = service(new SqlSettings(1, 256, 1024, 512, 2, 8, 1000, 1000, 4 << 20));
    rows(sql, COUNT, 30_000);
    final Set<ProcessHandle> before = processes();
    String large = "SELECT a.origin || b.origin || c.origin FROM delays a, delays b, delays c";
    try (Answer answer = sql.query(large, QueryLimits.DEFAULT, Optional.empty())) {
      assertEquals("O0O0O0", answer.next()[0]);
    }
    assertEquals(100L, rows(sql, COUNT, 30_000).get(0)[0]);
    assertEquals(before, processes());
  }

  @Test
  void whatIsStoppedInTheMiddleSaysSo() throws Exception {
    SqlService sql = service(SETTINGS);
    rows(sql, COUNT, 30_000);
    CompletableFuture<ServingException> stopped =
        CompletableFuture.supplyAsync(() -> failure(sql, COMPUTED_FOR_LONG, 60_000));
    await(() -> source.open() > 0, "the statement runs");
    sql.close();
    ServingException failure = stopped.get(30, TimeUnit.SECONDS);
    assertEquals(Reason.UNAVAILABLE, failure.reason());
    assertEquals(Set.of(), processes());
  }

  @Test
  void aProcessHasNoEnvironmentAndADirectoryOfItsOwn() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/environ")), "the system does not tell");
    SqlService sql = service(SETTINGS);
    rows(sql, COUNT, 30_000);
    for (ProcessHandle process : processes()) {
      Path facts = Path.of("/proc", String.valueOf(process.pid()));
      String environment = Files.readString(facts.resolve("environ"));
      assertEquals(Set.of("LC_ALL"), names(environment));
      Path directory = facts.resolve("cwd").toRealPath().getParent();
      assertEquals(
          "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)));
      assertEquals("1000", Files.readString(facts.resolve("oom_score_adj")).strip());
    }
  }

  private static Set<String> names(String environment) {
    return java.util.Arrays.stream(environment.split("\0"))
        .map(one -> one.split("=", 2)[0])
        .filter(name -> !Set.of("PWD", "OLDPWD", "SHLVL", "_").contains(name))
        .collect(Collectors.toSet());
  }
}
