// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.anabranch.log.LogException;
import org.anabranch.log.LogUnavailableException;
import org.anabranch.log.StreamLog;
import org.anabranch.view.Clock;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.Pause;
import org.anabranch.view.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the index true to the log: fills it at start, finds out what became of appends whose
 * outcome is unknown, and writes a checkpoint now and then.
 */
final class IdempotencyKeeper implements Step {
  private static final Logger LOG = LoggerFactory.getLogger(IdempotencyKeeper.class);

  private final IdempotencyIndex index;
  private final IdempotencyFile file;
  private final StreamLog log;
  private final PartitionLanes lanes;
  private final Clock clock;
  private final IngestLimits limits;
  private final Object resolving = new Object();
  private Candidate candidate;
  private final Pause pause;
  private boolean failing;
  private volatile boolean recovered;

  /** What the lake is to take next, and the appends that were open when that was known. */
  private Coverage coming = Coverage.EMPTY;

  private Set<IdempotencyIndex.OpenAppend> openThen = Set.of();

  /** Ends of the log that become the frontier when the appends open at that time are known. */
  private record Candidate(SortedMap<Integer, Long> ends, Set<IdempotencyIndex.OpenAppend> open) {}

  IdempotencyKeeper(
      IdempotencyIndex index,
      IdempotencyFile file,
      StreamLog log,
      PartitionLanes lanes,
      Clock clock,
      IngestLimits limits) {
    this.index = index;
    this.file = file;
    this.log = log;
    this.lanes = lanes;
    this.clock = clock;
    this.limits = limits;
    this.pause = new Pause(clock);
  }

  /**
   * Fills the index with what is written down and what the log has above of keys that are still
   * known. A key is known for one age after its last event, and a repeat may have come one age
   * after the events it completed: two ages of the log are enough, and below nothing is read.
   */
  void recover() throws IOException {
    SortedMap<Integer, Long> ends = new TreeMap<>(log.ends());
    IdempotencyContents written = file.read();
    SortedMap<Integer, Long> known = new TreeMap<>();
    boolean changed = false;
    index.clear();
    if (fits(written, ends)) {
      changed = index.load(written.requests(), lanes);
      written
          .frontier()
          .forEach(
              (lane, end) -> {
                if (isOfNow(lane, ends)) {
                  known.put(lane.partition(), end);
                }
              });
    }
    long oldest = Math.max(0, clock.millis() - 2 * limits.keys().ageMillis());
    log.positionsSince(oldest)
        .forEach((partition, position) -> known.merge(partition, position, Math::max));
    scan(known, ends);
    index.frontier(ends);
    index.forgetOld();
    pause.begin(limits.keys().checkpointMillis());
    if (changed || file.isTorn()) {
      writeAll();
    }
    recovered = true;
  }

  /**
   * Whether what is written down is of this history. A log that ends below what is known has lost
   * its tail: what is known may be of that.
   */
  private boolean fits(IdempotencyContents read, Map<Integer, Long> ends) {
    return read.frontier().entrySet().stream()
        .allMatch(
            known -> {
              Lane lane = known.getKey();
              return lanes
                      .incarnation(lane.partition(), lane.incarnation())
                      .equals(Optional.of(lane))
                  && (!isOfNow(lane, ends) || known.getValue() <= ends.get(lane.partition()));
            });
  }

  private boolean isOfNow(Lane lane, Map<Integer, Long> ends) {
    return ends.containsKey(lane.partition()) && lane(lane.partition()).equals(lane);
  }

  private void scan(Map<Integer, Long> known, Map<Integer, Long> ends) {
    Map<Integer, Long> starts = log.starts();
    ends.forEach(
        (partition, end) -> {
          long from = Math.max(starts.get(partition), known.getOrDefault(partition, 0L));
          from = Math.max(from, lanes.opening(partition));
          if (from < end) {
            index.scan(log, lane(partition), KnownRequest.place(partition), from, end);
          }
        });
  }

  private Lane lane(int partition) {
    try {
      return lanes.lane(partition);
    } catch (RuntimeException e) {
      throw new LogUnavailableException(
          "Cannot read partition "
              + partition
              + " of stream '"
              + log.stream().name()
              + "', which was added to the topic just now: "
              + e.getMessage(),
          e);
    }
  }

  /**
   * Finds out what became of the appends that failed long enough ago. By then the log has what it
   * will ever have of them.
   */
  void resolve() {
    synchronized (resolving) {
      List<IdempotencyIndex.OpenAppend> settled = index.settled();
      if (!settled.isEmpty()) {
        // The producer may have known a partition before anybody else here did.
        log.refresh();
        scan(index.frontier(), log.ends());
        index.resolved(settled);
      }
    }
  }

  @Override
  public int step() throws IOException {
    if (!pause.isOver()) {
      return 0;
    }
    try {
      resolve();
      boolean written = advance();
      failing = false;
      return written ? 1 : 0;
    } catch (LogException | IOException e) {
      // The checkpoint only saves time at the next start: the stream goes on without it.
      pause.begin(limits.keys().checkpointMillis());
      if (!failing) {
        LOG.warn("Cannot write down the keys of stream {}: {}", log.stream().name(), e.toString());
      }
      failing = true;
      return 0;
    }
  }

  /** Moves the frontier up to ends that were seen before, once all below them is known. */
  private synchronized boolean advance() throws IOException {
    if (candidate == null) {
      SortedMap<Integer, Long> ends = new TreeMap<>(log.ends());
      candidate = new Candidate(ends, index.open());
    }
    if (index.isOpen(candidate.open())) {
      return false;
    }
    boolean moved = !candidate.ends().equals(index.frontier());
    if (moved) {
      index.frontier(candidate.ends());
      index.forgetOld();
      writeAll();
    }
    candidate = null;
    pause.begin(limits.keys().checkpointMillis());
    return moved;
  }

  private void writeAll() throws IOException {
    SortedMap<Lane, Long> frontier = new TreeMap<>();
    index.frontier().forEach((partition, end) -> frontier.put(lane(partition), end));
    Map<String, KnownRequest.Saved> saved = index.saved(lanes);
    file.write(frontier, saved);
    index.written(saved);
  }

  /**
   * Makes sure that the keys of positions are written down that the lake is to take: it may be all
   * that is left of them.
   *
   * @return false while an append of that time is under way whose outcome is not known yet
   */
  boolean writtenDown(Coverage coming) throws IOException {
    if (!recovered) {
      return false;
    }
    if (isSettled(coming)) {
      writeChanged(coming);
      return true;
    }
    resolve();
    return false;
  }

  private synchronized boolean isSettled(Coverage coming) {
    if (!coming.equals(this.coming)) {
      this.coming = coming;
      openThen = index.open();
    }
    return !index.isOpen(openThen);
  }

  private synchronized void writeChanged(Coverage coming) throws IOException {
    Map<String, KnownRequest.Saved> changed = index.changed(lanes);
    if (changed.isEmpty()) {
      return;
    }
    if (file.isTorn()) {
      writeAll();
      return;
    }
    SortedMap<Lane, Long> frontier = new TreeMap<>();
    coming.ranges().keySet().forEach(lane -> frontier.put(lane, coming.end(lane)));
    file.add(frontier, changed);
    index.written(changed);
  }

  /** Writes the last checkpoint, if the log still answers. */
  void close() {
    try {
      resolve();
      candidate = null;
      advance();
    } catch (LogException | IOException e) {
      LOG.info("No checkpoint of the keys of stream {}: {}", log.stream().name(), e.toString());
    }
  }
}
