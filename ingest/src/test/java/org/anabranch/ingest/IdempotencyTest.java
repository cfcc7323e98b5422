// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.anabranch.ingest.IngestLimits.Keys;
import org.anabranch.ingest.IngestLimits.Patience;
import org.anabranch.log.Appended;
import org.anabranch.log.Event;
import org.anabranch.log.LogRecord;
import org.anabranch.log.MemoryLog;
import org.anabranch.log.StreamLog;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.ManualClock;
import org.anabranch.view.Trials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every event of a request with a key is in the log exactly once, whatever happens. */
final class IdempotencyTest {
  private static final IngestLimits LIMITS =
      IngestLimits.DEFAULT.with(new Keys(86_400_000, 64L << 20, 10_000, 0));

  private static final List<FaultyLog.Fate> FATES = List.of(FaultyLog.Fate.values());

  @TempDir Path directory;
  private final ManualClock clock = new ManualClock(1_700_000_000_000L);
  private final MemoryLog memory = new MemoryLog(clock);
  private StreamLog log = memory.open(Flows.stream("s", "json", 3, "key", "origin"));

  private IngestStream open() throws IOException {
    return Flows.ingest(log, directory, clock, LIMITS);
  }

  private static IngestRequest request(String key, int first, int events) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < events; i++) {
      text.append("{\"id\":")
          .append(first + i)
          .append(",\"origin\":\"")
          .append("ABCDE".charAt(i % 5));
      text.append("\",\"delay\":").append(i % 4 == 3 ? -1 : 1).append("}\n");
    }
    return IngestRequest.of(Flows.bytes(text.toString()), Flows.NDJSON).withKey(key);
  }

  private static void assertSame(Acknowledgement first, Acknowledgement repeat) {
    assertTrue(repeat.repeated());
    assertEquals(
        new Acknowledgement(
            first.stream(),
            first.coverage(),
            first.accepted(),
            first.rejected(),
            first.rejects(),
            true,
            first.unknown(),
            first.nearest()),
        repeat);
  }

  private void checkpoint(IngestStream ingest) throws Exception {
    clock.advance(LIMITS.keys().checkpointMillis());
    ingest.checkpointStep().step();
  }

  private Path file() {
    return directory.resolve(log.stream().topic() + ".keys");
  }

  /** How often each event of each key is in the log, and where. */
  private static Map<String, List<String>> inLog(StreamLog log) {
    Map<String, List<String>> found = new HashMap<>();
    for (int partition : log.partitions()) {
      long end = log.end(partition);
      if (end > 0) {
        log.scan(
            Flows.lane(log, partition),
            0,
            end,
            record -> {
              IdempotencyMark mark = IdempotencyMark.of(record).orElseThrow();
              found
                  .computeIfAbsent(mark.key() + "#" + mark.index(), key -> new ArrayList<>())
                  .add(partition + "/" + record.position());
            });
      }
    }
    return found;
  }

  private static Coverage coverage(StreamLog log, String key, int events) {
    Map<String, List<String>> all = inLog(log);
    Coverage coverage = Coverage.EMPTY;
    for (int i = 0; i < events; i++) {
      List<String> places = all.get(key + "#" + i);
      assertEquals(1, places.size(), key + "#" + i + " is at " + places);
      String[] place = places.get(0).split("/", -1);
      long position = Long.parseLong(place[1]);
      coverage =
          coverage.plus(
              Coverage.of(Flows.lane(log, Integer.parseInt(place[0])), position, position + 1));
    }
    return coverage;
  }

  @Test
  void aRepeatGetsTheFirstOutcomeAlsoAfterARestartWithOrWithoutCheckpoint() throws Exception {
    IngestStream ingest = open();
    Acknowledgement first = ingest.accept(request("a", 0, 11));
    assertFalse(first.repeated());
    assertEquals(9, first.accepted());
    assertEquals(2, first.rejected());
    assertEquals(2, first.rejects().size());
    assertSame(first, ingest.accept(request("a", 0, 11)));
    assertSame(first, open().accept(request("a", 0, 11)));
    checkpoint(ingest);
    assertTrue(Files.exists(file()));
    Acknowledgement second = ingest.accept(request("b", 100, 3));
    IngestStream again = open();
    assertSame(first, again.accept(request("a", 0, 11)));
    assertSame(second, again.accept(request("b", 100, 3)));
    again.close();
    IngestStream third = open();
    assertSame(first, third.accept(request("a", 0, 11)));
    assertSame(second, third.accept(request("b", 100, 3)));
    assertEquals(coverage(log, "a", 11), first.coverage());
    assertEquals(14, log.ends().values().stream().mapToLong(end -> end).sum());
  }

  /** A log that knows below which position nobody scanned it. */
  private static final class ScannedLog extends FaultyLog {
    private long lowest = Long.MAX_VALUE;
    private long scanned;

    ScannedLog(StreamLog log) {
      super(log, () -> Fate.GOOD, new Random(0));
    }

    @Override
    public void scan(Lane lane, long from, long to, Consumer<? super LogRecord> sink) {
      lowest = Math.min(lowest, from);
      scanned += to - from;
      super.scan(lane, from, to, sink);
    }
  }

  @Test
  void withoutACheckpointNoMoreOfTheLogIsReadThanMayHaveAKnownKey() throws Exception {
    log = memory.open(Flows.stream("old", "json", 1));
    IngestStream ingest = open();
    clock.advance(10 * LIMITS.keys().ageMillis());
    ingest.accept(request("old", 0, 1_000));
    clock.advance(2 * LIMITS.keys().ageMillis() + 1);
    Acknowledgement recent = ingest.accept(request("recent", 2_000, 7));
    clock.advance(LIMITS.keys().ageMillis());
    ScannedLog scanned = new ScannedLog(log);
    log = scanned;
    IngestStream again = open();
    assertEquals(1_000, scanned.lowest);
    assertEquals(7, scanned.scanned);
    assertSame(recent, again.accept(request("recent", 2_000, 7)));
    clock.advance(1);
    assertFalse(open().accept(request("recent", 2_000, 7)).repeated(), "its time is over");
  }

  @Test
  void aRequestThatWasCompletedLateIsKnownAsAWholeWithoutACheckpoint() throws Exception {
    clock.advance(10 * LIMITS.keys().ageMillis());
    StreamLog real = log;
    List<FaultyLog.Fate> fates = new ArrayList<>(List.of(FaultyLog.Fate.UNKNOWN));
    log =
        new FaultyLog(
            real, () -> fates.isEmpty() ? FaultyLog.Fate.GOOD : fates.remove(0), new Random(2));
    IngestStream ingest = open();
    assertThrows(IngestException.class, () -> ingest.accept(request("late", 0, 40)));
    long half = real.ends().values().stream().mapToLong(end -> end).sum();
    assertTrue(half > 0 && half < 40, "the half that is there has " + half);
    clock.advance(LIMITS.keys().ageMillis() - 1);
    Acknowledgement whole = ingest.accept(request("late", 0, 40));
    clock.advance(LIMITS.keys().ageMillis());
    assertSame(whole, open().accept(request("late", 0, 40)));
    assertEquals(coverage(real, "late", 40), whole.coverage());
  }

  @Test
  void whatWentToAPartitionThatCannotBeNamedYetIsSaidToBeInTheLog() throws Exception {
    boolean[] named = {false};
    IngestStream ingest =
        new IngestStream(
            log.stream(),
            log,
            partition -> {
              if (!named[0]) {
                throw new IllegalStateException("the lake is away");
              }
              return Flows.lane(log, partition);
            },
            () -> Flows.checks(log.stream()),
            directory,
            clock,
            LIMITS,
            new IngestBudget(1 << 30));
    ingest.recover();
    for (IngestRequest request :
        List.of(request("a", 0, 5), IngestRequest.of(Flows.bytes("{\"id\":9}"), Flows.NDJSON))) {
      IngestException unnamed = assertThrows(IngestException.class, () -> ingest.accept(request));
      assertEquals(IngestException.Kind.UNKNOWN_OUTCOME, unnamed.kind());
      assertTrue(unnamed.getMessage().contains("in the log: the lake is away"));
    }
    named[0] = true;
    assertEquals(5, ingest.accept(request("a", 0, 5)).coverage().positions());
    assertEquals(6, log.ends().values().stream().mapToLong(end -> end).sum());
  }

  @Test
  void aCheckpointThatIsDamagedOrAheadOfTheLogIsNotUsed() throws Exception {
    IngestStream ingest = open();
    Acknowledgement first = ingest.accept(request("a", 0, 40));
    checkpoint(ingest);
    byte[] good = Files.readAllBytes(file());
    for (int at = 0; at < good.length; at += 7) {
      byte[] bad = good.clone();
      bad[at] ^= 4;
      Files.write(file(), bad);
      assertSame(first, open().accept(request("a", 0, 40)));
    }
    Files.write(file(), java.util.Arrays.copyOf(good, good.length / 2));
    assertSame(first, open().accept(request("a", 0, 40)));
    Files.write(file(), good);
    for (int partition : log.partitions()) {
      memory.truncate("s", partition, log.end(partition) / 2);
    }
    Acknowledgement repaired = open().accept(request("a", 0, 40));
    assertEquals(coverage(log, "a", 40), repaired.coverage());
    assertEquals(40, log.ends().values().stream().mapToLong(end -> end).sum());
  }

  /** What is added before the lake takes events is as good as what is written as a whole. */
  @Test
  void whatTheLakeTakesIsWrittenDownBeforeAndDamageThereIsNoHarmWhileTheLogIsWhole()
      throws Exception {
    IngestStream ingest = open();
    Acknowledgement first = ingest.accept(request("a", 0, 10));
    assertTrue(ingest.keysAreWrittenDown(first.coverage()));
    Acknowledgement second = ingest.accept(request("b", 100, 10));
    assertTrue(ingest.keysAreWrittenDown(first.coverage().plus(second.coverage())));
    Path added = directory.resolve("s.keys-added");
    byte[] good = Files.readAllBytes(added);
    assertFalse(Files.exists(file()), "only additions are there");
    Random random = new Random(5);
    for (int trial = 0; trial < 40; trial++) {
      byte[] bad = good.clone();
      if (trial % 3 == 0) {
        bad = java.util.Arrays.copyOf(bad, random.nextInt(bad.length));
      } else if (trial % 3 == 1) {
        bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      } else {
        random.nextBytes(bad);
      }
      Files.deleteIfExists(file());
      Files.write(added, bad);
      IngestStream again = open();
      assertSame(first, again.accept(request("a", 0, 10)));
      assertSame(second, again.accept(request("b", 100, 10)));
    }
    assertEquals(20, log.ends().values().stream().mapToLong(end -> end).sum());
  }

  @Test
  void keysOfAnotherStreamOrAnotherHistoryAreNotTaken() throws Exception {
    IngestStream ingest = open();
    ingest.accept(request("a", 0, 10));
    checkpoint(ingest);
    byte[] keys = Files.readAllBytes(file());
    for (String other : List.of("other", "s")) {
      log = new MemoryLog(clock).open(Flows.stream(other, "json", 3, "key", "origin"));
      Files.write(file(), keys);
      Acknowledgement there = open().accept(request("a", 0, 10));
      assertFalse(there.repeated(), other);
    }
  }

  /** The lake has some events of a request, and the log no event of them. */
  @Test
  void aRequestOfWhichNobodyKnowsWhatIsLeftIsRefusedWithTheFacts() throws Exception {
    IngestStream ingest = open();
    Acknowledgement half = ingest.accept(request("half", 0, 10));
    Acknowledgement gone = ingest.accept(request("gone", 100, 10));
    Acknowledgement there = ingest.accept(request("there", 200, 10));
    checkpoint(ingest);
    Coverage.Builder some = new Coverage.Builder();
    half.coverage().ranges().forEach((lane, ranges) -> some.add(lane, ranges.get(0)));
    Coverage kept = some.build();
    Coverage left =
        kept.equals(half.coverage())
            ? half.coverage().minus(firstOf(half.coverage()))
            : kept.minus(firstOf(kept));
    String before = log.topicId();
    StreamLog next = new MemoryLog(clock).open(log.stream());
    IngestStream again =
        new IngestStream(
            next.stream(),
            next,
            new PartitionLanes() {
              @Override
              public Lane lane(int partition) {
                return new Lane(next.topicId(), 1, partition);
              }

              @Override
              public java.util.Optional<Lane> incarnation(int partition, int incarnation) {
                return java.util.Optional.of(
                    incarnation == 1 ? lane(partition) : new Lane(before, 0, partition));
              }

              @Override
              public Coverage kept(Coverage positions) {
                return positions.intersect(left.plus(there.coverage()));
              }
            },
            () -> Flows.checks(next.stream()),
            directory,
            clock,
            LIMITS,
            new IngestBudget(1 << 30));
    again.recover();
    assertSame(there, again.accept(request("there", 200, 10)));
    assertFalse(again.accept(request("gone", 100, 10)).repeated());
    assertEquals(10, gone.coverage().positions());
    IngestException refused =
        assertThrows(IngestException.class, () -> again.accept(request("half", 0, 10)));
    assertEquals(IngestException.Kind.PARTLY_LOST, refused.kind());
    assertTrue(
        refused.getMessage().contains(left.positions() + " of 10 events are in the lake"),
        refused.getMessage());
    assertEquals(10, next.ends().values().stream().mapToLong(end -> end).sum());
  }

  private static Coverage firstOf(Coverage coverage) {
    Lane lane = coverage.ranges().keySet().iterator().next();
    long from = coverage.ranges(lane).get(0).from();
    return Coverage.of(lane, from, from + 1);
  }

  @Test
  void aKeyForAnotherBodyIsAConflictAndAppendsNothing() throws Exception {
    IngestStream ingest = open();
    ingest.accept(request("a", 0, 5));
    for (IngestStream one : List.of(ingest, open())) {
      for (IngestRequest other : List.of(request("a", 1, 5), request("a", 0, 6))) {
        IngestException conflict = assertThrows(IngestException.class, () -> one.accept(other));
        assertEquals(IngestException.Kind.KEY_REUSED, conflict.kind());
      }
    }
    assertEquals(5, log.ends().values().stream().mapToLong(end -> end).sum());
  }

  @Test
  void aRequestThatWasCutByACrashIsCompletedAsIfItHadBeenOne() {
    Trials.run(
        60,
        random -> {
          log = memory.open(Flows.stream("t" + random.nextLong(), "json", 3, "key", "origin"));
          int[] budget = {25};
          FaultyLog.Fates fates =
              () ->
                  budget[0]-- <= 0 ? FaultyLog.Fate.GOOD : FATES.get(random.nextInt(FATES.size()));
          StreamLog real = log;
          log = new FaultyLog(real, fates, random);
          IngestStream[] ingest = {open()};
          Map<String, Acknowledgement> acknowledged = new HashMap<>();
          for (int i = 0; i < 60; i++) {
            int which = random.nextInt(8);
            String key = "key-" + which;
            step(ingest, random);
            try {
              Acknowledgement answer = ingest[0].accept(request(key, which * 100, 3 + which));
              Acknowledgement before = acknowledged.putIfAbsent(key, answer);
              assertEquals(3 + which, answer.accepted() + answer.rejected());
              assertEquals(coverage(real, key, 3 + which), answer.coverage());
              if (before != null) {
                assertSame(before, answer);
              }
            } catch (FaultyLog.Crash crash) {
              ingest[0] = open();
            } catch (IngestException e) {
              assertTrue(e.retryAfterMillis() > 0, e.getMessage());
            }
          }
          inLog(real).forEach((event, places) -> assertEquals(1, places.size(), event + places));
        });
  }

  private void step(IngestStream[] ingest, Random random) throws Exception {
    if (random.nextInt(6) == 0) {
      checkpoint(ingest[0]);
    } else if (random.nextInt(10) == 0) {
      if (random.nextBoolean()) {
        ingest[0].close();
      }
      ingest[0] = open();
    }
  }

  @Test
  void threadsThatRepeatTheSameKeysAppendEveryEventOnce() throws Exception {
    Random random = new Random(7);
    StreamLog real = new MemoryLog(org.anabranch.view.Clock.SYSTEM).open(log.stream());
    log =
        new FaultyLog(
            real,
            () ->
                switch (random.nextInt(5)) {
                  case 0 -> FaultyLog.Fate.UNKNOWN;
                  case 1 -> FaultyLog.Fate.UNAVAILABLE;
                  default -> FaultyLog.Fate.GOOD;
                },
            random);
    IngestLimits limits =
        LIMITS.with(new Patience(60_000, 60_000)).with(new Keys(86_400_000, 64L << 20, 0, 0));
    IngestStream ingest = Flows.ingest(log, directory, org.anabranch.view.Clock.SYSTEM, limits);
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(9);
    Future<?> checkpoints =
        threads.submit(
            () -> {
              while (!done.get()) {
                ingest.checkpointStep().step();
              }
              return null;
            });
    Map<String, Acknowledgement> outcomes = new ConcurrentHashMap<>();
    List<Future<?>> running = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      int seed = thread;
      running.add(threads.submit(() -> repeatAll(ingest, new Random(seed), outcomes)));
    }
    for (Future<?> one : running) {
      one.get(60, TimeUnit.SECONDS);
    }
    done.set(true);
    checkpoints.get(60, TimeUnit.SECONDS);
    threads.shutdown();
    inLog(real).forEach((event, places) -> assertEquals(1, places.size(), event + " " + places));
    assertEquals(40 * 6, inLog(real).size());
    assertTrue(Files.exists(file()), "no checkpoint was written meanwhile");
    IngestStream restarted = open();
    for (int key = 0; key < 40; key++) {
      assertSame(outcomes.get("k" + key), restarted.accept(request("k" + key, key * 10, 6)));
    }
    assertEquals(40 * 6, inLog(real).size());
  }

  private static Void repeatAll(
      IngestStream ingest, Random random, Map<String, Acknowledgement> outcomes) {
    for (int i = 0; i < 100 || outcomes.size() < 40; i++) {
      int key = random.nextInt(40);
      try {
        Acknowledgement answer = ingest.accept(request("k" + key, key * 10, 6));
        Acknowledgement before = outcomes.putIfAbsent("k" + key, answer);
        if (before != null) {
          assertEquals(before.coverage(), answer.coverage());
          assertEquals(before.rejects(), answer.rejects());
        }
      } catch (IngestException e) {
        assertTrue(e.retryAfterMillis() > 0, e.getMessage());
      }
    }
    return null;
  }

  @Test
  void theLogIsAskedOnlyAfterAnUnknownOutcomeHasSettled() throws Exception {
    IngestStream ingest = Flows.ingest(log, directory, clock, IngestLimits.DEFAULT);
    memory.setAcknowledges(false);
    IngestRequest request = request("a", 0, 6);
    assertThrows(IngestException.class, () -> ingest.accept(request));
    memory.setAcknowledges(true);
    IngestException early = assertThrows(IngestException.class, () -> ingest.accept(request));
    assertEquals(IngestException.Kind.UNKNOWN_OUTCOME, early.kind());
    assertEquals(2_000, early.retryAfterMillis());
    clock.advance(2_000);
    Acknowledgement answer = ingest.accept(request);
    assertTrue(answer.repeated());
    assertEquals(coverage(log, "a", 6), answer.coverage());
    assertEquals(6, inLog(log).size());
  }

  @Test
  void aCheckpointNeverPassesAnAppendThatIsUnderWay() throws Exception {
    StreamLog real = log;
    CompletableFuture<Void> gate = new CompletableFuture<>();
    CountDownLatch inTheLog = new CountDownLatch(1);
    log =
        new FaultyLog(real, () -> FaultyLog.Fate.GOOD, new Random(1)) {
          @Override
          public CompletableFuture<Appended> append(List<Event> events) {
            CompletableFuture<Appended> appended = real.append(events);
            inTheLog.countDown();
            return gate.thenCompose(nothing -> appended);
          }
        };
    IngestStream ingest = open();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    Future<Acknowledgement> first = thread.submit(() -> ingest.accept(request("a", 0, 6)));
    assertTrue(inTheLog.await(20, TimeUnit.SECONDS));
    real.append(List.of(event(Map.of()), event(Map.of()))).join();
    checkpoint(ingest);
    log = real;
    Acknowledgement repeat = open().accept(request("a", 0, 6));
    assertEquals(8, log.ends().values().stream().mapToLong(end -> end).sum());
    gate.complete(null);
    assertSame(first.get(20, TimeUnit.SECONDS), repeat);
    ingest.checkpointStep().step();
    assertTrue(Files.exists(file()));
    assertSame(repeat, open().accept(request("a", 0, 6)));
    thread.shutdown();
  }

  @Test
  void aRepeatWaitsForTheFirstAndIsToldToComeBackIfThatTakesLong() throws Exception {
    StreamLog real = log;
    CompletableFuture<Void> gate = new CompletableFuture<>();
    CountDownLatch begun = new CountDownLatch(1);
    log =
        new FaultyLog(real, () -> FaultyLog.Fate.GOOD, new Random(1)) {
          @Override
          public CompletableFuture<Appended> append(List<Event> events) {
            begun.countDown();
            return gate.thenCompose(nothing -> real.append(events));
          }
        };
    IngestStream ingest =
        Flows.ingest(
            log, directory, org.anabranch.view.Clock.SYSTEM, LIMITS.with(new Patience(20, 60_000)));
    ExecutorService thread = Executors.newSingleThreadExecutor();
    Future<Acknowledgement> first = thread.submit(() -> ingest.accept(request("a", 0, 6)));
    assertTrue(begun.await(20, TimeUnit.SECONDS));
    IngestException busy =
        assertThrows(IngestException.class, () -> ingest.accept(request("a", 0, 6)));
    assertEquals(IngestException.Kind.BUSY, busy.kind());
    IngestException other =
        assertThrows(IngestException.class, () -> ingest.accept(request("a", 1, 6)));
    assertEquals(IngestException.Kind.KEY_REUSED, other.kind());
    gate.complete(null);
    assertFalse(first.get(20, TimeUnit.SECONDS).repeated());
    assertTrue(ingest.accept(request("a", 0, 6)).repeated());
    assertEquals(6, inLog(real).size());
    thread.shutdown();
  }

  @Test
  void keysAreForgottenByAgeAndTheOldestFirstWhereThereAreTooMany() throws Exception {
    IngestStream ingest =
        Flows.ingest(log, directory, clock, LIMITS.with(new Keys(60_000, 20_000, 10_000, 0)));
    for (int i = 0; i < 200; i++) {
      ingest.accept(request("k" + i, i, 1));
      clock.advance(10);
    }
    int known = ingest.progress().knownKeys();
    assertTrue(known > 20 && known < 100, "known: " + known);
    assertTrue(ingest.accept(request("k199", 199, 1)).repeated());
    assertFalse(ingest.accept(request("k0", 0, 1)).repeated());
    clock.advance(60_001);
    ingest.checkpointStep().step();
    assertEquals(0, ingest.progress().knownKeys());
  }

  @Test
  void recordsOfOthersWithHeadersThatMeanNothingAreNobodysRepeat() throws Exception {
    log.append(
            List.of(
                event(Map.of("idempotency-key", "a", "idempotency-index", "0")),
                event(
                    Map.of(
                        "idempotency-key",
                        "a",
                        "idempotency-index",
                        "7",
                        "idempotency-body",
                        "3:0123456789abcdef:0")),
                event(
                    Map.of(
                        "idempotency-key",
                        "a",
                        "idempotency-index",
                        "x",
                        "idempotency-body",
                        "3:0123456789abcdef:0"))))
        .join();
    IngestStream ingest = open();
    assertEquals(0, ingest.progress().knownKeys());
    assertFalse(ingest.accept(request("a", 0, 3)).repeated());
  }

  private static Event event(Map<String, String> headers) {
    return new Event(Flows.bytes("{\"id\":1}"), null, 0, headers);
  }
}
