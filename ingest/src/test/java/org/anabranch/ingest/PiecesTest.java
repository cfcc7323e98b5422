// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.anabranch.ingest.IngestLimits.Keys;
import org.anabranch.ingest.IngestLimits.Patience;
import org.anabranch.ingest.IngestLimits.Pieces;
import org.anabranch.ingest.IngestLimits.Requests;
import org.anabranch.log.Appended;
import org.anabranch.log.Event;
import org.anabranch.log.MemoryLog;
import org.anabranch.log.StreamLog;
import org.anabranch.view.Coverage;
import org.anabranch.view.ManualClock;
import org.anabranch.view.Range;
import org.anabranch.view.Receipt;
import org.anabranch.view.Trials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that are larger than a piece. */
final class PiecesTest {
  private static final IngestLimits LIMITS =
      IngestLimits.DEFAULT
          .with(new Pieces(300, 7, 3))
          .with(new Keys(86_400_000, 64L << 20, 10_000, 0));

  @TempDir Path directory;
  private final ManualClock clock = new ManualClock(1_700_000_000_000L);
  private final MemoryLog memory = new MemoryLog(clock);
  private StreamLog log = memory.open(Flows.stream("s", "json", 3));

  private IngestStream open() throws IOException {
    return Flows.ingest(log, directory, clock, LIMITS);
  }

  /** Every seventh event is bad. */
  private static String lines(int first, int events) {
    StringBuilder text = new StringBuilder();
    for (int i = first; i < first + events; i++) {
      text.append("{\"id\":").append(i).append(",\"delay\":").append(i % 7 == 0 ? -1 : i);
      text.append("}\n");
    }
    return text.toString();
  }

  private static IngestRequest ndjson(String body) {
    return IngestRequest.of(Flows.bytes(body), Flows.NDJSON);
  }

  private static long appended(StreamLog log) {
    return log.ends().values().stream().mapToLong(end -> end).sum();
  }

  private Set<String> marks() {
    List<String> all = new ArrayList<>();
    for (int partition : log.partitions()) {
      if (log.end(partition) > 0) {
        log.scan(
            Flows.lane(log, partition),
            0,
            log.end(partition),
            record -> {
              IdempotencyMark mark = IdempotencyMark.of(record).orElseThrow();
              all.add(mark.key() + "/" + mark.piece() + "/" + mark.index());
            });
      }
    }
    Set<String> distinct = new HashSet<>(all);
    assertEquals(all.size(), distinct.size(), "an event is in the log twice");
    return distinct;
  }

  private static IngestException fails(IngestStream ingest, IngestRequest request) {
    return assertThrows(IngestException.class, () -> ingest.accept(request));
  }

  @Test
  void aBodyOfManyPiecesIsAcknowledgedAsOneInOneRunOfOnePartition() throws Exception {
    Acknowledgement answer = open().accept(ndjson(lines(0, 100)));
    assertEquals(85, answer.accepted());
    assertEquals(15, answer.rejected());
    assertEquals(15, answer.rejects().size());
    for (int i = 0; i < 15; i++) {
      assertEquals(1 + 7L * i, answer.rejects().get(i).line());
    }
    assertEquals(1, answer.coverage().ranges().size());
    assertEquals(List.of(new Range(0, 100)), answer.coverage().ranges().values().iterator().next());
  }

  @Test
  void aRepeatGetsTheFirstOutcomeWhateverWasCutBefore() {
    List<FaultyLog.Fate> fates = List.of(FaultyLog.Fate.values());
    Trials.run(
        60,
        random -> {
          String[] options = random.nextBoolean() ? new String[] {"key", "id"} : new String[0];
          StreamLog real = memory.open(Flows.stream("t" + random.nextLong(), "json", 3, options));
          int[] faults = {12};
          log =
              new FaultyLog(
                  real,
                  () ->
                      faults[0]-- > 0
                          ? fates.get(random.nextInt(fates.size()))
                          : FaultyLog.Fate.GOOD,
                  random);
          int events = 1 + random.nextInt(60);
          IngestRequest request = ndjson(lines(0, events)).withKey("k");
          IngestStream ingest = open();
          Acknowledgement first = null;
          while (first == null) {
            try {
              first = ingest.accept(request);
            } catch (FaultyLog.Crash crash) {
              ingest = open();
            } catch (IngestException e) {
              assertTrue(e.retryAfterMillis() > 0, e.getMessage());
              assertTrue(e.beginning().map(b -> b.events() <= appended(real)).orElse(true));
            }
          }
          log = real;
          assertEquals(events, marks().size());
          assertEquals(events, first.accepted() + first.rejected());
          assertEquals(whole(real), first.coverage());
          for (IngestStream one : List.of(ingest, open())) {
            Acknowledgement repeat = one.accept(request);
            assertTrue(repeat.repeated());
            assertEquals(first.coverage(), repeat.coverage());
            assertEquals(first.rejects(), repeat.rejects());
            assertEquals(first.accepted(), repeat.accepted());
          }
          assertEquals(events, appended(real));
        });
  }

