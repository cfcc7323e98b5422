// SPDX-License-Identifier: Apache-2.0
package org.anabranch.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anabranch.batch.BatchRun.Outcome;
import org.anabranch.quality.PublishAudit;
import org.anabranch.view.Clock;
import org.anabranch.view.Coverage;
import org.anabranch.view.Engine;
import org.anabranch.view.Fold;
import org.anabranch.view.Pause;
import org.anabranch.view.Segment;
import org.anabranch.view.SegmentStore.Addition;
import org.anabranch.view.SegmentStore.Change;
import org.anabranch.view.SegmentStore.Entry;
import org.anabranch.view.SegmentStore.Origin;
import org.anabranch.view.StaleException;
import org.anabranch.view.Step;
import org.anabranch.view.UnansweredException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run over one stream, step by step: cut, wait for the lake to pass it, fold, audit, publish.
 * Whatever happens, what answered before answers until the publishing commit has won.
 */
final class StreamRun implements Step {
  private static final Logger LOG = LoggerFactory.getLogger(StreamRun.class);

  private enum Stage {
    CUT,
    AWAIT_LAKE,
    FOLD,
    PUBLISH,
    DONE
  }

  private static final int MAX_OVERTAKEN = 20;
  private static final long AGAIN_MILLIS = 500;

  private final BatchStream stream;
  private final Engine engine;
  private final Clock clock;
  private final RunRequest request;
  private final long startedAt;
  private final long startedNanos;
  private Stage stage = Stage.CUT;
  private BatchStream.Cut cut;
  private Coverage upTo = Coverage.EMPTY;
  private final Map<Fold, Coverage> wanted = new LinkedHashMap<>();
  private final Deque<HistoryFold> waiting = new ArrayDeque<>();
  private final Deque<List<Fold>> waitingFolds = new ArrayDeque<>();
  private final Map<Fold, Segment> folded = new LinkedHashMap<>();
  private long rows;
  private long positions;
  private long bytes;
  private int overtakenTimes;
  private final Pause again;
  private Pause unanswered;
  private Outcome outcome = Outcome.RUNNING;
  private String message = "rolling the speed layer";
  private long durationMillis;

  StreamRun(BatchStream stream, Engine engine, Clock clock, RunRequest request) {
    this.stream = stream;
    this.engine = engine;
    this.clock = clock;
    this.request = request;
    this.startedAt = clock.millis();
    this.startedNanos = clock.nanos();
    this.again = new Pause(clock);
  }

  boolean isDone() {
    return stage == Stage.DONE;
  }

  @Override
  public int step() {
    try {
      return switch (stage) {
        case CUT -> makeCut();
        case AWAIT_LAKE -> awaitLake();
        case FOLD -> fold();
        case PUBLISH -> publish();
        case DONE -> 0;
      };
    } catch (StaleException overtaken) {
      return end(Outcome.FAILED, "another publisher was first: " + overtaken.getMessage());
    } catch (IOException | RuntimeException failure) {
      return end(Outcome.FAILED, words(failure));
    }
  }

  /** The message of our own failures; of others also what they are, and where in the log output. */
  private static String words(Exception failure) {
    if (failure.getMessage() != null && failure.getClass().getName().startsWith("org.anabranch.")) {
      return failure.getMessage();
    }
    LOG.warn("A batch run failed", failure);
    return failure.toString();
  }

  private int makeCut() {
    cut = stream.cut();
    upTo = cut.pinned().standing().frontier();
    for (Fold fold : stream.folds()) {
      if (request.includes(fold)) {
        Coverage missing = upTo.minus(request.full() ? Coverage.EMPTY : batchCoverage(fold));
        if (!missing.isEmpty()) {
          wanted.put(fold, missing);
        }
      }
    }
    stage = Stage.AWAIT_LAKE;
    message = "waiting for the lake to pass the cut";
    return wanted.isEmpty() ? end(Outcome.UNCHANGED, "nothing above the last cut") : 1;
  }

  private Coverage batchCoverage(Fold fold) {
    return stream.manifest().segments().stream()
        .filter(entry -> entry.fold().equals(fold.identity()) && entry.origin() != Origin.SPEED)
        .map(Entry::coverage)
        .reduce(Coverage.EMPTY, Coverage::plus);
  }

  private int awaitLake() {
    Coverage missing = upTo.minus(stream.lake().coverage());
    if (missing.isEmpty()) {
      planFolds();
      stage = Stage.FOLD;
      return 1;
    }
    stream.hurryLake();
    message = "waiting for the lake: it still lacks " + missing;
    if (clock.nanos() - startedNanos > request.lakeTimeoutMillis() * 1_000_000) {
      return end(
          Outcome.FAILED,
          "the lake did not pass the cut within "
              + request.lakeTimeoutMillis()
              + " ms: it lacks "
              + missing.positions()
              + " positions, "
              + missing);
    }
    return 0;
  }

