// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.anabranch.view.Chunk;
import org.anabranch.view.Clock;
import org.anabranch.view.Column;
import org.anabranch.view.Lane;
import org.anabranch.view.LongVector;
import org.anabranch.view.Range;
import org.anabranch.view.Rejection;
import org.anabranch.view.Rows;
import org.anabranch.view.Schema;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Type;
import org.anabranch.view.Verdict;
import org.junit.jupiter.api.Test;

/** Every subscriber gets every position once, in order, whatever happens around it. */
final class LaneTailTest {
  private static final ReadLimits SMALL = new ReadLimits(7, 1 << 20, ReadLimits.DEFAULT.patience());

  private final MemoryLog log = new MemoryLog(Clock.SYSTEM);

  private LaneTail tail(StreamLog stream, Verdict verdict) {
    return new LaneTail(
        stream,
        Streams.lane(stream, 0),
        List.of(new LaneVersion(0, stream.stream(), verdict)),
        SMALL);
  }

  private static void append(StreamLog stream, long... ids) {
    stream.append(Arrays.stream(ids).mapToObj(id -> Streams.event(id, 0)).toList()).join();
  }

  /** Keeps what it was given and is busy when told. */
  private static final class Recorder implements Subscriber {
    final long from;
    final List<Chunk> chunks = new ArrayList<>();
    boolean busy;

    Recorder(long from) {
      this.from = from;
    }

    @Override
    public boolean offer(Chunk chunk) {
      assertEquals(end(), chunk.range().from(), "a gap or an overlap");
      if (!busy) {
        chunks.add(chunk);
      }
      return !busy;
    }

    long end() {
      return chunks.isEmpty() ? from : chunks.get(chunks.size() - 1).range().to();
    }

    List<Long> ids() {
      List<Long> ids = new ArrayList<>();
      for (Chunk chunk : chunks) {
        for (int row = 0; row < chunk.rows().size(); row++) {
          ids.add(((LongVector) chunk.rows().column(0)).getLong(row));
        }
      }
      return ids;
    }
  }

  private static void run(LaneTail tail) throws Exception {
    int passed = 1;
    while (passed > 0) {
      passed = tail.step();
    }
  }

  @Test
  void rowsAndRejectedEventsComeWithTheirVerdicts() throws Exception {
    StreamLog stream = log.open(Streams.stream("s", 1));
    append(stream, 1, -2, 3);
    stream.append(List.of(Event.of("{\"id\":".getBytes(StandardCharsets.UTF_8)))).join();
    Verdict positive =
        rows -> {
          Rejection[] rejections = new Rejection[rows.size()];
          for (int row = 0; row < rows.size(); row++) {
            boolean bad = ((LongVector) rows.column(0)).getLong(row) < 0;
            rejections[row] = bad ? new Rejection("check", "id", "id > 0") : null;
          }
          return rejections;
        };
    Recorder recorder = new Recorder(0);
    LaneTail tail = tail(stream, positive);
    tail.subscribe(recorder, 0, -1);
    assertEquals(4, tail.step());
    assertEquals(0, tail.step());

    Chunk chunk = recorder.chunks.get(0);
    assertEquals(List.of(1L, 3L), recorder.ids());
    assertEquals(0, chunk.rows().position(0));
    assertEquals(2, chunk.rows().position(1));
    assertEquals(List.of(1L, 3L), chunk.quarantined().stream().map(q -> q.position()).toList());
    assertEquals("check", chunk.quarantined().get(0).rejection().code());
    assertEquals(
        new String(Streams.json(-2), StandardCharsets.UTF_8),
        new String(chunk.quarantined().get(0).bytes(), StandardCharsets.UTF_8));
    assertEquals("", chunk.quarantined().get(0).contentType());
    assertEquals("syntax", chunk.quarantined().get(1).rejection().code());
    assertEquals(Streams.lane(stream, 0), chunk.lane());
  }

  @Test
  void subscribersAtOnePositionShareOneDecode() throws Exception {
    StreamLog stream = log.open(Streams.stream("s", 1));
    append(stream, 1, 2);
    Recorder first = new Recorder(0);
    Recorder second = new Recorder(0);
    LaneTail tail = tail(stream, Streams.ACCEPT_ALL);
    tail.subscribe(first, 0, -1);
    tail.subscribe(second, 0, -1);
    run(tail);
    assertSame(first.chunks.get(0), second.chunks.get(0));
  }