  private static Coverage whole(StreamLog log) {
    Coverage.Builder coverage = new Coverage.Builder();
    log.ends()
        .forEach((partition, end) -> coverage.add(Flows.lane(log, partition), new Range(0, end)));
    return coverage.build();
  }

  @Test
  void aBodyThatGoesNoFurtherSaysWhatIsInTheLogAndIsMendedUnderItsKey() throws Exception {
    IngestStream ingest = open();
    String good = "[" + lines(0, 20).strip().replace("\n", ",\n");
    IngestRequest cut = IngestRequest.of(Flows.bytes(good), "application/json").withKey("k");
    IngestException failed = fails(ingest, cut);
    assertEquals(IngestException.Kind.UNREADABLE_BODY, failed.kind());
    assertEquals(14, failed.beginning().orElseThrow().events());
    assertEquals(Receipt.of("s", whole(log)), failed.beginning().get().receipt());
    assertTrue(failed.getMessage().contains("the first 14 events of the body are in the log"));
    assertEquals(14, appended(log));
    assertEquals(14, fails(open(), cut).beginning().orElseThrow().events());
    assertEquals(14, appended(log));
    IngestRequest mended =
        IngestRequest.of(Flows.bytes(good + "]"), "application/json").withKey("k");
    Acknowledgement answer = ingest.accept(mended);
    assertEquals(20, answer.accepted() + answer.rejected());
    assertEquals(20, appended(log));
    assertEquals(answer.coverage(), open().accept(mended).coverage());
  }

  @Test
  void aFaultInABodyOfOnePieceAppendsNothing() throws Exception {
    IngestRequest cut = IngestRequest.of(Flows.bytes("[{\"id\":1},{\"id\":2}"), "application/json");
    assertTrue(fails(open(), cut).beginning().isEmpty());
    assertEquals(0, appended(log));
  }

  @Test
  void anotherBodyUnderAKeyIsAConflictWhereverItDiffers() throws Exception {
    IngestStream ingest = open();
    String body = lines(0, 21);
    ingest.accept(ndjson(body).withKey("k"));
    List<String> others =
        List.of(
            lines(0, 14),
            lines(0, 28),
            lines(0, 22),
            lines(0, 20),
            lines(0, 7),
            body + "\n",
            body.replace("\"id\":20", "\"id\":21"),
            lines(1, 21));
    for (IngestStream one : List.of(ingest, open())) {
      for (String other : others) {
        IngestException conflict = fails(one, ndjson(other).withKey("k"));
        assertEquals(IngestException.Kind.KEY_REUSED, conflict.kind(), other);
        assertFalse(conflict.getMessage().indexOf('\0') >= 0);
      }
    }
    assertEquals(21, appended(log));
  }

  @Test
  void aSmallBodyIsMarkedAsTheReleasedVersionMarkedIt() throws Exception {
    String body = "\ufeffid,note\n1,a\n\n2,b\n";
    open().accept(IngestRequest.of(Flows.bytes(body), "text/csv").withKey("k"));
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(Flows.bytes("text/csv;header=id,note\0"));
    digest.update(Flows.bytes(body));
    String hex = java.util.HexFormat.of().formatHex(digest.digest(), 0, 8);
    List<String> bodies = new ArrayList<>();
    log.scan(
        Flows.lane(log, 0),
        0,
        2,
        record -> {
          assertEquals(null, record.header(IdempotencyMark.PIECE));
          bodies.add(record.header(IdempotencyMark.BODY));
        });
    assertEquals(List.of("2:" + hex + ":0", "2:" + hex + ":0"), bodies);
  }

