// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Requests that wait for a receipt. One thread looks for all of them, again and again while there
 * are any, so that waiting takes a connection and nothing else.
 */
final class Waits implements AutoCloseable {
  private static final int MOST = 1_000;
  private static final long SHORTEST_PAUSE_NANOS = 1_000_000;

  /** Looking takes at most about this share of one processor. */
  private static final long PAUSE_PER_LOOK = 10;

  private final int most;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "http-waits"));

  /** Guarded by this. */
  private final List<Waiter> waiters = new ArrayList<>();

  private boolean closed;

  Waits() {
    this(MOST);
  }

  Waits(int most) {
    this.most = most;
  }

  /** What is waited for. */
  interface Condition {
    boolean holds() throws Exception;
  }

  private record Waiter(Condition condition, long end, CompletableFuture<Boolean> outcome) {
    /** Whether it waits no longer. */
    boolean look() {
      try {
        if (condition.holds()) {
          outcome.complete(true);
        } else if (System.nanoTime() - end >= 0) {
          outcome.complete(false);
        }
      } catch (Exception e) {
        outcome.completeExceptionally(e);
      }
      return outcome.isDone();
    }
  }

  /**
   * Goes on with an action when something holds.
   *
   * @param late what to answer if it does not within the time
   * @throws HttpProblem if too many wait already
   */
  void until(
      Exchange exchange, Condition condition, long millis, HttpProblem late, Route.Action next)
      throws Exception {
    if (condition.holds()) {
      next.handle(exchange);
      return;
    }
    CompletableFuture<Boolean> outcome = new CompletableFuture<>();
    add(new Waiter(condition, System.nanoTime() + millis * 1_000_000, outcome));
    exchange.continueWhen(
        outcome,
        again -> {
          if (outcome.isCancelled()) {
            throw HttpProblem.of(503, "stopping", "The server is stopping");
          }
          if (!outcome.get()) {
            throw late;
          }
          next.handle(again);
        });
  }

  private synchronized void add(Waiter waiter) throws HttpProblem {
    if (closed || waiters.size() >= most) {
      throw HttpProblem.of(
              429, "busy", "Cannot wait for the receipt now: " + most + " requests wait already")
          .retryAfter(1);
    }
    waiters.add(waiter);
    if (waiters.size() == 1) {
      lookAfter(SHORTEST_PAUSE_NANOS);
    }
  }

  private void lookAfter(long nanos) {
    var unused = thread.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
  }

  private void look() {
    long began = System.nanoTime();
    List<Waiter> waiting;
    synchronized (this) {
      waiting = List.copyOf(waiters);
    }
    List<Waiter> over = waiting.stream().filter(Waiter::look).toList();
    synchronized (this) {
      waiters.removeAll(over);
      if (!waiters.isEmpty() && !closed) {
        lookAfter(Math.max(SHORTEST_PAUSE_NANOS, PAUSE_PER_LOOK * (System.nanoTime() - began)));
      }
    }
  }

  /** How many wait; for tests. */
  synchronized int size() {
    return waiters.size();
  }

  /** Nobody waits any longer. */
  @Override
  public void close() {
    List<Waiter> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(waiters);
    }
    thread.shutdownNow();
    left.forEach(waiter -> waiter.outcome().cancel(false));
  }
}
