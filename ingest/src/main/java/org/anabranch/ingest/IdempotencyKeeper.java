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
   * Fills the index with what the log has now of keys that are still known. A key is known for one
   * age after its last event, and a repeat may have come one age after the events it completed: two
   * ages of the log are enough, and below nothing is read.
   */
  void recover() throws IOException {
    SortedMap<Integer, Long> ends = new TreeMap<>(log.ends());
    Optional<IdempotencyFile.Contents> checkpoint = file.read().filter(read -> fits(read, ends));
    SortedMap<Integer, Long> known = new TreeMap<>();
    index.clear();
    checkpoint.ifPresent(
        contents -> {
          index.load(contents.requests());
          known.putAll(contents.frontier());
        });
    long oldest = Math.max(0, clock.millis() - 2 * limits.keys().ageMillis());
    log.positionsSince(oldest)
        .forEach((partition, position) -> known.merge(partition, position, Math::max));
    scan(known, ends);
    index.frontier(ends);
    index.forgetOld();
    pause.begin(limits.keys().checkpointMillis());
  }

  /** A log that ends below what is known has lost its tail: what is known may be of that. */
  private static boolean fits(IdempotencyFile.Contents read, Map<Integer, Long> ends) {
    return read.frontier().entrySet().stream()
        .allMatch(entry -> entry.getValue() <= ends.getOrDefault(entry.getKey(), -1L));
  }

  private void scan(Map<Integer, Long> known, Map<Integer, Long> ends) {
    Map<Integer, Long> starts = log.starts();
    ends.forEach(
        (partition, end) -> {
          long from = Math.max(starts.get(partition), known.getOrDefault(partition, 0L));
          if (from < end) {
            log.scan(
                lane(partition),
                from,
                end,
                record ->
                    IdempotencyMark.of(record)
                        .ifPresent(
                            mark ->
                                index.observe(
                                    mark, partition, record.position(), record.appendedAt())));
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
      file.write(new IdempotencyFile.Contents(index.frontier(), index.saved()));
    }
    candidate = null;
    pause.begin(limits.keys().checkpointMillis());
    return moved;
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
