// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which requests are worked on, apart for each kind of work: queries that fill
 * theirs leave those of ingest and of operation alone. None of them ever waits for a client.
 */
final class Workers {
  private static final int QUEUED_PER_THREAD = 32;

  private final Map<Work, ThreadPoolExecutor> pools = new EnumMap<>(Work.class);

  /** What kind of work an action is. */
  enum Work {
    /** Done at once, on the thread that reads the request; must not wait for anything. */
    LIVENESS(0),
    HEALTH(1),
    EVENTS(8),
    READS(6),
    OPERATION(1);

    private final int sixteenths;

    Work(int sixteenths) {
      this.sixteenths = sixteenths;
    }
  }

  /**
   * @param threads about how many there are of all kinds together; of each at least one
   */
  Workers(int threads) {
    for (Work work : Work.values()) {
      if (work != Work.LIVENESS) {
        pools.put(work, pool(work, Math.max(1, threads * work.sixteenths / 16)));
      }
    }
  }

  private static ThreadPoolExecutor pool(Work work, int threads) {
    String name = "http-" + work.name().toLowerCase(java.util.Locale.ROOT) + "-";
    int[] made = {0};
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            60,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(threads * QUEUED_PER_THREAD),
            task -> {
              synchronized (made) {
                return new Thread(task, name + made[0]++);
              }
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /**
   * Does something soon.
   *
   * @throws HttpProblem if too much of its kind is waiting
   */
  void run(Work work, Runnable task) throws HttpProblem {
    if (work == Work.LIVENESS) {
      task.run();
      return;
    }
    try {
      pools.get(work).execute(task);
    } catch (RejectedExecutionException e) {
      throw HttpProblem.of(503, "busy", "Cannot take the request now: too many are waiting")
          .retryAfter(1);
    }
  }

  /** Takes nothing more and lets what runs come to its end. */
  void stop() throws InterruptedException {
    pools.values().forEach(ThreadPoolExecutor::shutdown);
    for (ThreadPoolExecutor pool : pools.values()) {
      if (!pool.awaitTermination(30, TimeUnit.SECONDS)) {
        pool.shutdownNow();
      }
    }
  }
}