  /** Folds that want the same coverage share one reading of the lake. */
  private void planFolds() {
    Map<Coverage, List<Fold>> together = new LinkedHashMap<>();
    wanted.forEach(
        (fold, coverage) ->
            together.computeIfAbsent(coverage, ignored -> new ArrayList<>()).add(fold));
    together.forEach(
        (coverage, folds) -> {
          waiting.add(
              new HistoryFold(engine, stream.lake(), folds, coverage, stream.stateBudget()));
          waitingFolds.add(folds);
        });
  }

  private int fold() throws IOException {
    HistoryFold current = waiting.peek();
    if (current == null) {
      stage = Stage.PUBLISH;
      return 1;
    }
    int done = current.step();
    message = "folding the lake";
    if (current.isDone()) {
      List<Segment> segments = current.segments();
      List<Fold> folds = waitingFolds.remove();
      for (int i = 0; i < folds.size(); i++) {
        folded.put(folds.get(i), segments.get(i));
      }
      rows += current.rows();
      positions += current.positions();
      waiting.remove();
      current.close();
    }
    return done;
  }

  /**
   * Publishes over whatever answers below the cut by now: a checkpoint may have made segments
   * durable while the lake was folded, and then the commit is tried again over those.
   */
  private int publish() throws IOException {
    if (!again.isOver()) {
      return 0;
    }
    PublishAudit audit = new PublishAudit(cut.pinned(), upTo);
    List<Addition> added = new ArrayList<>();
    Set<String> removed = new HashSet<>();
    for (Map.Entry<Fold, Segment> entry : folded.entrySet()) {
      Fold fold = entry.getKey();
      Optional<String> objection = audit.objection(fold, entry.getValue());
      if (objection.isPresent()) {
        return end(Outcome.REJECTED, "view " + stream.viewsOf(fold) + ": " + objection.get());
      }
      added.add(new Addition(entry.getValue(), request.origin()));
      removed.addAll(replaced(fold, wanted.get(fold)));
    }
    try {
      stream.publish(new Change(added, removed, Map.of(), Map.of()));
    } catch (StaleException overtaken) {
      if (++overtakenTimes >= MAX_OVERTAKEN) {
        throw overtaken;
      }
      return 1;
    } catch (IOException | UncheckedIOException failure) {
      if (unanswered == null && !(failure instanceof UnansweredException)) {
        throw failure;
      }
      return tryAgain(failure);
    }
    bytes = added.stream().mapToLong(addition -> addition.segment().bytes()).sum();
    return end(Outcome.PUBLISHED, "published " + added.size() + " segments");
  }

  /** A lake that gives no answer now: whether the commit was made is seen when it does again. */
  private int tryAgain(Exception unknown) {
    if (unanswered == null) {
      unanswered = new Pause(clock);
      unanswered.begin(request.lakeTimeoutMillis());
    }
    if (unanswered.isOver()) {
      return end(
          Outcome.FAILED,
          "the lake gave no answer for "
              + request.lakeTimeoutMillis()
              + " ms, and whether the run is published is not known: "
              + unknown.getMessage());
    }
    message = "waiting for the lake to answer: " + unknown.getMessage();
    again.begin(AGAIN_MILLIS);
    return 0;
  }

  private Set<String> replaced(Fold fold, Coverage coverage) {
    Set<String> ids = new HashSet<>();
    for (Entry entry : stream.manifest().segments()) {
      if (entry.fold().equals(fold.identity()) && coverage.overlaps(entry.coverage())) {
        if (!coverage.containsAll(entry.coverage())) {
          throw new IllegalStateException(
              "Cannot publish over " + coverage + ": segment " + entry.id() + " reaches across it");
        }
        ids.add(entry.id());
      }
    }
    return ids;
  }

  private int end(Outcome how, String why) {
    outcome = how;
    message = why;
    durationMillis = (clock.nanos() - startedNanos) / 1_000_000;
    stage = Stage.DONE;
    release();
    return 1;
  }

  /** Gives up what the run holds; a run that is not done is over then. */
  void release() {
    if (cut != null) {
      cut.close();
      cut = null;
    }
    for (HistoryFold open : waiting) {
      try {
        open.close();
      } catch (IOException e) {
        message = message + "; closing the lake's reader failed: " + e.getMessage();
      }
    }
    waiting.clear();
  }

  BatchRun report(long id) {
    HistoryFold current = waiting.peek();
    return new BatchRun(
        id,
        request.trigger(),
        stream.name(),
        request.full(),
        startedAt,
        isDone() ? durationMillis : (clock.nanos() - startedNanos) / 1_000_000,
        upTo.toString(),
        rows + (current == null ? 0 : current.rows()),
        positions + (current == null ? 0 : current.positions()),
        wanted.values().stream().distinct().mapToLong(Coverage::positions).sum(),
        bytes,
        outcome,
        message);
  }
}
