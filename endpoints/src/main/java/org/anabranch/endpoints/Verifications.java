// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.anabranch.architecture.VerifyReport;
import org.anabranch.architecture.VerifyWatch;

/** The verifications of this process: one at a time, on a thread of its own; the last are kept. */
final class Verifications {
  private static final int KEPT = 16;

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "http-verify"));

  /** Oldest first; guarded by this. */
  private final Deque<VerifyRun> runs = new ArrayDeque<>();

  private long last;
  private boolean closed;

  /** Recomputes one view. */
  interface Recomputation {
    VerifyReport of(String view, VerifyWatch watch) throws Exception;
  }

  /**
   * Begins to verify.
   *
   * @param explained what to tell of a failure
   * @throws HttpProblem while another one is under way
   */
  synchronized VerifyRun start(
      List<String> views, Recomputation recomputation, Function<Exception, HttpProblem> explained)
      throws HttpProblem {
    if (closed) {
      throw HttpProblem.of(503, "stopping", "The server is stopping");
    }
    VerifyRun newest = runs.peekLast();
    if (newest != null && newest.isRunning()) {
      throw HttpProblem.of(
          409, "running", "Cannot verify now: verification " + newest.id() + " is under way");
    }
    VerifyRun run = new VerifyRun(++last, views);
    runs.add(run);
    if (runs.size() > KEPT) {
      runs.remove();
    }
    thread.execute(() -> run.run(recomputation, explained));
    return run;
  }

  synchronized List<VerifyRun> all() {
    return List.copyOf(runs);
  }

  Optional<VerifyRun> find(String id) {
    return all().stream().filter(run -> Long.toString(run.id()).equals(id)).findFirst();
  }

  /** Ends what is under way, and returns when nothing of the pipeline is used any more. */
  void stop() throws InterruptedException {
    synchronized (this) {
      closed = true;
      runs.forEach(VerifyRun::stop);
    }
    thread.shutdown();
    if (!thread.awaitTermination(60, TimeUnit.SECONDS)) {
      thread.shutdownNow();
    }
  }
}
