// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.anabranch.log.Appended;
import org.anabranch.log.Event;
import org.anabranch.log.LaneReader;
import org.anabranch.log.LogRecord;
import org.anabranch.log.LogUnavailableException;
import org.anabranch.log.ReadLimits;
import org.anabranch.log.StreamLog;
import org.anabranch.log.UnknownOutcomeException;
import org.anabranch.view.Lane;
import org.anabranch.view.StreamDefinition;

/** A log whose appends fail as a real one's do: before, in the middle, or after the fact. */
class FaultyLog implements StreamLog {
  /** The process is dead. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** What becomes of an append. */
  enum Fate {
    GOOD,
    UNAVAILABLE,
    UNKNOWN,
    CRASH
  }

  /** Says what becomes of the next append. */
  interface Fates {
    Fate next();
  }

  private final StreamLog log;
  private final Fates fates;
  private final Random random;

  FaultyLog(StreamLog log, Fates fates, Random random) {
    this.log = log;
    this.fates = fates;
    this.random = random;
  }

  @Override
  public CompletableFuture<Appended> append(List<Event> events) {
    Fate fate;
    synchronized (random) {
      fate = fates.next();
    }
    if (fate == Fate.GOOD) {
      return log.append(events);
    }
    if (fate == Fate.UNAVAILABLE) {
      return CompletableFuture.failedFuture(new LogUnavailableException("The log is away"));
    }
    log.append(some(events)).join();
    if (fate == Fate.CRASH) {
      throw new Crash();
    }
    return CompletableFuture.failedFuture(
        new UnknownOutcomeException("The log does not say", 0, null));
  }

  private List<Event> some(List<Event> events) {
    synchronized (random) {
      int share = random.nextInt(3);
      List<Event> some = new ArrayList<>();
      for (Event event : events) {
        if (share == 2 || (share == 1 && random.nextBoolean())) {
          some.add(event);
        }
      }
      return some;
    }
  }

  @Override
  public StreamDefinition stream() {
    return log.stream();
  }

  @Override
  public String topicId() {
    return log.topicId();
  }

  @Override
  public List<Integer> partitions() {
    return log.partitions();
  }

  @Override
  public List<Integer> refresh() {
    return log.refresh();
  }

  @Override
  public void grow(int partitions) {
    log.grow(partitions);
  }

  @Override
  public List<String> notes() {
    return log.notes();
  }

  @Override
  public Map<Integer, Long> starts() {
    return log.starts();
  }

  @Override
  public long acknowledged(int partition) {
    return log.acknowledged(partition);
  }

  @Override
  public Map<Integer, Long> ends() {
    return log.ends();
  }

  @Override
  public Map<Integer, Long> positionsSince(long epochMillis) {
    return log.positionsSince(epochMillis);
  }

  @Override
  public LaneReader reader(Lane lane, long from, int leaderEpoch, ReadLimits limits) {
    return log.reader(lane, from, leaderEpoch, limits);
  }

  @Override
  public void scan(Lane lane, long from, long to, Consumer<? super LogRecord> sink) {
    log.scan(lane, from, to, sink);
  }

  @Override
  public void trim(int partition, long below) {
    log.trim(partition, below);
  }
}
