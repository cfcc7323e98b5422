// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.anabranch.serving.ServingException.Reason;
import org.anabranch.serving.process.Launch;
import org.anabranch.serving.process.ProcessLimits;
import org.anabranch.serving.process.QueryProcess;
import org.anabranch.view.Clock;
import org.anabranch.view.Schema;
import org.duckdb.DuckDBDriver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The query processes: none until the first query, then as many as there may be, so that one that
 * was killed is replaced before it is missed.
 */
final class SqlProcesses implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SqlProcesses.class);

  /** So often it is looked whether one who waits for a process still wants one. */
  private static final long LOOK_MILLIS = 50;

  private final SqlSettings settings;
  private final Clock clock;
  private final Semaphore free;
  private final Deque<SqlProcess> idle = new ArrayDeque<>();
  private final Set<SqlProcess> all = new HashSet<>();
  private Launch launch;
  private boolean closed;

  SqlProcesses(SqlSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.free = new Semaphore(settings.processes(), true);
  }

  /**
   * A process for one statement, to be given back.
   *
   * @throws ServingException if none is free or ready in time, or nobody wants it any more
   */
  SqlProcess take(Deadline deadline, CallOff callOff) {
    awaitFree(deadline, callOff);
    try {
      SqlProcess process = idleOrNew();
      if (awaitReady(process, deadline)) {
        return process;
      }
      keep(process, !process.isStuck(clock.nanos()));
      throw deadline.passed();
    } catch (RuntimeException | Error e) {
      free.release();
      throw e;
    }
  }

  private void awaitFree(Deadline deadline, CallOff callOff) {
    try {
      long left;
      do {
        left = deadline.leftMillis();
        if (callOff.isGiven()) {
          throw CallOff.gone();
        }
        if (free.tryAcquire(Math.min(left, LOOK_MILLIS), TimeUnit.MILLISECONDS)) {
          return;
        }
      } while (left > 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new ServingException(
        Reason.BUSY,
        "Cannot run the query now: all "
            + settings.processes()
            + " processes for queries were busy for its whole time; ask again soon");
  }

  private boolean awaitReady(SqlProcess process, Deadline deadline) {
    try {
      return process.process().awaitReady(deadline.leftMillis());
    } catch (IOException e) {
      keep(process, false);
      throw unstarted(e);
    } catch (InterruptedException e) {
      keep(process, true);
      Thread.currentThread().interrupt();
      throw new ServingException(Reason.BUSY, "Cannot run the query: interrupted", e);
    }
  }

  private synchronized SqlProcess idleOrNew() {
    for (SqlProcess process = idle.poll(); process != null; process = idle.poll()) {
      if (process.process().isAlive()) {
        return process;
      }
      discard(process);
    }
    try {
      return start();
    } catch (IOException e) {
      throw unstarted(e);
    }
  }

  private synchronized SqlProcess start() throws IOException {
    if (closed) {
      throw new IOException("the server is stopping");
    }
    if (launch == null) {
      launch =
          Launch.prepare(
              QueryMain.class,
              new ProcessLimits(settings.heapMegabytes(), settings.processMegabytes()),
              DuckDBDriver.class,
              Schema.class);
    }
    SqlProcess process = SqlProcess.greet(launch.start(), settings, clock.nanos());
    all.add(process);
    return process;
  }

  private static ServingException unstarted(IOException e) {
    LOG.warn("cannot start a process for queries: {}", e.getMessage());
    return new ServingException(
        Reason.UNAVAILABLE,
        "Cannot run the query: a process for it could not be started; the log says why",
        e);
  }

  /** Gives a process back, which takes the next statement if nothing is wrong with it. */
  void give(SqlProcess process, boolean clean) {
    try {
      keep(process, clean && !process.process().isWornOut());
      startSpare();
    } finally {
      free.release();
    }
  }

  private synchronized void keep(SqlProcess process, boolean good) {
    if (good && !closed && process.process().isAlive()) {
      idle.push(process);
    } else {
      discard(process);
    }
  }

  /** Starts what may be missing, without waiting for it. */
  private synchronized void startSpare() {
    try {
      while (!closed && all.size() < settings.processes()) {
        idle.addLast(start());
      }
    } catch (IOException e) {
      LOG.warn("cannot start a process for queries: {}", e.getMessage());
    }
  }

  private synchronized void discard(SqlProcess process) {
    all.remove(process);
    try {
      process.process().discard();
    } catch (IOException e) {
      LOG.warn("cannot clean up after a process for queries: {}", e.getMessage());
    }
  }

  /** How many tables of views all processes keep. */
  synchronized int tables() {
    return all.stream().mapToInt(process -> process.tables().size()).sum();
  }

  /** How many statements may still take a process at once. */
  int free() {
    return free.availablePermits();
  }

  @Override
  public synchronized void close() {
    closed = true;
    all.forEach(process -> process.process().kill(QueryProcess.Cause.CLOSED));
    List.copyOf(all).forEach(this::discard);
    idle.clear();
    try {
      if (launch != null) {
        launch.close();
      }
    } catch (IOException e) {
      LOG.warn("cannot clean up after the processes for queries: {}", e.getMessage());
    }
  }
}
