// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.anabranch.lake.Lake;
import org.anabranch.lake.LakeLimits;
import org.anabranch.lake.LakeStream;
import org.anabranch.lake.Quarantine;
import org.anabranch.log.LaneTail;
import org.anabranch.log.MemoryLog;
import org.anabranch.log.ReadLimits;
import org.anabranch.log.StreamLog;
import org.anabranch.log.Subscription;
import org.anabranch.view.Chunk;
import org.anabranch.view.Coverage;
import org.anabranch.view.History;
import org.anabranch.view.Lane;
import org.anabranch.view.LaneLedger;
import org.anabranch.view.ManualClock;
import org.anabranch.view.Quarantined;
import org.anabranch.view.Range;
import org.anabranch.view.Rows;
import org.anabranch.view.StreamLedger;
import org.anabranch.view.Trials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both tables get every position once, in spite of crashes, and nothing else. */
final class ArchiverTest {
  private static final Logger ICEBERG = Logger.getLogger("org.apache.iceberg");
  private static final ArchiveLimits ALWAYS = new ArchiveLimits(0, 1, 1_000, 0, 1 << 20, 1 << 20);
  private static final ArchiveLimits LAZY =
      new ArchiveLimits(1_000, 500, 2_000, 3_000, 1 << 20, 1 << 20);

  @TempDir Path directory;
  private final ManualClock clock = new ManualClock(1_700_000_000_000L);
  private final MemoryLog memory = new MemoryLog(clock);
  private Lake lake;

  @BeforeEach
  void openLake() throws IOException {
    ICEBERG.setLevel(Level.WARNING);
    lake = Lake.open(directory.resolve("lake"), clock, LakeLimits.DEFAULT);
  }

  @AfterEach
  void closeLake() {
    lake.close();
  }

  /** A stream with events in its log, and its tables. */
  private final class Flow {
    final StreamLog log;
    final LakeStream tables;
    final List<Lane> lanes = new ArrayList<>();

    Flow(String name, int partitions) throws IOException {
      log = memory.open(Flows.stream(name, "json", partitions));
      tables = lake.stream(log.stream());
      for (int partition : log.partitions()) {
        lanes.add(tables.lanes().register(log.topicId(), partition, 0, false));
      }
    }

    /** About a third of the events are bad; markers take positions now and then. */
    void append(Random random, int bodies) throws Exception {
      IngestStream ingest =
          Flows.ingest(log, directory.resolve("keys"), clock, IngestLimits.DEFAULT);
      for (int i = 0; i < bodies; i++) {
        RandomBodies.Body body = new RandomBodies(random).next("json", 30);
        ingest.accept(IngestRequest.of(body.bytes(), body.contentType()));
        if (random.nextInt(4) == 0) {
          memory.mark(log.stream().topic(), random.nextInt(lanes.size()));
        }
        clock.advance(random.nextInt(50));
      }
    }

    Archiver archiver(ArchiveLimits limits) {
      return new Archiver(tables, log.stream(), 1, clock, limits);
    }

    void requireExact() throws Exception {
      Coverage all = Coverage.EMPTY;
      Map<String, String> expected = new TreeMap<>();
      SortedRejects rejects = new SortedRejects();
      for (Lane lane : lanes) {
        all = all.plus(Coverage.of(lane, 0, log.end(lane.partition())));
        LaneLedger ledger = LaneLedger.startingAt(0);
        for (Chunk chunk : Flows.read(log, lane.partition())) {
          texts(chunk.rows(), expected);
          chunk.quarantined().forEach(rejects::add);
          ledger = ledger.plus(chunk, -1);
        }
        assertEquals(ledger, Archiver.archived(tables, lane));
      }
      assertEquals(all, tables.master().coverage());
      assertEquals(all, tables.quarantine().coverage());
      assertEquals(expected, rowsInLake(all));
      assertEquals(rejects.texts, rejectsInLake(all).texts);
      assertEquals(events(), (long) expected.size() + rejects.texts.size());
    }

    /** Records of the log, which has markers as well. */
    private long events() {
      AtomicLong events = new AtomicLong();
      for (Lane lane : lanes) {
        long end = log.end(lane.partition());
        if (end > 0) {
          log.scan(lane, 0, end, record -> events.incrementAndGet());
        }
      }
      assertTrue(events.get() > 0);
      return events.get();
    }

    private Map<String, String> rowsInLake(Coverage all) throws IOException {
      Map<String, String> found = new TreeMap<>();
      try (History.RowsReader reader = tables.master().read(all, log.stream().schema().names())) {
        for (Rows rows = reader.next(); rows != null; rows = reader.next()) {
          texts(rows, found);
        }
      }
      return found;
    }

