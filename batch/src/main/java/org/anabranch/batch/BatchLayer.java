// SPDX-License-Identifier: Apache-2.0
package org.anabranch.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.anabranch.view.Clock;
import org.anabranch.view.Engine;
import org.anabranch.view.Step;

/**
 * The batch layer: one run at a time over the pipeline's streams, asked for by hand or by a
 * schedule.
 */
public final class BatchLayer implements Step, AutoCloseable {
  private static final int REMEMBERED = 200;

  private final List<BatchStream> streams;
  private final Engine engine;
  private final Clock clock;
  private final Schedule schedule;
  private final long lakeTimeoutMillis;
  private final Deque<BatchRun> ended = new ArrayDeque<>();
  private final Deque<StreamRun> waiting = new ArrayDeque<>();
  private StreamRun current;
  private long nextId = 1;
  private long due;
  private long lastLook;

  /**
   * @param schedule when runs start by themselves
   * @param lakeTimeoutMillis how long a run waits for the lake to pass its cut
   */
  public BatchLayer(
      List<BatchStream> streams,
      Engine engine,
      Clock clock,
      Schedule schedule,
      long lakeTimeoutMillis) {
    this.streams = List.copyOf(streams);
    this.engine = engine;
    this.clock = clock;
    this.schedule = schedule;
    this.lakeTimeoutMillis = lakeTimeoutMillis;
    this.lastLook = clock.millis();
    this.due = schedule.next(lastLook);
  }

  /**
   * Asks for a run over all streams, or over the one given.
   *
   * @param stream a stream's name, or null for all
   * @return the id of the first stream's run; those of further streams follow it
   * @throws RunInProgressException if one is under way
   */
  public synchronized long request(RunRequest request, String stream)
      throws RunInProgressException {
    if (current != null) {
      throw new RunInProgressException(current.report(nextId));
    }
    for (BatchStream candidate : streams) {
      if (stream == null || candidate.name().equals(stream)) {
        waiting.add(new StreamRun(candidate, engine, clock, request));
      }
    }
    if (waiting.isEmpty()) {
      throw new IllegalArgumentException("Cannot run over stream '" + stream + "': there is none");
    }
    current = waiting.remove();
    return nextId;
  }

  @Override
  public synchronized int step() {
    if (current == null) {
      return startIfDue();
    }
    int done = current.step();
    if (current.isDone()) {
      remember(current.report(nextId++));
      current = waiting.poll();
    }
    return done;
  }

  private int startIfDue() {
    long now = clock.millis();
    if (now < lastLook) {
      // The clock was set back: what was due soon must not be due an hour later.
      due = Math.min(due, schedule.next(now));
    }
    lastLook = now;
    if (now < due) {
      return 0;
    }
    due = schedule.next(now);
    RunRequest incremental =
        new RunRequest(
            "schedule",
            false,
            java.util.Set.of(),
            org.anabranch.view.SegmentStore.Origin.BATCH,
            lakeTimeoutMillis);
    streams.forEach(stream -> waiting.add(new StreamRun(stream, engine, clock, incremental)));
    current = waiting.poll();
    return current == null ? 0 : 1;
  }

  private void remember(BatchRun run) {
    ended.addLast(run);
    if (ended.size() > REMEMBERED) {
      ended.removeFirst();
    }
  }

  /** The runs of this process, oldest first, the one under way last. */
  public synchronized List<BatchRun> runs() {
    List<BatchRun> runs = new ArrayList<>(ended);
    if (current != null) {
      runs.add(current.report(nextId));
    }
    return runs;
  }

  /** Ends a run that is under way without publishing it. */
  @Override
  public synchronized void close() {
    if (current != null) {
      current.release();
      current = null;
    }
    waiting.clear();
  }
}
