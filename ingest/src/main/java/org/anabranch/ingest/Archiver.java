// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.anabranch.lake.ArchiveBatch;
import org.anabranch.lake.LakeStream;
import org.anabranch.view.Chunk;
import org.anabranch.view.Clock;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.LaneLedger;
import org.anabranch.view.Pause;
import org.anabranch.view.Quarantined;
import org.anabranch.view.Rows;
import org.anabranch.view.Schema;
import org.anabranch.view.StaleException;
import org.anabranch.view.Step;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.StreamLedger;

/**
 * Moves what the log has to the lake: accepted rows to the master dataset, rejected events with
 * their bytes to the quarantine. Where it stands is what the tables say; two commits carry their
 * own coverage, and a crash between them is made good from the log.
 */
public final class Archiver implements Step {
  /** The name of the {@link StreamLedger} among the texts of an append. */
  public static final String LEDGER = "lanes";

  private final LakeStream lake;
  private final String stream;
  private final Schema schema;
  private final int version;
  private final int eventTime;
  private final ArchiveLimits limits;
  private final Gate gate;
  private final SortedMap<Lane, LaneArchive> lanes = new TreeMap<>();

  /** The accounts of lanes that are closed: every commit carries them on. */
  private final SortedMap<Lane, LaneLedger> others = new TreeMap<>();

  private final Object committing = new Object();
  private Held held = Held.NONE;
  private final Pause commits;
  private final Pause quiet;
  private Pending pending;
  private ArchiveConflictException conflict;

  /** A commit that was begun: it is repeated until its outcome is known. */
  private record Pending(
      Coverage rowsCoverage,
      List<Rows> rows,
      Map<Lane, Integer> epochs,
      StreamLedger ledger,
      Coverage eventsCoverage,
      List<Quarantined> events) {}

  /** What must be done before the lake takes positions. */
  public interface Gate {
    /**
     * @return false while it is not possible yet; it is asked again
     */
    boolean opens(Coverage coming) throws IOException;
  }

  /** One that waits for nothing. */
  public Archiver(
      LakeStream lake, StreamDefinition stream, int version, Clock clock, ArchiveLimits limits) {
    this(lake, stream, version, clock, limits, coming -> true);
  }

  /**
   * @param stream the latest version of the stream
   * @param version its number
   */
  public Archiver(
      LakeStream lake,
      StreamDefinition stream,
      int version,
      Clock clock,
      ArchiveLimits limits,
      Gate gate) {
    this.lake = lake;
    this.stream = stream.name();
    this.schema = stream.rowSchema();
    this.version = version;
    this.eventTime = stream.eventTime().map(name -> schema.indexOf(name).orElseThrow()).orElse(-1);
    this.limits = limits;
    this.gate = gate;
    this.commits = new Pause(clock);
    this.quiet = new Pause(clock);
    commits.begin(limits.everyMillis());
    quiet.begin(limits.quietMillis());
  }

  /** The account of a lane up to the end of the master dataset, read from the table. */
  public static LaneLedger archived(LakeStream lake, Lane lane) {
    long end = lake.master().coverage().end(lane);
    long next = lake.lanes().next(lane);
    LaneLedger ledger = stored(lake).lanes().get(lane);
    if (ledger == null) {
      return LaneLedger.startingAt(next);
    }
    if (ledger.position() != end && ledger.position() != next) {
      throw new IllegalStateException(
          "Cannot go on with lane "
              + lane
              + ": its ledger ends at "
              + ledger.position()
              + ", the master dataset at "
              + end);
    }
    return at(next, ledger);
  }

  private static StreamLedger stored(LakeStream lake) {
    return StreamLedger.parse(lake.master().ledger().getOrDefault(LEDGER, ""));
  }

  /** The account beyond a gap that was accepted: nothing of it is counted. */
  private static LaneLedger at(long position, LaneLedger ledger) {
    return new LaneLedger(
        position,
        ledger.accepted(),
        ledger.quarantined(),
        ledger.late(),
        ledger.highestEventTime(),
        ledger.lastAppendedAt());
  }

  /**
   * Takes on a lane.
   *
   * @return the position from which on its chunks are to be offered
   */
  public synchronized long open(Lane lane) {
    LaneLedger ledger = archived(lake, lane);
    others.putAll(stored(lake).lanes());
    long quarantined = lake.lanes().nextQuarantined(lane);
    int epoch = lake.master().leaderEpochs().getOrDefault(lane, -1);
    lanes.put(lane, new LaneArchive(ledger, quarantined, epoch, eventTime));
    return Math.min(ledger.position(), quarantined);
  }