    private SortedRejects rejectsInLake(Coverage all) throws IOException {
      SortedRejects found = new SortedRejects();
      try (Quarantine.EventsReader reader = tables.quarantine().read(all)) {
        for (List<Quarantined> some = reader.next(); some != null; some = reader.next()) {
          some.forEach(found::add);
        }
      }
      return found;
    }
  }

  private static final class SortedRejects {
    final Map<String, String> texts = new TreeMap<>();

    void add(Quarantined event) {
      String text =
          event.appendedAt()
              + new String(event.bytes(), java.nio.charset.StandardCharsets.UTF_8)
              + event.contentType()
              + event.rejection();
      assertSame(null, texts.put(event.lane() + "/" + event.position(), text), "twice");
    }
  }

  private static void texts(Rows rows, Map<String, String> into) {
    for (int row = 0; row < rows.size(); row++) {
      StringBuilder text = new StringBuilder().append(rows.appendedAt(row));
      for (int column = 0; column < rows.schema().size(); column++) {
        text.append('|').append(rows.column(column).get(row));
      }
      String key = rows.lane() + "/" + rows.position(row);
      assertSame(null, into.put(key, text.toString()), "row " + key + " twice");
    }
  }

  /** Tails of all lanes that feed one archiver, chunks cut at random. */
  private static final class Feed implements AutoCloseable {
    final Archiver archiver;
    final List<LaneTail> tails = new ArrayList<>();
    final List<Subscription> subscriptions = new ArrayList<>();
    private long before;
    private int standing;

    Feed(Flow flow, ArchiveLimits limits, Random random) {
      archiver = flow.archiver(limits);
      for (Lane lane : flow.lanes) {
        long from = archiver.open(lane);
        ReadLimits reads =
            new ReadLimits(1 + random.nextInt(40), 1 << 20, ReadLimits.DEFAULT.patience());
        LaneTail tail = Flows.tail(flow.log, lane.partition(), reads);
        subscriptions.add(tail.subscribe(archiver::offer, from, -1));
        tails.add(tail);
      }
    }

    long step() throws Exception {
      long passed = 0;
      for (LaneTail tail : tails) {
        passed += tail.step();
      }
      return passed;
    }

