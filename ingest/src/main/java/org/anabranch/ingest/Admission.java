// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

/** Bounds how many requests of a stream are under way, and how much of all requests is. */
final class Admission {
  private static final long RETRY_MILLIS = 500;

  private final IngestLimits limits;
  private final IngestBudget budget;
  private int requests;
  private long bytes;

  Admission(IngestLimits limits, IngestBudget budget) {
    this.limits = limits;
    this.budget = budget;
  }

  /** Lets a request in. It takes bytes as it learns how many it needs, and leaves with them. */
  synchronized Pass enter() throws IngestException {
    if (requests == limits.requests().atOnce()) {
      throw busy(requests + " requests are under way");
    }
    requests++;
    return new Pass();
  }

  private static IngestException busy(String why) {
    return IngestException.retry(
        IngestException.Kind.BUSY, "Cannot take the request now: " + why, RETRY_MILLIS, null);
  }

  synchronized int requests() {
    return requests;
  }

  synchronized long bytes() {
    return bytes;
  }

  private synchronized void leave(long taken) {
    requests--;
    bytes -= taken;
  }

  private synchronized void grow(long more) {
    bytes += more;
  }

  /** One request's share. Of one thread. */
  final class Pass implements AutoCloseable {
    private long taken;

    /** Makes the share so large, if it is not. */
    void take(long total) throws IngestException {
      long more = total - taken;
      if (more <= 0) {
        return;
      }
      if (!budget.takeBody(taken, more)) {
        throw busy(budget.bodies() - taken + " bytes of other requests are under way");
      }
      grow(more);
      taken = total;
    }

    /** Waits until so many bytes of events may be on their way. */
    IngestBudget.Work work(long needed) throws IngestException {
      try {
        IngestBudget.Work work = budget.work(needed, limits.patience().repeatMillis());
        if (work == null) {
          throw busy("the events of others are in front of it for long");
        }
        return work;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw busy("the waiting for others was interrupted");
      }
    }

    @Override
    public void close() {
      budget.giveBody(taken);
      leave(taken);
    }
  }
}