  @Test
  void aBusySubscriberFallsBehindCatchesUpAndSharesAgain() throws Exception {
    StreamLog stream = log.open(Streams.stream("s", 1));
    Recorder quick = new Recorder(0);
    Recorder slow = new Recorder(0);
    LaneTail tail = tail(stream, Streams.ACCEPT_ALL);
    tail.subscribe(quick, 0, -1);
    Subscription behind = tail.subscribe(slow, 0, -1);
    slow.busy = true;
    for (int id = 0; id < 100; id++) {
      append(stream, id);
      run(tail);
    }
    assertEquals(100, quick.end());
    assertEquals(0, behind.position());
    slow.busy = false;
    run(tail);
    assertEquals(100, behind.position());
    assertEquals(quick.ids(), slow.ids());
    append(stream, 100);
    run(tail);
    assertSame(quick.chunks.get(quick.chunks.size() - 1), slow.chunks.get(slow.chunks.size() - 1));
  }

  @Test
  void whoFellBehindMeetsTheOthersWhileTheyGoOn() throws Exception {
    StreamLog stream = log.cutAtRandom(new Random(5)).open(Streams.stream("s", 1));
    for (int id = 0; id < 1000; id++) {
      append(stream, id);
    }
    Recorder quick = new Recorder(0);
    Recorder slow = new Recorder(0);
    LaneTail tail = tail(stream, Streams.ACCEPT_ALL);
    tail.subscribe(quick, 0, -1);
    tail.subscribe(slow, 0, -1);
    slow.busy = true;
    for (int step = 0; step < 20; step++) {
      tail.step();
    }
    slow.busy = false;
    long steps = 0;
    while (slow.end() < quick.end()) {
      tail.step();
      steps++;
    }
    assertTrue(quick.end() < 500, "met at " + quick.end() + " after " + steps + " steps");
    tail.step();
    assertSame(quick.chunks.get(quick.chunks.size() - 1), slow.chunks.get(slow.chunks.size() - 1));
  }

  @Test
  void whoUnsubscribesGetsNothingMore() throws Exception {
    StreamLog stream = log.open(Streams.stream("s", 1));
    Recorder recorder = new Recorder(0);
    LaneTail tail = tail(stream, Streams.ACCEPT_ALL);
    Subscription subscription = tail.subscribe(recorder, 0, -1);
    append(stream, 1);
    run(tail);
    subscription.close();
    append(stream, 2);
    run(tail);
    assertEquals(List.of(1L), recorder.ids());
  }

  @Test
  void aSubscriberThatFailsEndsAloneAndIsReported() throws Exception {
    StreamLog stream = log.open(Streams.stream("s", 1));
    append(stream, 1, 2);
    Recorder recorder = new Recorder(0);
    LaneTail tail = tail(stream, Streams.ACCEPT_ALL);
    tail.subscribe(
        chunk -> {
          throw new IllegalStateException("disk full");
        },
        0,
        -1);
    tail.subscribe(recorder, 0, -1);
    IllegalStateException reported = assertThrows(IllegalStateException.class, tail::step);
    assertEquals("disk full", reported.getMessage());
    run(tail);
    assertEquals(List.of(1L, 2L), recorder.ids());
  }

  @Test
  void aLogThatIsAwayForAWhileLosesNothing() throws Exception {
    StreamLog stream = log.open(Streams.stream("s", 1));
    Recorder recorder = new Recorder(0);
    LaneTail tail = tail(stream, Streams.ACCEPT_ALL);
    tail.subscribe(recorder, 0, -1);
    append(stream, 1);
    run(tail);
    log.setReachable(false);
    assertThrows(LogUnavailableException.class, tail::step);
    assertThrows(LogUnavailableException.class, tail::step);
    log.setReachable(true);
    append(stream, 2);
    run(tail);
    assertEquals(List.of(1L, 2L), recorder.ids());
  }

  @Test
  void aLostTailIsRefusedBeforeAnythingIsOffered() throws Exception {
    StreamLog stream = log.open(Streams.stream("s", 1));
    Recorder recorder = new Recorder(0);
    LaneTail tail = tail(stream, Streams.ACCEPT_ALL);
    Subscription subscription = tail.subscribe(recorder, 0, -1);
    append(stream, 1, 2, 3);
    run(tail);
    log.truncate("s", 0, 1);
    append(stream, 4, 5, 6);
    assertThrows(LostTailException.class, tail::step);
    assertThrows(LostTailException.class, tail::step);
    assertEquals(3, subscription.position());
    assertThrows(
        LostTailException.class, () -> tail.subscribe(recorder, 3, subscription.leaderEpoch()));
  }