    boolean isAtEnd(StreamLog log) {
      long at = subscriptions.stream().mapToLong(Subscription::position).sum();
      standing = at == before ? standing + 1 : 0;
      before = at;
      assertTrue(standing < 10_000, () -> "the archiver stands at " + at);
      for (int partition = 0; partition < subscriptions.size(); partition++) {
        if (subscriptions.get(partition).position() < log.end(partition)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public void close() {
      tails.forEach(LaneTail::close);
    }
  }

  @Test
  void crashesAtAnyStepLoseAndDoubleNothing() {
    Trials.run(
        5,
        random -> {
          Flow flow = new Flow("c" + random.nextLong(), 1 + random.nextInt(3));
          flow.append(random, 15);
          int crashes = 5;
          boolean done = false;
          while (!done) {
            ArchiveLimits limits = random.nextBoolean() ? ALWAYS : LAZY;
            try (Feed feed = new Feed(flow, limits, random)) {
              boolean crashed = false;
              while (!crashed && !feed.isAtEnd(flow.log)) {
                feed.step();
                clock.advance(random.nextInt(1_500));
                if (random.nextBoolean()) {
                  feed.archiver.step();
                }
                crashed = crashes > 0 && random.nextInt(5) == 0;
              }
              crashes--;
              if (!crashed) {
                feed.archiver.flush();
                assertEquals(
                    new Archiver.Progress(flow.tables.master().coverage(), 0, 0),
                    feed.archiver.progress());
                done = true;
              }
            }
          }
          flow.requireExact();
        });
  }

  @Test
  void aCrashBetweenTheTwoCommitsIsMadeGood() throws Exception {
    Random random = new Random(5);
    Flow flow = new Flow("between", 1);
    flow.append(random, 20);
    Lane lane = flow.lanes.get(0);
    List<Quarantined> first = new ArrayList<>();
    long end = 0;
    for (Chunk chunk : Flows.read(flow.log, 0)) {
      first.addAll(chunk.quarantined());
      end = chunk.range().to();
    }
    long middle = end / 2;
    first.removeIf(event -> event.position() >= middle);
    flow.tables.quarantine().append("before-the-crash", Coverage.of(lane, 0, middle), first);
    try (Feed feed = new Feed(flow, ALWAYS, random)) {
      while (!feed.isAtEnd(flow.log)) {
        feed.step();
        feed.archiver.step();
      }
      feed.archiver.flush();
      assertEquals(0, feed.archiver.heldRows());
    }
    flow.requireExact();
  }

  @Test
  void whatTheMasterDatasetHasAloneIsReadAgainForTheQuarantine() throws Exception {
    Random random = new Random(13);
    Flow flow = new Flow("ahead", 1);
    IngestStream ingest =
        Flows.ingest(flow.log, directory.resolve("keys"), clock, IngestLimits.DEFAULT);
    for (int i = 0; i < 50; i++) {
      ingest.accept(IngestRequest.of(Flows.bytes("{\"id\":" + i + "}"), Flows.NDJSON));
    }
    ArchiveLimits late = new ArchiveLimits(0, 1, 1_000, 1_000_000, 1 << 20, 1 << 20);
    Lane lane = flow.lanes.get(0);
    try (Feed feed = new Feed(flow, late, random)) {
      while (!feed.isAtEnd(flow.log)) {
        feed.step();
      }
      feed.archiver.step();
    }
    assertEquals(Coverage.of(lane, 0, 50), flow.tables.master().coverage());
    assertTrue(flow.tables.quarantine().coverage().isEmpty());
    flow.append(random, 10);
    Chunk all = Flows.read(flow.log, 0).get(0);
    Archiver again = flow.archiver(late);
    assertEquals(0, again.open(lane));
    Chunk skipping = new Chunk(all.rows().from(50), all.quarantined(), 0, 0);
    assertThrows(IllegalArgumentException.class, () -> again.offer(skipping));
    assertTrue(again.offer(all));
    assertEquals(
        all.rows().size() + all.quarantined().size() - 50, again.heldRows(), "50 are there");
    again.flush();
    assertEquals(0, again.heldRows());
    flow.requireExact();
  }

  @Test
  void whatIsReadAgainForOneTableOnlyDoesNotCountAsHeld() throws Exception {
    Random random = new Random(6);
    Flow flow = new Flow("again", 1);
    flow.append(random, 40);
    List<Chunk> chunks = Flows.read(flow.log, 0);
    Lane lane = flow.lanes.get(0);
    try (Feed feed = new Feed(flow, ALWAYS, random)) {
      while (!feed.isAtEnd(flow.log)) {
        feed.step();
      }
      feed.archiver.flush();
    }
    Archiver again = flow.archiver(ALWAYS);
    assertEquals(flow.log.end(0), again.open(lane));
    for (Chunk chunk : chunks) {
      assertTrue(again.offer(chunk));
    }
    assertEquals(0, again.heldRows());
    again.flush();
    flow.requireExact();
  }

  @Test
  void aSlowLakeMakesTheArchiverRefuseAndLosesNothing() throws Exception {
    Random random = new Random(8);
    Flow flow = new Flow("slow", 2);
    flow.append(random, 40);
    ArchiveLimits tight = new ArchiveLimits(1_000_000, 1_000_000, 40, 0, 1 << 30, 1 << 30);
    int refused = 0;
    try (Feed feed = new Feed(flow, tight, random)) {
      while (!feed.isAtEnd(flow.log)) {
        long passed = 0;
        do {
          passed = feed.step();
          assertTrue(feed.archiver.heldRows() < 40 + 2 * 40);
        } while (passed > 0);
        if (!feed.isAtEnd(flow.log)) {
          refused++;
        }
        feed.archiver.flush();
      }
      feed.archiver.flush();
    }
    assertTrue(refused > 5, "refused " + refused + " times");
    flow.requireExact();
  }

  @Test
  void theHeldBytesAreBoundedToo() throws Exception {
    Flow flow = new Flow("bytes", 1);
    IngestStream ingest =
        Flows.ingest(flow.log, directory.resolve("keys"), clock, IngestLimits.DEFAULT);
    String wide = "{\"id\":1,\"note\":\"" + "x".repeat(10_000) + "\"}";
    for (int i = 0; i < 20; i++) {
      ingest.accept(IngestRequest.of(Flows.bytes(wide), Flows.NDJSON));
    }
    ArchiveLimits limits = new ArchiveLimits(1_000_000, 1_000, 1_000, 0, 1 << 30, 50_000);
    Archiver archiver = flow.archiver(limits);
    archiver.open(flow.lanes.get(0));
    List<Boolean> taken = new ArrayList<>();
    try (LaneTail tail =
        Flows.tail(flow.log, 0, new ReadLimits(1, 1 << 20, ReadLimits.DEFAULT.patience()))) {
      tail.subscribe(
          chunk -> {
            taken.add(archiver.offer(chunk));
            return taken.get(taken.size() - 1);
          },
          0,
          -1);
      while (!taken.contains(false)) {
        tail.step();
      }
    }
    assertEquals(5, taken.size() - 1);
    archiver.flush();
    assertEquals(Coverage.of(flow.lanes.get(0), 0, 5), archiver.progress().archived());
  }

  @Test
  void anotherWriterIsNamedAndEndsTheArchiver() throws Exception {
    Random random = new Random(9);
    Flow flow = new Flow("two", 1);
    flow.append(random, 10);
    try (Feed zombie = new Feed(flow, LAZY, random);
        Feed successor = new Feed(flow, LAZY, random)) {
      zombie.step();
      while (!successor.isAtEnd(flow.log)) {
        successor.step();
      }
      successor.archiver.flush();
      ArchiveConflictException lost =
          assertThrows(ArchiveConflictException.class, zombie.archiver::flush);
      assertTrue(lost.getMessage().contains("'two'"), lost.getMessage());
      assertThrows(ArchiveConflictException.class, zombie.archiver::step);
      assertThrows(ArchiveConflictException.class, zombie::step);
    }
    flow.requireExact();
  }

  @Test
  void itGoesOnBehindAGapThatWasAccepted() throws Exception {
    Random random = new Random(10);
    Flow flow = new Flow("gap", 1);
    flow.append(random, 10);
    Lane lane = flow.lanes.get(0);
    try (Feed feed = new Feed(flow, ALWAYS, random)) {
      while (!feed.isAtEnd(flow.log)) {
        feed.step();
      }
      feed.archiver.flush();
    }
    LaneLedger before = Archiver.archived(flow.tables, lane);
    long start = flow.log.end(0);
    flow.append(random, 5);
    long end = flow.log.end(0);
    flow.tables.lanes().acceptGap(lane, new Range(start, end), "the disk was lost");
    assertEquals(end, Archiver.archived(flow.tables, lane).position());
    assertEquals(before.accepted(), Archiver.archived(flow.tables, lane).accepted());
    flow.append(random, 5);
    try (Feed feed = new Feed(flow, ALWAYS, random)) {
      while (!feed.isAtEnd(flow.log)) {
        feed.step();
      }
      feed.archiver.flush();
    }
    Coverage expected = Coverage.of(lane, 0, start).plus(Coverage.of(lane, end, flow.log.end(0)));
    assertEquals(expected, flow.tables.master().coverage());
    assertEquals(expected, flow.tables.quarantine().coverage());
  }

  @Test
  void theAccountOfALaneThatIsClosedIsCarriedOn() throws Exception {
    Random random = new Random(11);
    Flow flow = new Flow("closed", 1);
    flow.append(random, 10);
    try (Feed feed = new Feed(flow, ALWAYS, random)) {
      while (!feed.isAtEnd(flow.log)) {
        feed.step();
      }
      feed.archiver.flush();
    }
    StreamLedger before = StreamLedger.parse(flow.tables.master().ledger().get(Archiver.LEDGER));
    Lane next = flow.tables.lanes().register("another", 0, 0, true);
    Archiver archiver = flow.archiver(ALWAYS);
    archiver.open(next);
    Chunk chunk = Flows.read(flow.log, 0).get(0);
    Rows rows = chunk.rows();
    long[] positions = new long[rows.size()];
    long[] times = new long[rows.size()];
    for (int row = 0; row < rows.size(); row++) {
      positions[row] = rows.position(row);
      times[row] = rows.appendedAt(row);
    }
    Rows moved =
        new Rows(rows.schema(), next, rows.range(), positions, times, rows.columns(), rows.size());
    assertTrue(archiver.offer(new Chunk(moved, List.of(), 0, 0)));
    archiver.flush();
    StreamLedger after = StreamLedger.parse(flow.tables.master().ledger().get(Archiver.LEDGER));
    assertEquals(2, after.lanes().size());
    assertEquals(before.accepted() + rows.size(), after.accepted());
  }

  @Test
  void positionsThatWereSkippedAreNeverCountedAsArchived() throws Exception {
    Flow flow = new Flow("skipped", 1);
    flow.append(new Random(12), 3);
    Chunk all = Flows.read(flow.log, 0).get(0);
    long middle = all.range().to() / 2;
    Archiver archiver = flow.archiver(ALWAYS);
    archiver.open(flow.lanes.get(0));
    Chunk late = new Chunk(all.rows().from(middle), List.of(), 0, 0);
    assertThrows(IllegalArgumentException.class, () -> archiver.offer(late));
    Lane unknown = new Lane("unknown", 0, 0);
    assertFalse(flow.lanes.contains(unknown));
    archiver.flush();
    assertTrue(archiver.progress().archived().isEmpty());
  }
}
