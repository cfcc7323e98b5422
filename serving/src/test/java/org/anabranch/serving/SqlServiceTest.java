// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.anabranch.serving.ServingException.Reason;
import org.anabranch.view.Clock;
import org.anabranch.view.Column;
import org.anabranch.view.Coverage;
import org.anabranch.view.MemoryHistory;
import org.anabranch.view.Receipt;
import org.anabranch.view.Schema;
import org.anabranch.view.Type;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlServiceTest {
  private static final SqlSettings SETTINGS =
      new SqlSettings(2, 256, 1024, 128, 2, 2, 1000, 250, 4 << 20);

  /** Slow, and small until it ends. */
  private static final String SLOW =
      "WITH n AS (SELECT a.delay + b.delay AS x FROM delays a, delays b)"
          + " SELECT count(*) FROM n a, n b, n c WHERE a.x * b.x < c.x + 1";

  @TempDir Path folder;

  private final MemoryHistory history = TestViews.flightRows(10, 10);
  private final FakeSource source = new FakeSource(history, new Random(3));
  private final SqlService sql = service(SETTINGS);

  private SqlService service(SqlSettings settings) {
    return new SqlService(
        TestViews.catalog(
            new ViewRelation(TestViews.flights("delays"), source, Optional.empty()),
            new ViewRelation(TestViews.flights("others"), source, Optional.empty()),
            new ViewRelation(TestViews.flights("broken"), source, Optional.of("it is paused"))),
        settings,
        Clock.SYSTEM,
        new ThreadWatchdog());
  }

  @AfterEach
  void nothingIsHeld() {
    assertEquals(0, source.open());
    assertEquals(SETTINGS.concurrent(), sql.freePlaces());
    sql.close();
  }

  private List<Object[]> rows(String query) {
    return rows(sql, query, QueryLimits.DEFAULT);
  }

  private static List<Object[]> rows(SqlService service, String query, QueryLimits limits) {
    try (Answer answer = service.query(query, limits, Optional.empty())) {
      return TestViews.all(answer);
    }
  }

  private ServingException failure(String query, QueryLimits limits) {
    return assertThrows(ServingException.class, () -> rows(sql, query, limits));
  }

  @Test
  void twoViewsOfOneSourceStandAtOneFrontierAndShareAPin() {
    try (Answer answer =
        sql.query(
            "SELECT count(*) FROM delays JOIN others USING (origin, day)",
            QueryLimits.DEFAULT,
            Optional.empty())) {
      assertEquals(1, source.open());
      assertEquals(100L, answer.next()[0]);
      assertEquals(
          List.of("delays", "others"), answer.footings().stream().map(Footing::relation).toList());
      assertEquals(history.coverage(), answer.receipt().coverages().get("random"));
      assertEquals(100, answer.footings().get(0).tally().orElseThrow().folded());
    }
  }

  @Test
  void aTableIsKeptForItsFrontierAndGivesWayToTheNext() {
    rows("SELECT * FROM delays");
    rows("SELECT * FROM delays");
    assertEquals(1, sql.tables());
    history.append(TestViews.LANE, TestViews.flight("new", 1L, 1L));
    source.advance();
    assertEquals(101L, rows("SELECT count(*) FROM delays").get(0)[0]);
    assertEquals(1, sql.tables());
    rows("SELECT * FROM others");
    assertEquals(2, sql.tables());
  }

  @Test
  void anAnswerInReadingKeepsItsFrontier() {
    try (Answer first = sql.query("SELECT * FROM delays", QueryLimits.DEFAULT, Optional.empty())) {
      first.next();
      history.append(TestViews.LANE, TestViews.flight("new", 1L, 1L));
      source.advance();
      assertEquals(101L, rows("SELECT count(*) FROM delays").get(0)[0]);
      assertEquals(99, TestViews.all(first).size());
    }
    assertEquals(1, sql.tables());
  }

  @Test
  void aLargeAnswerInReadingKeepsItsProcessAndAnotherAnswers() {
    try (Answer first =
        sql.query(
            "SELECT a.origin FROM delays a, delays b, delays c",
            QueryLimits.DEFAULT,
            Optional.empty())) {
      history.append(TestViews.LANE, TestViews.flight("new", 1L, 1L));
      source.advance();
      assertEquals(101L, rows("SELECT count(*) FROM delays").get(0)[0]);
      assertEquals(2, sql.tables());
      long count = 0;
      while (first.next() != null) {
        count++;
      }
      assertEquals(1_000_000, count);
    }
    assertEquals(2, sql.tables());
  }

  @Test
  void rowsTimeMemoryAndPlacesAreLimited() {
    assertEquals(
        Reason.LIMIT, failure("SELECT * FROM delays", new QueryLimits(10_000, 99)).reason());
    assertEquals(100, rows(sql, "SELECT * FROM delays", new QueryLimits(10_000, 100)).size());
    assertEquals(Reason.TIMEOUT, failure(SLOW, new QueryLimits(300, 10)).reason());
    ServingException memory =
        failure(
            "SELECT count(*) FROM (SELECT DISTINCT a.delay * 1000000 + b.delay * 1000 + c.delay AS"
                + " x, a.origin || b.origin || c.origin || d.delay || 'a long text to take memory'"
                + " AS y FROM delays a, delays b, delays c, delays d) q",
            new QueryLimits(60_000, 10));
    assertEquals(Reason.LIMIT, memory.reason(), memory.getMessage());
    try (Answer one = sql.query("SELECT 1", QueryLimits.DEFAULT, Optional.empty());
        Answer two = sql.query("SELECT 2", QueryLimits.DEFAULT, Optional.empty())) {
      ServingException busy = failure("SELECT 3", QueryLimits.DEFAULT);
      assertEquals(Reason.BUSY, busy.reason());
      assertTrue(busy.mayRetry());
      assertEquals(1L, one.next()[0]);
      assertEquals(2L, two.next()[0]);
    }
    assertEquals(3L, rows("SELECT 3").get(0)[0]);
  }

  @Test
  void aViewWithTooManyRowsIsALimitAndLeavesNoTable() {
    for (int i = 0; i < 1000; i++) {
      history.append(TestViews.LANE, TestViews.flight("many" + i, 1L, 1L));
    }
    source.advance();
    ServingException limit = failure("SELECT * FROM delays", QueryLimits.DEFAULT);
    assertEquals(Reason.LIMIT, limit.reason());
    assertTrue(limit.getMessage().contains("delays"), limit.getMessage());
    assertEquals(0, sql.tables());
  }

  @Test
  void aMisspelledColumnIsAnsweredWithTheNearestName() {
    ServingException failure = failure("SELECT orign FROM delays", QueryLimits.DEFAULT);
    assertEquals(Reason.REFUSED, failure.reason());
    assertTrue(failure.getMessage().endsWith("did you mean 'origin'?"), failure.getMessage());
  }

  @Test
  void failuresLeaveNothingBehind() {
    rows("SELECT 1 FROM delays");
    for (String query :
        List.of(
            "SELECT 1 / (delay - delay) FROM delays",
            "SELECT nothing FROM delays, others",
            "SELECT CAST(origin AS INTEGER) FROM delays",
            "SELECT * FROM delays, broken",
            "SELECT INTERVAL '1' DAY FROM delays")) {
      ServingException failed = failure(query, QueryLimits.DEFAULT);
      assertTrue(failed.reason() != Reason.LIMIT, failed.getMessage());
      assertEquals(0, source.open());
      assertEquals(SETTINGS.concurrent(), sql.freePlaces());
      assertTrue(sql.tables() <= 2);
    }
    assertEquals(Reason.UNAVAILABLE, failure("SELECT * FROM broken", QueryLimits.DEFAULT).reason());
  }

  @Test
  void anAwaitedReceiptIsWaitedFor() {
    rows("SELECT 1");
    Receipt ahead = Receipt.of("random", Coverage.of(TestViews.LANE, 0, 101));
    QueryLimits soon = new QueryLimits(200, 10);
    ServingException late =
        assertThrows(
            ServingException.class,
            () -> sql.query("SELECT count(*) FROM delays", soon, Optional.of(ahead)));
    assertEquals(Reason.NOT_YET, late.reason());
    history.append(TestViews.LANE, TestViews.flight("new", 1L, 1L));
    source.advance();
    try (Answer answer =
        sql.query("SELECT count(*) FROM delays", QueryLimits.DEFAULT, Optional.of(ahead))) {
      assertEquals(101L, answer.next()[0]);
    }
    Receipt other = Receipt.of("other", Coverage.EMPTY);
    assertThrows(
        ServingException.class,
        () -> sql.query("SELECT count(*) FROM delays", soon, Optional.of(other)));
  }

  @Test
  void rowsInFilesAreReadTogetherWithViews() throws Exception {
    ParquetRows files = new ParquetRows("flights", TestViews.FLIGHTS, folder);
    try (SqlService both =
        new SqlService(
            TestViews.catalog(
                new ViewRelation(TestViews.flights("delays"), source, Optional.empty()),
                files.relation()),
            SETTINGS,
            Clock.SYSTEM,
            new ThreadWatchdog())) {
      assertEquals(0L, rows(both, "SELECT count(*) FROM flights", QueryLimits.DEFAULT).get(0)[0]);
      Object[] full =
          new Object[] {
            "O1",
            11323L,
            5L,
            1L << 40,
            new java.math.BigDecimal("12.34"),
            0.1,
            979545600123L,
            979545600456L,
            true,
            979545600123456L,
            -1L
          };
      files.add(java.util.Collections.singletonList(full));
      files.add(List.of(TestViews.flight("O2", null, null), TestViews.flight("O9", 1L, 2L)));
      List<Object[]> read =
          rows(both, "SELECT * FROM flights ORDER BY origin", QueryLimits.DEFAULT);
      assertArrayEquals(full, read.get(0));
      assertArrayEquals(TestViews.flight("O2", null, null), read.get(1));
      try (Answer answer =
          both.query(
              "SELECT count(*) FROM flights f JOIN delays d USING (origin, day)",
              QueryLimits.DEFAULT,
              Optional.of(Receipt.of("random", Coverage.of(TestViews.LANE, 0, 3))))) {
        assertEquals(1L, answer.next()[0]);
        assertEquals(1, files.open());
        assertEquals(3, answer.receipt().coverages().get("random").positions());
      }
      assertThrows(
          ServingException.class,
          () -> rows(both, "SELECT 1 / 0 FROM flights", QueryLimits.DEFAULT));
      Receipt ahead = Receipt.of("random", Coverage.of(TestViews.LANE, 0, 4));
      ServingException late =
          assertThrows(
              ServingException.class,
              () ->
                  both.query("SELECT 1 FROM flights", new QueryLimits(50, 1), Optional.of(ahead)));
      assertEquals(Reason.NOT_YET, late.reason());
    }
    assertEquals(0, files.open());
  }

  @Test
  void olderFilesMayLackColumnsHoldNarrowerNumbersAndBytes() throws Exception {
    Path old = folder.resolve("old.parquet");
    try (var duck = DriverManager.getConnection("jdbc:duckdb:");
        var statement = duck.createStatement()) {
      statement.execute(
          "COPY (SELECT 'a' AS _lane, 7::INTEGER AS number, '\\xFFx'::BLOB AS raw, 'b'::BLOB AS ok)"
              + " TO '"
              + old
              + "' (FORMAT parquet)");
    }
    Schema schema =
        Schema.of(
            Column.required("_lane", Type.VARCHAR),
            Column.nullable("number", Type.decimal(20, 2)),
            Column.nullable("raw", Type.VARCHAR),
            Column.nullable("ok", Type.VARCHAR),
            Column.nullable("later", Type.DATE));
    ParquetRows files = new ParquetRows("q", schema, folder);
    files.add(old, 1);
    try (SqlService service =
        new SqlService(
            TestViews.catalog(files.relation()), SETTINGS, Clock.SYSTEM, new ThreadWatchdog())) {
      Object[] row = rows(service, "SELECT * FROM q", QueryLimits.DEFAULT).get(0);
      assertArrayEquals(
          new Object[] {"a", new java.math.BigDecimal("7.00"), "\\xFFx", "b", null}, row);
    }
  }

  @Test
  void aQueryThatWaitsForFilesLooksAgainOnlyWhenThereAreOthers() throws Exception {
    ParquetRows files = new ParquetRows("flights", TestViews.FLIGHTS, folder);
    files.add(List.of(TestViews.flight("O1", 1L, 1L), TestViews.flight("O2", 2L, 2L)));
    Receipt ahead = Receipt.of("random", Coverage.of(TestViews.LANE, 0, 3));
    try (SqlService service =
        new SqlService(
            TestViews.catalog(files.relation()), SETTINGS, Clock.SYSTEM, new ThreadWatchdog())) {
      CompletableFuture<Object> count =
          CompletableFuture.supplyAsync(
              () -> {
                try (Answer answer =
                    service.query(
                        "SELECT count(*) FROM flights", QueryLimits.DEFAULT, Optional.of(ahead))) {
                  return answer.next()[0];
                }
              });
      long end = System.nanoTime() + 20_000_000_000L;
      while (files.pins() == 0 && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      assertEquals(1, files.pins());
      files.add(List.<Object[]>of(TestViews.flight("O3", 3L, 3L)));
      assertEquals(3L, count.get(20, TimeUnit.SECONDS));
      // Once in vain, once when the rows had come, once to answer.
      assertTrue(files.pins() <= 3, "looked " + files.pins() + " times");
    }
    assertEquals(0, files.open());
  }

  /** Time that has passed as soon as somebody waits for it; says how long they wanted to wait. */
  private static final class PassedTime implements Watchdog {
    private final List<Long> waits = new CopyOnWriteArrayList<>();
    private final AtomicInteger calledOff = new AtomicInteger();

    @Override
    public Runnable after(long millis, Runnable action) {
      waits.add(millis);
      Thread thread = new Thread(action, "passed time");
      thread.setDaemon(true);
      thread.start();
      return calledOff::incrementAndGet;
    }

    @Override
    public void close() {}
  }

  /** Time that never passes. */
  private static final class StandingTime implements Watchdog {
    private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();
    private final List<Long> waits = new CopyOnWriteArrayList<>();

    @Override
    public Runnable after(long millis, Runnable action) {
      waits.add(millis);
      waiting.add(action);
      return () -> waiting.remove(action);
    }

    @Override
    public void close() {}
  }

  private static final Clock STANDING =
      new Clock() {
        @Override
        public long millis() {
          return 0;
        }

        @Override
        public long nanos() {
          return 0;
        }
      };

  private SqlService service(Watchdog watchdog) {
    return new SqlService(
        TestViews.catalog(new ViewRelation(TestViews.flights("delays"), source, Optional.empty())),
        SETTINGS,
        STANDING,
        watchdog);
  }

  @Test
  void aQueryIsEndedAfterItsLimitInMilliseconds() {
    PassedTime time = new PassedTime();
    try (SqlService service = service(time)) {
      ServingException ended =
          assertThrows(
              ServingException.class, () -> rows(service, SLOW, new QueryLimits(1_234, 10)));
      assertEquals(Reason.TIMEOUT, ended.reason());
      assertEquals(
          "Cannot answer the query within 1234 ms: ask for less, or allow more time (timeout)",
          ended.getMessage());
      // A process that does not end a statement in time by itself is ended a little later.
      assertEquals(1_734, time.waits.get(0));
      assertTrue(time.calledOff.get() > 0, "nothing was called off");
      assertEquals(SETTINGS.concurrent(), service.freePlaces());
    }
  }

  @Test
  void aQueryThatEndsInTimeIsNotWatchedAnyMore() {
    StandingTime time = new StandingTime();
    try (SqlService service = service(time)) {
      rows(service, "SELECT 1", new QueryLimits(10_000, 1));
      assertEquals(100, rows(service, "SELECT * FROM delays", new QueryLimits(7700, 1000)).size());
      assertThrows(
          ServingException.class,
          () -> rows(service, "SELECT 1 / (delay - delay) FROM delays", new QueryLimits(7800, 10)));
      assertEquals(
          List.of(10_500L, 8_200L, 8_300L),
          time.waits.stream().filter(millis -> millis != 50).toList());
      assertEquals(Set.of(), time.waiting);
    }
  }

  @Test
  void theMachinesOwnTimeEndsAQueryWithALimitOfLessThanASecond() {
    assertEquals(Reason.TIMEOUT, failure(SLOW, new QueryLimits(50, 10)).reason());
  }
}
