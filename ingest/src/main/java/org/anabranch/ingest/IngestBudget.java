// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How much memory all requests of a process may take together, whatever their streams: one half for
 * bytes of bodies, of which a request that finds no room is refused, one half for events on their
 * way into the log, for which a request waits its turn. Whoever waits there holds nothing that
 * another one there waits for.
 */
public final class IngestBudget {
  private static final int UNIT = 1 << 10;

  /** One body of the largest event there may be. */
  public static final long LEAST_BYTES = 32L << 20;

  private final long bodyBytes;
  private final int workUnits;
  private final Semaphore work;
  private long bodies;

  /**
   * @param bytes all of it; less than one request may need is taken for that
   */
  public IngestBudget(long bytes) {
    long half = Math.max(bytes, LEAST_BYTES) / 2;
    this.bodyBytes = half;
    this.workUnits = (int) Math.min(Integer.MAX_VALUE, half / UNIT);
    this.work = new Semaphore(workUnits, true);
  }

  /** Bytes of bodies that are in memory. */
  synchronized long bodies() {
    return bodies;
  }

  /** Takes more for a body that has some, unless others have too much; one alone is always fine. */
  synchronized boolean takeBody(long has, long more) {
    boolean fits = bodies - has == 0 || bodies + more <= bodyBytes;
    bodies += fits ? more : 0;
    return fits;
  }

  synchronized void giveBody(long bytes) {
    bodies -= bytes;
  }

  /** Waits for room for events on their way; null if there is none for long. */
  Work work(long bytes, long patienceMillis) throws InterruptedException {
    int units = (int) Math.min(workUnits, bytes / UNIT + 1);
    return work.tryAcquire(units, patienceMillis, TimeUnit.MILLISECONDS) ? new Work(units) : null;
  }

  /** Room for the events of one piece. */
  final class Work {
    private final int units;

    private Work(int units) {
      this.units = units;
    }

    void close() {
      work.release(units);
    }
  }
}