  @Test
  void aConnectionThatEndsTooEarlyIsNamedWithWhatIsInTheLog() throws Exception {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("reset");
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            return read();
          }
        };
    IngestException lost =
        fails(
            open(),
            new IngestRequest(
                () ->
                    new SequenceInputStream(
                        new ByteArrayInputStream(Flows.bytes(lines(0, 10))), broken),
                Flows.NDJSON,
                "",
                Optional.empty(),
                1));
    assertEquals(IngestException.Kind.INCOMPLETE_BODY, lost.kind());
    assertEquals(7, lost.beginning().orElseThrow().events());
    assertTrue(lost.getMessage().endsWith("send only what follows them"));
    assertEquals(7, appended(log));
  }

  @Test
  void moreEventsThanARequestMayHaveAreRefusedBehindThose() throws Exception {
    IngestStream ingest =
        Flows.ingest(log, directory, clock, LIMITS.with(new Requests(4, 1 << 20, 10, 5)));
    assertEquals(10, ingest.accept(ndjson(lines(0, 10))).coverage().positions());
    IngestException many = fails(ingest, ndjson(lines(0, 11)));
    assertEquals(IngestException.Kind.TOO_LARGE, many.kind());
    assertEquals(7, many.beginning().orElseThrow().events());
    assertTrue(many.getMessage().startsWith("Cannot take more than 10 events in one request"));
  }

  /** A body without end, of which somebody always waits for more. */
  private static final class Dripping extends InputStream {
    private final CountDownLatch goOn;
    private final CountDownLatch filled;
    private final int filling;
    private int count;

    Dripping(int filling, CountDownLatch filled, CountDownLatch goOn) {
      this.filling = filling;
      this.filled = filled;
      this.goOn = goOn;
    }

    @Override
    public int read() {
      throw new AssertionError("one by one");
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (count == filling) {
        filled.countDown();
        await(goOn);
        return -1;
      }
      int read = Math.min(length, filling - count);
      java.util.Arrays.fill(into, offset, offset + read, (byte) 'x');
      count += read;
      return read;
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void bodiesBeyondTheBudgetAreRefusedAndRoomIsGivenBack() throws Exception {
    IngestBudget budget = new IngestBudget(32L << 20);
    IngestStream ingest =
        new IngestStream(
            log.stream(),
            log,
            partition -> Flows.lane(log, partition),
            () -> Flows.checks(log.stream()),
            directory,
            clock,
            LIMITS,
            budget);
    ingest.recover();
    CountDownLatch filled = new CountDownLatch(4);
    CountDownLatch goOn = new CountDownLatch(1);
    List<CompletableFuture<Acknowledgement>> running = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      InputStream body = new Dripping(1_900_000, filled, goOn);
      running.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return ingest.accept(
                      new IngestRequest(() -> body, Flows.NDJSON, "", Optional.empty(), 1));
                } catch (IngestException e) {
                  throw new AssertionError(e);
                }
              },
              command -> new Thread(command).start()));
    }
    await(filled);
    assertTrue(budget.bodies() <= 16L << 20, "taken: " + budget.bodies());
    IngestException busy = fails(ingest, ndjson("x".repeat(1_900_000)));
    assertEquals(IngestException.Kind.BUSY, busy.kind());
    assertTrue(busy.retryAfterMillis() > 0);
    goOn.countDown();
    for (CompletableFuture<Acknowledgement> one : running) {
      assertEquals(1, one.get(30, TimeUnit.SECONDS).rejected());
    }
    assertEquals(0, budget.bodies());
    assertEquals(1, ingest.accept(ndjson("x".repeat(3_900_000))).rejected());
    assertEquals(0, budget.bodies());
  }

  @Test
  void eventsThatFindNoRoomForLongAreToldToComeBack() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Void> gate = new CompletableFuture<>();
    StreamLog real = log;
    StreamLog slow =
        new FaultyLog(real, () -> FaultyLog.Fate.GOOD, new Random(1)) {
          @Override
          public CompletableFuture<Appended> append(List<Event> events) {
            begun.countDown();
            return gate.thenCompose(nothing -> real.append(events));
          }
        };
    IngestStream ingest =
        new IngestStream(
            log.stream(),
            slow,
            partition -> Flows.lane(real, partition),
            () -> Flows.checks(real.stream()),
            directory,
            clock,
            IngestLimits.DEFAULT.with(new Patience(20, 60_000)),
            new IngestBudget(1));
    ingest.recover();
    String large = "1\n".repeat(60_000);
    CompletableFuture<Long> first =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return ingest.accept(ndjson(large)).rejected();
              } catch (IngestException e) {
                throw new AssertionError(e);
              }
            },
            command -> new Thread(command).start());
    await(begun);
    IngestException busy = fails(ingest, ndjson(large));
    assertEquals(IngestException.Kind.BUSY, busy.kind());
    gate.complete(null);
    assertEquals(60_000, first.get(60, TimeUnit.SECONDS));
    assertEquals(60_000, ingest.accept(ndjson(large)).rejected());
  }
}