  @Test
  void aRecreatedTopicIsRefusedBeforeAnythingIsOffered() throws Exception {
    StreamDefinition definition = Streams.stream("s", 1);
    StreamLog stream = log.open(definition);
    Recorder recorder = new Recorder(0);
    LaneTail tail = tail(stream, Streams.ACCEPT_ALL);
    tail.subscribe(recorder, 0, -1);
    append(stream, 1);
    run(tail);
    log.recreate("s");
    append(log.open(definition), 7, 8);
    assertThrows(TopicRecreatedException.class, tail::step);
    assertEquals(List.of(1L), recorder.ids());
  }

  @Test
  void eachPositionIsJudgedByTheVersionThatOwnsIt() throws Exception {
    StreamDefinition old =
        new StreamDefinition(
            "s",
            Schema.of(Column.required("id", Type.INTEGER)),
            List.of(),
            Map.of("unknown", "ignore"),
            "");
    StreamDefinition now = Streams.stream("s", 1);
    StreamLog stream = log.open(now);
    append(stream, 1, 2, 3);
    Rejection no = new Rejection("check", "", "no");
    Verdict nothing =
        rows -> {
          Rejection[] all = new Rejection[rows.size()];
          Arrays.fill(all, no);
          return all;
        };
    Lane lane = Streams.lane(stream, 0);
    LaneTail tail =
        new LaneTail(
            stream,
            lane,
            List.of(
                new LaneVersion(0, old, Streams.ACCEPT_ALL),
                new LaneVersion(1, old, nothing),
                new LaneVersion(2, now, Streams.ACCEPT_ALL)),
            SMALL);
    Recorder recorder = new Recorder(0);
    tail.subscribe(recorder, 0, -1);
    run(tail);
    assertEquals(List.of(1L, 3L), recorder.ids());
    assertEquals(
        List.of(new Range(0, 1), new Range(1, 2), new Range(2, 3)),
        recorder.chunks.stream().map(Chunk::range).toList());
    Rows first = recorder.chunks.get(0).rows();
    assertEquals(now.rowSchema(), first.schema());
    assertEquals(null, first.column(1).get(0));
    assertEquals("n3", recorder.chunks.get(2).rows().column(1).get(0));
  }

  @Test
  void anyScheduleGivesEverySubscriberTheSameSequence() throws Exception {
    for (long seed = 0; seed < 300; seed++) {
      try {
        new Schedule(seed).run();
      } catch (Exception | AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  /** Appends, steps, subscribes, stalls and leaves at random. */
  private final class Schedule {
    private final Random random;
    private final String name;
    private final StreamLog stream;
    private final LaneTail tail;
    private final List<Long> idAt = new ArrayList<>();
    private final List<Recorder> recorders = new ArrayList<>();
    private final List<Subscription> subscriptions = new ArrayList<>();

    Schedule(long seed) {
      this.random = new Random(seed);
      this.name = "schedule" + seed;
      log.cutAtRandom(new Random(seed + 1));
      this.stream = log.open(Streams.stream(name, 1));
      this.tail = tail(stream, Streams.ACCEPT_ALL);
    }

    void run() throws Exception {
      for (int move = 0; move < 150; move++) {
        move();
      }
      recorders.forEach(recorder -> recorder.busy = false);
      while (subscriptions.stream().anyMatch(open -> open.position() < idAt.size())) {
        assertTrue(tail.step() > 0, "no progress");
      }
      for (int i = 0; i < recorders.size(); i++) {
        check(recorders.get(i));
      }
      tail.close();
    }

    private void move() throws Exception {
      switch (random.nextInt(8)) {
        case 0, 1 -> appendSome();
        case 2 -> subscribe();
        case 3 -> recorders.forEach(recorder -> recorder.busy = random.nextInt(3) == 0);
        case 4 -> leave();
        default -> tail.step();
      }
    }

    private void appendSome() {
      for (int i = random.nextInt(12); i > 0; i--) {
        if (random.nextInt(6) == 0) {
          log.mark(name, 0);
          idAt.add(null);
        } else {
          append(stream, idAt.size());
          idAt.add((long) idAt.size());
        }
      }
    }

    private void subscribe() {
      if (subscriptions.size() < 6) {
        Recorder recorder = new Recorder(random.nextInt(idAt.size() + 1));
        recorders.add(recorder);
        subscriptions.add(tail.subscribe(recorder, recorder.from, -1));
      }
    }

    private void leave() {
      if (!subscriptions.isEmpty() && random.nextInt(4) == 0) {
        subscriptions.remove(random.nextInt(subscriptions.size())).close();
      }
    }

    private void check(Recorder recorder) {
      List<Long> expected =
          idAt.subList((int) recorder.from, (int) recorder.end()).stream()
              .filter(id -> id != null)
              .toList();
      assertEquals(expected, recorder.ids());
    }
  }
}
