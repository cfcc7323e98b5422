// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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

/**
 * A stream's log that takes events only while somebody reads them: what no answer would contain is
 * refused before it is appended, and not acknowledged if that turns out only then.
 */
final class GuardedLog implements StreamLog {
  private final StreamLog log;
  private final StreamTasks tasks;

  GuardedLog(StreamLog log, StreamTasks tasks) {
    this.log = log;
    this.tasks = tasks;
  }

  @Override
  public CompletableFuture<Appended> append(List<Event> events) {
    Optional<String> obstacle = tasks.obstacle();
    if (obstacle.isPresent()) {
      return CompletableFuture.failedFuture(
          new LogUnavailableException(
              "Cannot take events of stream '"
                  + stream().name()
                  + "': no answer would contain them, since "
                  + obstacle.get()));
    }
    return log.append(events).thenApply(this::read);
  }

  private Appended read(Appended appended) {
    Optional<String> stopped = tasks.stopped();
    if (stopped.isPresent()) {
      throw new CompletionException(
          new UnknownOutcomeException(
              "Cannot tell whether answers will contain events of stream '"
                  + stream().name()
                  + "' that are in the log now, since "
                  + stopped.get(),
              appended.size(),
              null));
    }
    return appended;
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