  /**
   * Takes a chunk, or refuses it while too much waits.
   *
   * @throws ArchiveConflictException if another process writes to the tables
   */
  public synchronized boolean offer(Chunk chunk) {
    requireAlone();
    if (held.reaches(limits.heldRows(), limits.heldBytes())) {
      return false;
    }
    LaneArchive lane = lanes.get(chunk.lane());
    if (lane == null) {
      throw new IllegalArgumentException(
          "Cannot archive " + chunk.range() + " of lane " + chunk.lane() + ": it was not opened");
    }
    Rows rows = chunk.rows().conform(schema);
    Chunk conformed =
        new Chunk(rows, chunk.quarantined(), chunk.leaderEpoch(), chunk.unknownFields());
    held = held.plus(lane.add(conformed));
    return true;
  }

  private synchronized void requireAlone() {
    if (conflict != null) {
      throw conflict;
    }
  }

  @Override
  public int step() throws IOException {
    boolean due;
    synchronized (this) {
      due =
          pending != null
              || held.reaches(limits.commitRows(), limits.commitBytes())
              || commits.isOver();
    }
    return due ? commit(false) : 0;
  }

  /** Commits at the next step what was taken by then: somebody waits for it. */
  public synchronized void hurry() {
    commits.end();
  }

  /** Commits all that was taken, both tables. */
  public void flush() throws IOException {
    while (commit(true) > 0) {
      // What was taken while the commit ran follows in the next.
    }
  }

  private int commit(boolean all) throws IOException {
    synchronized (committing) {
      requireAlone();
      Pending batch = begin(all);
      if (batch == null || !gate.opens(batch.rowsCoverage())) {
        return 0;
      }
      try {
        append(batch);
      } catch (StaleException e) {
        throw conflict(e);
      }
      return end(batch);
    }
  }

  private synchronized ArchiveConflictException conflict(StaleException cause) {
    conflict = new ArchiveConflictException(stream, cause);
    return conflict;
  }

  private void append(Pending batch) throws IOException {
    if (!batch.eventsCoverage().isEmpty()) {
      lake.quarantine()
          .append(commitId(batch.eventsCoverage()), batch.eventsCoverage(), batch.events());
    }
    if (!batch.rowsCoverage().isEmpty()) {
      lake.master()
          .append(
              new ArchiveBatch(
                  commitId(batch.rowsCoverage()),
                  batch.rowsCoverage(),
                  batch.rows(),
                  batch.epochs(),
                  Map.of(LEDGER, batch.ledger().toText()),
                  version));
    }
  }

  /** A coverage is committed once: it names its commit. */
  private static String commitId(Coverage coverage) {
    return "archive:" + coverage;
  }

  private synchronized Pending begin(boolean all) {
    if (pending == null) {
      pending = take(all);
    }
    return pending;
  }

  private Pending take(boolean all) {
    commits.begin(limits.everyMillis());
    boolean quarantine = all || quiet.isOver() || anyRejected();
    Coverage.Builder rowsCoverage = new Coverage.Builder();
    Coverage.Builder eventsCoverage = new Coverage.Builder();
    List<Rows> rows = new ArrayList<>();
    List<Quarantined> events = new ArrayList<>();
    Map<Lane, Integer> epochs = new HashMap<>();
    SortedMap<Lane, LaneLedger> ledgers = new TreeMap<>(others);
    lanes.forEach(
        (lane, archive) -> {
          if (archive.leaderEpoch() >= 0 && !archive.rowsRange().isEmpty()) {
            epochs.put(lane, archive.leaderEpoch());
          }
          rowsCoverage.add(lane, archive.rowsRange());
          rows.addAll(archive.takeRows());
          ledgers.put(lane, archive.ledger());
          if (quarantine) {
            eventsCoverage.add(lane, archive.eventsRange());
            events.addAll(archive.takeEvents());
          }
        });
    if (quarantine) {
      quiet.begin(limits.quietMillis());
    }
    Coverage taken = rowsCoverage.build();
    Coverage rejected = eventsCoverage.build();
    return taken.isEmpty() && rejected.isEmpty()
        ? null
        : new Pending(taken, rows, epochs, new StreamLedger(ledgers), rejected, events);
  }

  private boolean anyRejected() {
    return lanes.values().stream().anyMatch(LaneArchive::hasEvents);
  }

  private synchronized int end(Pending batch) {
    Held done = Held.of(batch.rows(), batch.events());
    held = held.minus(done);
    pending = null;
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, done.rows()));
  }

  /** How many rows and events wait for a commit. */
  public synchronized long heldRows() {
    return held.rows();
  }

  /**
   * How far the lake is.
   *
   * @param archived the master dataset's coverage
   * @param heldRows how many rows and events wait for a commit
   * @param heldBytes about how much memory they take
   */
  public record Progress(Coverage archived, long heldRows, long heldBytes) {}

  /** Reads the tables. */
  public Progress progress() {
    Coverage archived = lake.master().coverage();
    synchronized (this) {
      return new Progress(archived, held.rows(), held.bytes());
    }
  }
}
